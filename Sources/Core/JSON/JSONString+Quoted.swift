extension JSONString {
    /// The text of a string as it is written in JSON, without its quotes; nil when it can't stand there.
    public init?(quoted bytes: [UInt8]) {
        var whole: [UInt8] = [UInt8(ascii: "\"")]
        whole.reserveCapacity(bytes.count + 2)
        whole.append(copying: bytes.span)
        whole.append(UInt8(ascii: "\""))
        guard case .string(let string)? = try? JSONParser.parse(whole) else { return nil }
        self = string
    }
}
