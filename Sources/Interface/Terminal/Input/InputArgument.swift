public import JSON

/// The value of `--input` and its kin: JSON, `@FILE`, or `-` for standard input.
public enum InputArgument {
    /// A longer one is refused unread.
    public static let bytesMax = 64 << 20

    /// The JSON text that `argument` stands for, kept as it was written.
    /// - Parameter option: what the error names, e.g. `--input`.
    /// - Throws: when the file can't be read or the text is not JSON.
    public static func text(_ argument: String, option: String) throws(BadInput) -> String {
        let (text, place) = try source(argument, option: option)
        do {
            try JSONParser.validate(text)
        } catch {
            throw syntax(error, place: place, text: text)
        }
        return text
    }

    /// The value that `argument` stands for.
    public static func value(_ argument: String, option: String) throws(BadInput) -> JSONValue {
        let (text, place) = try source(argument, option: option)
        do {
            return try JSONParser.parse(text)
        } catch {
            throw syntax(error, place: place, text: text)
        }
    }

    private static func source(_ argument: String, option: String) throws(BadInput) -> (text: String, place: String) {
        if argument == "-" { return (try TextFile.read("-", what: "input", bytesMax: bytesMax), "standard input") }
        if argument.hasPrefix("@") {
            let path = String(argument.dropFirst())
            return (try TextFile.read(path, what: "file of \(option)", bytesMax: bytesMax), path)
        }
        return (argument, option)
    }

    private static func syntax(_ error: JSONSyntaxError, place: String, text: String) -> BadInput {
        let hint =
            text.hasPrefix("{") || text.hasPrefix("[")
            ? "" : "; JSON was expected: a file is written @FILE, a string \"…\""
        return BadInput("\(place):\(error.line):\(error.column): \(error.message)\(hint)")
    }
}
