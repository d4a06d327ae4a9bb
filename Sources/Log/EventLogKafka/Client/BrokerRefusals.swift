import Foundation
import Synchronization

/// Notes why brokers don't let a client in. librdkafka tells of it in its log alone: calls merely get no answer in time.
final class BrokerRefusals: Sendable {
    /// What its lines contain. Source: librdkafka 2.0.2, rdkafka_sasl.c, rdkafka_request.c, rdkafka_ssl.c, rdkafka_transport.c.
    private static let signs = [
        "SASL authentication error", "SASL Authentication failed", "Authentication failed", "SSL handshake failed",
        // With TLS 1.3 a broker says only after the handshake what it thinks of the client's certificate.
        "SSL alert number", "SASL mechanism", "mechanism handshake failed", "Failed to acquire SASL OAUTHBEARER token",
    ]

    /// Of a request that went down with its connection, which has its own line: the broker said nothing about it.
    private static let silence = "in state DOWN"

    private let text = Mutex<String?>(nil)

    var last: String? { text.withLock { $0 } }

    func note(_ notice: KafkaNotice) {
        guard notice.level <= 4, Self.signs.contains(where: { notice.message.localizedCaseInsensitiveContains($0) }),
            !notice.message.contains(Self.silence)
        else {
            return
        }
        // "[thrd:sasl_ssl://host:9092/bootstrap]: sasl_ssl://host:9092/bootstrap: …": the broker once is enough.
        let parts = notice.message.split(separator: "]: ", maxSplits: 1)
        text.withLock { $0 = String(parts.last ?? "") }
    }

    /// A broker has answered.
    func clear() { text.withLock { $0 = nil } }
}
