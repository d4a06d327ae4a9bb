import EventLog
import Testing

@testable import PartitionProcessor

@Suite("Events are CloudEvents")
struct CloudEventHeadersTests {
    private static let arn = "arn:aws:states:eu-west-1:123456789012:execution:order:7"

    @Test("Every record has the attributes of a CloudEvent in Kafka's binary mode")
    func attributes() {
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
        var headers = CloudEventHeaders.shared(arn: Self.arn, traceHeader: header, time: "2026-01-31T10:00:00Z")
        CloudEventHeaders.append(sequence: 12, type: "PassStateEntered", to: &headers)
        let expected = [
            "ce_specversion": "1.0", "ce_source": Self.arn, "ce_time": "2026-01-31T10:00:00Z", "ce_subject": "order/7",
            "content-type": "application/json", "ce_id": "12", "ce_type": "steplog.PassStateEntered.v1",
            "traceparent": "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01",
        ]
        #expect(headers.count == expected.count)
        for (name, value) in expected { #expect(headers.text(name) == value) }
    }

    @Test("An internal event's type stands for itself")
    func internalType() {
        var headers = RecordHeaders()
        CloudEventHeaders.append(sequence: 1, type: "steplog.internal.timerStarted", to: &headers)
        #expect(headers.text("ce_type") == "steplog.internal.timerStarted.v1")
    }

    @Test(
        "A trace header without root or parent, or with other digits, leaves none",
        arguments: [
            "", "Root=1-5759e988-bd862e3fe1be46a994272793", "Root=1-5759e988-bd862e3f;Parent=53995c3f42cd8ad8",
            "Root=1-5759e988-BD862e3fe1be46a994272793;Parent=53995c3f42cd8ad8",
            "Root=1-00000000-000000000000000000000000;Parent=53995c3f42cd8ad8", "=;=",
        ])
    func noTrace(header: String) {
        #expect(CloudEventHeaders.traceParent(header) == nil)
    }
}
