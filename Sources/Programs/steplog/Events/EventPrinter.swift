import EventLog
import JSON
import Terminal

/// Prints the records that pass a filter, and counts sequences.
struct EventPrinter {
    let filter: EventFilter
    let isJSON: Bool
    private(set) var proof: SequenceProof?

    init(filter: EventFilter, isJSON: Bool, provesSequence: Bool) {
        self.filter = filter
        self.isJSON = isJSON
        proof = provesSequence ? SequenceProof() : nil
    }

    /// - Parameter isWhole: the records are of a partition that is read from its first record.
    mutating func print(_ records: [Record], isWhole: Bool) {
        var bytes: [UInt8] = []
        for record in records {
            guard let value = record.value else { continue }
            guard let event = try? JSONParser.parse(Array(value)) else {
                ProgressView.write("steplog: the record at offset \(record.offset) is no JSON and is left out\n", to: 2)
                continue
            }
            let arn = event["executionArn"]?.string ?? event["arn"]?.string ?? ""
            guard filter.matches(arn: arn, type: event["type"]?.string ?? "") else { continue }
            if proof != nil {
                proof?.add(arn: arn, sequence: event["sequence"]?.number?.int64 ?? 0, isWhole: isWhole)
                continue
            }
            if isJSON {
                bytes += value
            } else {
                bytes += HistoryDocument.row(of: event).utf8
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        ProgressView.write(bytes, to: 1)
    }
}
