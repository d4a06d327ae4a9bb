public import JSON
import Signatures
import TaskWorkers

/// Calls operations of a Step Functions API over awsJson1_0. Each call blocks, and has a connection of its own.
public struct APIClient: Sendable {
    public let settings: ClientSettings
    private let now: @Sendable () -> Int64

    /// A page of a history is 16 MiB and some at most.
    private static let answerBytesMax = 64 << 20

    /// Source: docs/decisions/0040.
    private static let noTLS =
        "steplog asks over http:// only; behind TLS take the aws CLI, or a proxy of this machine that speaks TLS."

    /// - Parameter now: epoch milliseconds; requests are signed for a moment.
    public init(_ settings: ClientSettings, now: @escaping @Sendable () -> Int64) {
        self.settings = settings
        self.now = now
    }

    /// - Parameter operation: as the API names it, `StartExecution`.
    public func call(_ operation: String, _ request: JSONObject) throws(ClientFailure) -> JSONObject {
        let body = JSONWriter.bytes(.object(request))
        let response: HTTPResponse
        do throws(HTTPConnection.Failure) {
            let address = try HTTPAddress(settings.endpoint)
            let headers = headers(operation, address, body)
            response = try HTTPConnection().post(
                settings.endpoint, headers: headers, body: body, bodyBytesMax: Self.answerBytesMax)
        } catch {
            guard !settings.endpoint.hasPrefix("https://") else { throw .settings(Self.noTLS) }
            guard settings.endpoint.hasPrefix("http://") else { throw .settings(error.message) }
            throw .unreachable(endpoint: settings.endpoint, reason: error.message)
        }
        guard let answer = (try? JSONParser.parse(response.body))?.object else {
            throw .unexpected(
                "\(settings.endpoint) answered HTTP \(response.status) without JSON; it is no Step Functions API.")
        }
        guard response.status == 200 else {
            let type = answer["__type"]?.string ?? "HTTP \(response.status)"
            throw .refused(
                operation: operation, code: String(type.split(separator: "#").last ?? ""),
                message: (answer["message"] ?? answer["Message"])?.string ?? "no reason given")
        }
        return answer
    }

    private func headers(
        _ operation: String, _ address: HTTPAddress, _ body: [UInt8]
    ) -> [(name: String, value: String)] {
        let own = [
            (name: "Content-Type", value: "application/x-amz-json-1.0"),
            (name: "X-Amz-Target", value: "AWSStepFunctions.\(operation)"),
        ]
        guard let credentials = settings.credentials else { return own }
        let signer = RequestSigner(credentials, region: settings.region)
        let path = String(address.path.prefix { $0 != "?" })
        return own
            + signer.headers(
                path: path, signing: own + [("Host", address.authority)], body: body, date: Self.date(now()))
    }

    /// `20261122T140509Z`.
    private static func date(_ epochMilliseconds: Int64) -> String {
        let text = CalendarTime(epochMilliseconds: epochMilliseconds).iso8601
        return text.prefix { $0 != "." }.filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
