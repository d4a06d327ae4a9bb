import JSON
import JSONPath
import StatesLanguage

/// How an `ItemBatcher` puts items together: each batch is the input of one iteration.
///
/// Source: Step Functions Developer Guide § ItemBatcher.
struct ItemBatches {
    private let itemCountMax: Int?
    private let inputBytesMax: Int?
    /// The same for every batch.
    private let batchInput: JSONValue?

    /// Evaluates the batcher's fields.
    /// - Parameter batcher: `ItemBatcher`, as the definition writes it.
    init<E: EvaluationEnvironment>(
        _ batcher: JSONObject, _ language: QueryLanguage, on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) {
        itemCountMax = try Self.number("MaxItemsPerBatch", of: batcher, language, on: input, in: &environment)
        inputBytesMax = try Self.number("MaxInputBytesPerBatch", of: batcher, language, on: input, in: &environment)
        guard let given = batcher["BatchInput"] else {
            batchInput = nil
            return
        }
        let template: Template
        do {
            template =
                language == .jsonPath
                ? try Template.compileJSONPath(given, field: "BatchInput")
                : Template.compileJSONata(given, field: "BatchInput")
        } catch {
            throw EvaluationError(cause: error.message)
        }
        batchInput = try template.evaluate(on: input, in: &environment)
    }

    private static func number<E: EvaluationEnvironment>(
        _ name: String, of batcher: JSONObject, _ language: QueryLanguage, on input: EvaluationInput,
        in environment: inout E
    ) throws(EvaluationError) -> Int? {
        let field: NumberField?
        switch batcher[JSONString(name)] ?? batcher[JSONString(name + "Path")] {
        case .number(let number)?: field = .value(number.double)
        case .string(let text)? where language == .jsonata:
            field = QueryExpression(delimited: text.text, field: name).map { .query($0) }
        case .string(let text)?: field = (try? RootedPath(text.text)).map { .path($0, field: name + "Path") }
        default: field = nil
        }
        guard let field else { return nil }
        let number = try field.wholeNumber(on: input, in: &environment)
        guard number > 0 else { throw EvaluationError(cause: "\(name) must be greater than 0.") }
        return Int(clamping: number)
    }

    /// The inputs of the iterations: `{"BatchInput": …, "Items": […]}`.
    func batches(of items: [JSONValue]) -> [JSONValue] {
        var batches: [JSONValue] = []
        var current: [JSONValue] = []
        var bytes = 0
        for item in items {
            let size = inputBytesMax == nil ? 0 : JSONWriter.bytes(item).count + 1
            let isFull =
                current.count == itemCountMax ?? Int.max || (inputBytesMax.map { bytes + size > $0 } ?? false)
            if isFull, !current.isEmpty {
                batches.append(batch(of: current))
                current = []
                bytes = 0
            }
            current.append(item)
            bytes += size
        }
        if !current.isEmpty { batches.append(batch(of: current)) }
        return batches
    }

    private func batch(of items: [JSONValue]) -> JSONValue {
        var object = JSONObject()
        object["BatchInput"] = batchInput
        object["Items"] = .array(items)
        return .object(object)
    }
}
