import JSON
import StatesLanguage

extension Decider {
    mutating func runPass(
        _ frameID: FrameID, _ state: State, _ pass: PassState, _ input: Payload
    ) throws(EvaluationError) {
        if state.queryLanguage == .jsonata {
            return try runPassJSONata(frameID, state, pass, input)
        }
        var result = try effectiveInput(pass.inputPath, input, frameID)
        if pass.result == nil { inspection?.note(.afterInputPath, result) }
        if let parameters = pass.parameters {
            result = Payload(try evaluate(parameters, on: EvaluationInput(try result.value()), frameID))
        }
        if let fixed = pass.result { result = Payload(fixed) }
        inspection?.note(pass.result == nil ? .afterParameters : .result, result)
        inspection?.note(.afterResultSelector, result)
        var assigned: [AssignedVariable] = []
        if let template = pass.assign {
            assigned = try assign(template, on: EvaluationInput(try result.value()), frameID)
        }
        let output = try processedOutput(
            result: result, rawInput: input, resultPath: pass.resultPath, outputPath: pass.outputPath, frameID)
        exit(frameID, state, output, assigned, pass.transition)
    }

    private mutating func runPassJSONata(
        _ frameID: FrameID, _ state: State, _ pass: PassState, _ input: Payload
    ) throws(EvaluationError) {
        guard pass.assign != nil || pass.output != nil else {
            return exit(frameID, state, input, [], pass.transition)
        }
        let evaluationInput = EvaluationInput(try input.value())
        let assigned = try assign(pass.assign, on: evaluationInput, frameID)
        var output = input
        if let template = pass.output { output = Payload(try evaluate(template, on: evaluationInput, frameID)) }
        exit(frameID, state, output, assigned, pass.transition)
    }
}
