public import JSON
import JSONPath

extension IntrinsicCall {
    /// The function's value.
    /// - Throws: `States.Runtime` where an argument's path finds nothing, `States.IntrinsicFailure` where the arguments do not
    ///   fit the function.
    public func evaluate<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        switch function {
        case .format:
            return try format(on: input, in: &environment)
        case .array:
            var elements: [JSONValue] = []
            elements.reserveCapacity(arguments.count)
            for index in arguments.indices { elements.append(try argument(index, on: input, in: &environment)) }
            return .array(elements)
        case .uuid:
            return .string(Self.uuidText(environment.nextRandomBits(), environment.nextRandomBits()))
        case .stringToJson, .jsonToString, .arrayLength, .arrayUnique, .base64Encode, .base64Decode:
            return try applyUnary(to: try argument(0, on: input, in: &environment))
        case .arrayPartition, .arrayContains, .arrayGetItem, .hash, .mathAdd, .stringSplit:
            let first = try argument(0, on: input, in: &environment)
            return try applyBinary(to: first, try argument(1, on: input, in: &environment))
        case .arrayRange, .jsonMerge:
            let first = try argument(0, on: input, in: &environment)
            let second = try argument(1, on: input, in: &environment)
            let third = try argument(2, on: input, in: &environment)
            return function == .arrayRange ? try arrayRange(first, second, third) : try jsonMerge(first, second, third)
        case .mathRandom:
            let start = try argument(0, on: input, in: &environment)
            let end = try argument(1, on: input, in: &environment)
            guard arguments.count > 2 else { return try mathRandom(start, end, bits: environment.nextRandomBits()) }
            return try mathRandom(start, end, seed: try argument(2, on: input, in: &environment))
        }
    }

    private func applyUnary(to value: JSONValue) throws(EvaluationError) -> JSONValue {
        switch function {
        case .stringToJson: try stringToJson(value)
        case .jsonToString: .string(JSONString(wtf8: JSONWriter.bytes(value)))
        case .arrayLength: .integer(try array(value).count)
        case .arrayUnique: .array(Self.unique(try array(value)))
        case .base64Encode: try base64Encode(value)
        case .base64Decode: try base64Decode(value)
        case .format, .array, .arrayPartition, .arrayContains, .arrayRange, .arrayGetItem, .hash, .jsonMerge,
            .mathRandom,
            .mathAdd, .stringSplit, .uuid:
            throw failure("it does not take one argument")
        }
    }

    private func applyBinary(to first: JSONValue, _ second: JSONValue) throws(EvaluationError) -> JSONValue {
        switch function {
        case .arrayPartition: try arrayPartition(first, second)
        case .arrayContains: .bool(try array(first).contains(second))
        case .arrayGetItem: try arrayGetItem(first, second)
        case .hash: try hash(first, second)
        case .mathAdd: try mathAdd(first, second)
        case .stringSplit: try stringSplit(first, second)
        case .format, .stringToJson, .jsonToString, .array, .arrayRange, .arrayLength, .arrayUnique, .base64Encode,
            .base64Decode, .jsonMerge, .mathRandom, .uuid:
            throw failure("it does not take two arguments")
        }
    }
}

// MARK: - Arguments

extension IntrinsicCall {
    /// The value of the argument at `index`.
    func argument<E: EvaluationEnvironment>(
        _ index: Int, on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        switch arguments[index] {
        case .value(let value):
            return value
        case .path(let path):
            do throws(PathMiss) {
                return try path.value(on: input.document, in: environment)
            } catch {
                var missing = failure(
                    "The JsonPath argument for the field '\(path.text)' could not be found in the input "
                        + "'\(JSONWriter.text(input.document))'")
                missing.name = "States.Runtime"
                throw missing
            }
        case .call(let call):
            return try call.evaluate(on: input, in: &environment)
        }
    }

    func array(_ value: JSONValue) throws(EvaluationError) -> [JSONValue] {
        guard case .array(let elements) = value else { throw mismatch(value, expected: "an array") }
        return elements
    }

    func string(_ value: JSONValue) throws(EvaluationError) -> JSONString {
        guard case .string(let text) = value else { throw mismatch(value, expected: "a string") }
        return text
    }

    /// A number, rounded to the nearest integer, halves up. Source: recorded, 2.5 gives 3 and -1.5 gives -1.
    func integer(_ value: JSONValue) throws(EvaluationError) -> Int64 {
        guard case .number(let number) = value else { throw mismatch(value, expected: "a number") }
        if let exact = number.int64 { return exact }
        let double = number.double
        guard double.magnitude < 0x1p63 else { throw failure("The number \(number.text) is too large") }
        let truncated = Int64(double)
        let floor = Double(truncated) > double ? truncated - 1 : truncated
        return double - Double(floor) >= 0.5 ? floor + 1 : floor
    }

    func failure(_ reason: String) -> EvaluationError {
        EvaluationError(
            name: "States.IntrinsicFailure", cause: "The function '\(text)' had the following error: \(reason)")
    }

    private func mismatch(_ value: JSONValue, expected: String) -> EvaluationError {
        let article = value.typeName.first.map { "aeiou".contains($0) } == true ? "an" : "a"
        return failure("An argument must be \(expected), but is \(article) \(value.typeName)")
    }
}
