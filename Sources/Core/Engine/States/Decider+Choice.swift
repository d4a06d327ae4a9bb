import JSON
import StatesLanguage

extension Decider {
    mutating func runChoice(
        _ frameID: FrameID, _ state: State, _ choice: ChoiceState, _ input: Payload
    ) throws(EvaluationError) {
        let effective = try effectiveInput(choice.inputPath, input, frameID)
        inspection?.note(.afterInputPath, effective)
        let evaluationInput = EvaluationInput(try effective.value())
        evaluatedFrame = frameID
        let match = try choice.firstMatch(on: evaluationInput, in: &self)
        let assignTemplate: Template?
        let outputTemplate: Template?
        let next: StateID
        if let match {
            let rule = choice.rules[match]
            (next, assignTemplate, outputTemplate) = (rule.next, rule.assign, rule.output)
        } else if let defaultNext = choice.defaultNext {
            (next, assignTemplate, outputTemplate) = (defaultNext, choice.assign, choice.output)
        } else {
            throw EvaluationError(
                name: ErrorName.runtime,
                cause: "Failed to transition out of the state. The state does not point to a next state.")
        }
        let assigned = try assign(assignTemplate, on: evaluationInput, frameID)
        var output = effective
        if let outputTemplate { output = Payload(try evaluate(outputTemplate, on: evaluationInput, frameID)) }
        if state.queryLanguage == .jsonPath { output = try effectiveInput(choice.outputPath, output, frameID) }
        exit(frameID, state, output, assigned, .next(next))
    }
}
