import JSON
import StatesLanguage

/// What an ItemReader makes of the text it reads, in the form that `ReaderConfig` names.
///
/// Source: Step Functions Developer Guide § ItemReader: InputType JSON, JSONL or CSV; lists of objects come as JSON.
struct ItemReaderData {
    private let inputType: String
    private let headersAreGiven: Bool
    private let headers: [String]
    private let delimiter: Character
    /// A JSON Pointer.
    private let pointer: String?

    private static let delimiters: [String: Character] = [
        "COMMA": ",", "PIPE": "|", "SEMICOLON": ";", "SPACE": " ", "TAB": "\t",
    ]

    /// - Parameter configuration: `ReaderConfig`, as the definition writes it.
    init(_ configuration: JSONObject) {
        inputType = configuration["InputType"]?.string ?? "JSON"
        headersAreGiven = configuration["CSVHeaderLocation"]?.string == "GIVEN"
        headers = (configuration["CSVHeaders"]?.array ?? []).compactMap(\.string)
        delimiter = Self.delimiters[configuration["CSVDelimiter"]?.string ?? "COMMA"] ?? ","
        pointer = configuration["ItemsPointer"]?.string
    }

    /// - Returns: an array, or an object whose members are the items, and whether `ItemsPointer` chose it.
    /// - Throws: `States.ItemReaderFailed` when the text is not what the configuration says.
    func items(in text: String) throws(EvaluationError) -> (items: JSONValue, isPointed: Bool) {
        switch inputType {
        case "CSV": return (rows(of: text), false)
        case "JSONL":
            return (.array(try lines(of: text).map { line throws(EvaluationError) in try parse(line) }), false)
        default: break
        }
        var value = try parse(text)
        if let pointer { value = try target(of: pointer, in: value) }
        switch value {
        case .array, .object: return (value, pointer != nil)
        case .null, .bool, .number, .string: throw Self.failure("The data is neither an array nor an object.")
        }
    }

    private static func failure(_ cause: String) -> EvaluationError {
        EvaluationError(name: ErrorName.itemReaderFailed, cause: cause)
    }

    private func parse(_ text: String) throws(EvaluationError) -> JSONValue {
        do {
            return try JSONParser.parse(text)
        } catch {
            throw Self.failure("The data is not valid JSON: \(error.message)")
        }
    }

    private func lines(of text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
    }

    /// Follows a JSON Pointer. Source: RFC 6901.
    private func target(of pointer: String, in value: JSONValue) throws(EvaluationError) -> JSONValue {
        var current = value
        for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
            let next: JSONValue? =
                current.array == nil ? current[JSONString(String(name))] : Int(name).flatMap { current[$0] }
            guard let next else { throw Self.failure("ItemsPointer '\(pointer)' leads to nothing.") }
            current = next
        }
        return current
    }

    // MARK: - CSV

    /// One object a row; its values are texts.
    private func rows(of text: String) -> JSONValue {
        var records = records(of: text)
        var names = headers
        if !headersAreGiven, !records.isEmpty { names = records.removeFirst() }
        return .array(
            records.map { record in
                var row = JSONObject()
                for (name, field) in zip(names, record) { row[JSONString(name)] = .string(field) }
                return .object(row)
            })
    }

    /// Source: RFC 4180: fields in quotes may hold delimiters, line breaks and doubled quotes.
    private func records(of text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field = ""
        var isQuoted = false
        var hasContent = false
        var characters = Array(text)[...]
        while let character = characters.popFirst() {
            if isQuoted {
                guard character == "\"" else {
                    field.append(character)
                    continue
                }
                if characters.first == "\"" {
                    field.append("\"")
                    characters = characters.dropFirst()
                } else {
                    isQuoted = false
                }
            } else if character == "\"" {
                isQuoted = true
                hasContent = true
            } else if character == delimiter {
                record.append(field)
                field = ""
                hasContent = true
            } else if character.isNewline {
                if hasContent { records.append(record + [field]) }
                (record, field, hasContent) = ([], "", false)
            } else {
                field.append(character)
                hasContent = true
            }
        }
        if hasContent { records.append(record + [field]) }
        return records
    }
}
