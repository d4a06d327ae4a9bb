import Engine
import EventLog

/// The CloudEvents attributes of records on `events`, in Kafka's binary mode.
///
/// `ce_source` and `ce_id` together name one event for ever: the entity's ARN, and its gap-free sequence number.
/// Source: docs/ARCHITECTURE, the log; CloudEvents 1.0.2 and its Kafka binding; W3C Trace Context for `traceparent`.
enum CloudEventHeaders {
    /// What all events of one decision share.
    /// - Parameters:
    ///   - traceHeader: AWS's X-Ray header of the start, from which `traceparent` is made.
    ///   - time: RFC 3339.
    static func shared(arn: String, traceHeader: String?, time: String) -> RecordHeaders {
        var headers = RecordHeaders()
        headers.append("ce_specversion", "1.0")
        headers.append("ce_source", arn)
        headers.append("ce_time", time)
        headers.append("ce_subject", subject(of: arn))
        headers.append("content-type", "application/json")
        if let parent = traceHeader.flatMap(traceParent) { headers.append("traceparent", parent) }
        return headers
    }

    /// Adds what one event has of its own.
    static func append(sequence: Int64, type: String, to headers: inout RecordHeaders) {
        headers.append("ce_id", decimal: sequence)
        headers.append("ce_type", type.hasPrefix("steplog.") ? "" : "steplog.", type, ".v1")
    }

    /// An execution's `MACHINE/NAME`, as the command line names it; else the last part of the ARN, the name.
    static func subject(of arn: String) -> String {
        let parts = arn.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        guard parts.count == 7 else { return arn }
        return parts[6].split(separator: ":", omittingEmptySubsequences: false).joined(separator: "/")
    }

    /// `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1` as W3C's
    /// `00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01`; nil for what has no root or no parent.
    static func traceParent(_ header: String) -> String? {
        var root: String?
        var parent: String?
        var isSampled = false
        for field in header.split(separator: ";") {
            let pair = field.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            switch pair[0].drop(while: { $0 == " " }) {
            case "Root": root = String(pair[1].split(separator: "-").dropFirst().joined())
            case "Parent": parent = String(pair[1])
            case "Sampled": isSampled = pair[1] == "1"
            default: break
            }
        }
        guard let root, let parent, isHexadecimal(root, count: 32), isHexadecimal(parent, count: 16) else { return nil }
        return "00-\(root)-\(parent)-\(isSampled ? "01" : "00")"
    }

    /// Lower case, and not all zeros, as W3C asks.
    private static func isHexadecimal(_ text: String, count: Int) -> Bool {
        let zero = UInt8(ascii: "0")
        return text.utf8.count == count && text.utf8.contains { $0 != zero }
            && text.utf8.allSatisfy {
                (zero...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
