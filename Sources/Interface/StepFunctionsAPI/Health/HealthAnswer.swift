import HTTPTypes
import Hummingbird
import NIOCore

/// What `/health/live` and `/health/ready` answer: 200, or 503 and a line that says why.
struct HealthAnswer {
    static let livePath = "/health/live"
    static let readyPath = "/health/ready"

    let isWell: Bool
    let text: String

    /// A process that answers at all is alive.
    init(live: Void) {
        isWell = true
        text = "live\n"
    }

    /// - Parameter reason: why the process is not ready; nil when it is.
    init(notReadySince reason: String?) {
        isWell = reason == nil
        text = reason.map { "not ready: \($0)\n" } ?? "ready\n"
    }
}

extension Response {
    init(_ answer: HealthAnswer) {
        self.init(
            status: answer.isWell ? .ok : .serviceUnavailable,
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.text)))
    }
}
