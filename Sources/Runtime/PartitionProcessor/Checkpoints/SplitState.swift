/// A state that is too big for one record: its parts stand under keys of their own, and a header of the byte 0 and their number under
/// the entity's.
enum SplitState {
    /// Well below what brokers take for one record by default (1 MiB).
    static let partBytesMax = 512 << 10

    static let keyPrefix = "@part/"

    static func key(_ part: Int, of entity: String) -> [UInt8] { Array("\(keyPrefix)\(part)/\(entity)".utf8) }

    /// Whether a key is that of a part of an entity's state.
    static func isPart(_ key: ArraySlice<UInt8>, of entity: [UInt8]) -> Bool {
        key.starts(with: keyPrefix.utf8) && key.dropLast(entity.count).last == UInt8(ascii: "/")
            && key.suffix(entity.count).elementsEqual(entity)
    }

    /// - Returns: nil for a state that fits one record.
    static func parts(_ state: [UInt8]) -> [[UInt8]]? {
        guard state.count > partBytesMax else { return nil }
        return stride(from: 0, to: state.count, by: partBytesMax).map { start in
            Array(state[start..<min(start + partBytesMax, state.count)])
        }
    }

    static func header(partCount: Int) -> [UInt8] { [0] + Array(String(partCount).utf8) }

    /// - Returns: the number of parts when `value` is a header.
    static func partCount(_ value: [UInt8]) -> Int? {
        guard value.first == 0 else { return nil }
        return Int(String(decoding: value.dropFirst(), as: UTF8.self))
    }
}
