import JSON
import StatesLanguage

extension Decider {
    mutating func runSucceed(
        _ frameID: FrameID, _ state: State, _ succeed: SucceedState, _ input: Payload
    ) throws(EvaluationError) {
        var output = try effectiveInput(succeed.inputPath, input, frameID)
        inspection?.note(.afterInputPath, output)
        if let template = succeed.output {
            output = Payload(try evaluate(template, on: EvaluationInput(try input.value()), frameID))
        }
        if state.queryLanguage == .jsonPath { output = try effectiveInput(succeed.outputPath, output, frameID) }
        exit(frameID, state, output, [], .end)
    }

    mutating func runFail(
        _ frameID: FrameID, _ state: State, _ fail: FailState, _ input: Payload
    ) throws(EvaluationError) {
        inspection?.note(.afterInputPath, input)
        evaluatedFrame = frameID
        let evaluationInput = EvaluationInput(fail.needsInput ? try input.value() : .null)
        let error = try fail.error.map { field throws(EvaluationError) in try field.text(on: evaluationInput, in: &self)
        }
        let cause = try fail.cause.map { field throws(EvaluationError) in try field.text(on: evaluationInput, in: &self)
        }
        propagate(Failure(name: error, cause: cause), from: frameID)
    }
}

extension FailState {
    /// True when Error or Cause is an expression.
    fileprivate var needsInput: Bool {
        func isFixed(_ field: TextField?) -> Bool {
            switch field {
            case nil, .value?: true
            case .path?, .intrinsic?, .query?: false
            }
        }
        return !(isFixed(error) && isFixed(cause))
    }
}
