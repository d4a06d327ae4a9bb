extension RecordHeaders {
    /// Hands the bytes of each header's name and value to `body`, in order and without a string of either; a value may be nil.
    public func forEachField<Failure: Error>(
        _ body: (_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>?) throws(Failure) -> Void
    ) throws(Failure) {
        var position = 0
        for _ in 0..<count {
            guard let name = field(at: &position) else { return }
            try body(name, field(at: &position))
        }
    }

    private func field(at position: inout Int) -> ArraySlice<UInt8>? {
        guard let length = Varint.read(encoded, at: &position, end: encoded.count), length >= 0,
            length <= encoded.count - position
        else { return nil }
        defer { position += Int(length) }
        return encoded[position..<position + Int(length)]
    }
}
