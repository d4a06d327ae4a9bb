public import JSON
import JSONPath
public import StatesLanguage

extension Decider: EvaluationEnvironment {
    public var nowMilliseconds: Int64 { moment.time }

    public mutating func nextRandomBits() -> UInt64 { bits.next() }

    public func variable(_ name: String) -> JSONValue? {
        guard let payload = execution.variable(name, from: evaluatedFrame) else { return nil }
        return try? payload.value()
    }

    public func contextObject() -> JSONValue {
        if let inspection {
            return inspection.contextObject(taskToken: evaluatedTaskToken, mapItem: evaluatedMapItem)
        }
        return ContextObject.make(
            execution: execution, frame: evaluatedFrame, taskToken: evaluatedTaskToken, mapItem: evaluatedMapItem)
    }
}

extension Decider {
    mutating func evaluate(
        _ template: Template, on input: EvaluationInput, _ frameID: FrameID
    ) throws(EvaluationError) -> JSONValue {
        evaluatedFrame = frameID
        return try template.evaluate(on: input, in: &self)
    }

    mutating func select(
        _ path: PathField, from value: JSONValue, _ frameID: FrameID
    ) throws(EvaluationError) -> JSONValue {
        evaluatedFrame = frameID
        return try path.select(from: value, in: &self)
    }

    /// The values of an `Assign` template, in its order.
    mutating func assign(
        _ template: Template?, on input: EvaluationInput, _ frameID: FrameID
    ) throws(EvaluationError) -> [AssignedVariable] {
        guard let template else { return [] }
        guard case .object(let object) = try evaluate(template, on: input, frameID) else { return [] }
        return object.members.map { AssignedVariable(name: $0.key.text, value: Payload($0.value)) }
    }

    /// `InputPath`, applied. A whole payload keeps its text.
    mutating func effectiveInput(
        _ path: PathField, _ payload: Payload, _ frameID: FrameID
    ) throws(EvaluationError) -> Payload {
        if path.isWhole { return payload }
        return Payload(try select(path, from: try payload.value(), frameID))
    }

    /// `ResultPath` and `OutputPath`, applied.
    mutating func processedOutput(
        result: Payload, rawInput: Payload, resultPath: ResultPathField, outputPath: PathField, _ frameID: FrameID
    ) throws(EvaluationError) -> Payload {
        let combined: Payload
        switch resultPath {
        case .whole: combined = result
        case .discard: combined = rawInput
        case .path: combined = Payload(try resultPath.place(try result.value(), into: try rawInput.value()))
        }
        inspection?.note(.afterResultPath, combined)
        return try effectiveInput(outputPath, combined, frameID)
    }
}
