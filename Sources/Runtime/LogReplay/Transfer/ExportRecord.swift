import Digests
import EventLog
import JSON

/// A line of an export: one record with its place. Keys, values and headers that are text stand as text, others in Base64.
struct ExportRecord {
    var topic: String
    var partition: Int
    /// Where it was; an import gives it a place of its own.
    var offset: Int64
    /// Milliseconds since 1970 (UTC).
    var timestamp: Int64
    var key: [UInt8]?
    /// nil for a tombstone.
    var value: [UInt8]?
    var headers: RecordHeaders

    init(_ record: Record, of place: TopicPartition) {
        topic = place.topic
        partition = place.partition
        offset = record.offset
        timestamp = record.timestamp
        key = record.key.map(Array.init)
        value = record.value.map(Array.init)
        headers = record.headers
    }

    /// Appends the line.
    func write(to bytes: inout [UInt8]) {
        bytes += #"{"topic":"#.utf8
        JSONWriter.write(topic, to: &bytes)
        bytes += #","partition":\#(partition),"offset":\#(offset),"timestamp":\#(timestamp),"key":"#.utf8
        Self.write(key, to: &bytes)
        bytes += #","headers":["#.utf8
        for (index, header) in headers.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "["))
            JSONWriter.write(header.name, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            Self.write(header.value, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        }
        bytes += #"],"value":"#.utf8
        Self.write(value, to: &bytes)
        bytes += "}\n".utf8
    }

    private static func write(_ field: [UInt8]?, to bytes: inout [UInt8]) {
        guard let field else {
            bytes += "null".utf8
            return
        }
        if let text = String(validating: field, as: UTF8.self) {
            JSONWriter.write(text, to: &bytes)
        } else {
            bytes += #"{"base64":"\#(Base64.encode(field))"}"#.utf8
        }
    }

    /// - Throws: `ExportError` without a line number.
    init(_ line: JSONValue) throws(ExportError) {
        guard let topic = line["topic"]?.string, let partition = line["partition"]?.number?.int64,
            let offset = line["offset"]?.number?.int64, let timestamp = line["timestamp"]?.number?.int64,
            let headers = line["headers"]?.array, (0...9_999).contains(partition)
        else { throw ExportError("a record has topic, partition, offset, timestamp and headers") }
        self.topic = topic
        self.partition = Int(partition)
        self.offset = offset
        self.timestamp = timestamp
        key = try Self.field(line["key"], "key")
        value = try Self.field(line["value"], "value")
        self.headers = RecordHeaders()
        for header in headers {
            guard let pair = header.array, pair.count == 2, let name = pair[0].string else {
                throw ExportError("a header is a name and a value")
            }
            self.headers.append(name, bytes: try Self.field(pair[1], "header"))
        }
    }

    private static func field(_ value: JSONValue?, _ name: String) throws(ExportError) -> [UInt8]? {
        guard let value, !value.isNull else { return nil }
        if case .string(let text) = value { return text.bytes }
        guard let text = value["base64"]?.string, let bytes = Base64.decode(Array(text.utf8)) else {
            throw ExportError("\(name) is neither text nor Base64")
        }
        return bytes
    }
}

/// Why a file can't be read as an export.
public struct ExportError: Error, Sendable, CustomStringConvertible {
    public var description: String

    init(_ description: String) { self.description = description }
}
