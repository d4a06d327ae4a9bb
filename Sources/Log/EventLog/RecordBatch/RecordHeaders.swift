/// The headers of a record: names with values, in order, in the form in which they are stored.
public struct RecordHeaders: Sendable, Equatable {
    /// How many headers there are.
    public private(set) var count: Int
    /// For each header: length and bytes of its name, length (-1 for nil) and bytes of its value.
    private(set) var encoded: [UInt8]

    /// No headers.
    public static let none = RecordHeaders()

    public init() {
        count = 0
        encoded = []
    }

    init(count: Int, encoded: [UInt8]) {
        self.count = count
        self.encoded = encoded
    }

    /// Adds a header; `value` may be nil, which Kafka tells from empty.
    public mutating func append(_ name: String, bytes value: [UInt8]?) {
        appendName(name)
        Varint.append(Int64(value?.count ?? -1), to: &encoded)
        if let value { encoded.append(contentsOf: value) }
    }

    /// Adds a header whose name and value are bytes; `value` may be nil.
    public mutating func append(name: some Collection<UInt8>, value: (some Collection<UInt8>)?) {
        count += 1
        Varint.append(Int64(name.count), to: &encoded)
        encoded.append(contentsOf: name)
        Varint.append(Int64(value?.count ?? -1), to: &encoded)
        if let value { encoded.append(contentsOf: value) }
    }

    /// Adds a header with a text value.
    public mutating func append(_ name: String, _ value: String) {
        appendName(name)
        Varint.append(Int64(value.utf8.count), to: &encoded)
        encoded.append(contentsOf: value.utf8)
    }

    /// Adds a header whose text value is made of three pieces.
    public mutating func append(_ name: String, _ first: String, _ second: String, _ third: String) {
        appendName(name)
        Varint.append(Int64(first.utf8.count + second.utf8.count + third.utf8.count), to: &encoded)
        encoded.append(contentsOf: first.utf8)
        encoded.append(contentsOf: second.utf8)
        encoded.append(contentsOf: third.utf8)
    }

    /// Adds a header whose value is `number` in decimal digits.
    public mutating func append(_ name: String, decimal number: Int64) {
        append(name, String(number))  // At most 15 digits: in the string itself, without memory of its own.
    }

    /// How far the headers have come, for `removeAll(behind:)`.
    public var mark: Mark { Mark(count: count, byteCount: encoded.count) }

    /// A place behind some headers.
    public struct Mark: Sendable {
        fileprivate var count: Int
        fileprivate var byteCount: Int
    }

    /// Forgets the headers behind `mark` and keeps the memory: for headers that differ by their end.
    public mutating func removeAll(behind mark: Mark) {
        guard mark.count <= count, mark.byteCount <= encoded.count else { return }
        count = mark.count
        encoded.removeLast(encoded.count - mark.byteCount)
    }

    /// Forgets all headers and keeps the memory: for one value that serves record after record.
    public mutating func removeAll() {
        count = 0
        encoded.removeAll(keepingCapacity: true)
    }

    private mutating func appendName(_ name: String) {
        count += 1
        Varint.append(Int64(name.utf8.count), to: &encoded)
        encoded.append(contentsOf: name.utf8)
    }

    /// The value of the last header called `name`; nil when there is none or its value is nil.
    public subscript(_ name: String) -> [UInt8]? {
        var result: [UInt8]?
        var headers = makeIterator()
        while let next = headers.nextField() {
            let value = headers.nextField()
            if next.elementsEqual(name.utf8) { result = value.map(Array.init) }
        }
        return result
    }

    /// The value of the last header called `name`, as text.
    public func text(_ name: String) -> String? {
        self[name].map { String(decoding: $0, as: UTF8.self) }
    }
}

/// One header of a record.
public struct RecordHeader: Sendable, Equatable {
    public var name: String
    public var value: [UInt8]?

    public init(name: String, value: [UInt8]?) {
        self.name = name
        self.value = value
    }
}

extension RecordHeaders: ExpressibleByDictionaryLiteral {
    /// Names with text values.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }
}

extension RecordHeaders: Sequence {
    public func makeIterator() -> Iterator { Iterator(encoded: encoded) }

    public struct Iterator: IteratorProtocol {
        private let encoded: [UInt8]
        private var position = 0

        fileprivate init(encoded: [UInt8]) {
            self.encoded = encoded
        }

        public mutating func next() -> RecordHeader? {
            guard let name = nextField() else { return nil }
            return RecordHeader(name: String(decoding: name, as: UTF8.self), value: nextField().map(Array.init))
        }

        /// The next length-prefixed bytes; nil for length -1 and at the end.
        fileprivate mutating func nextField() -> ArraySlice<UInt8>? {
            guard let length = Varint.read(encoded, at: &position, end: encoded.count), length >= 0,
                length <= encoded.count - position
            else { return nil }
            defer { position += Int(length) }
            return encoded[position..<position + Int(length)]
        }
    }
}
