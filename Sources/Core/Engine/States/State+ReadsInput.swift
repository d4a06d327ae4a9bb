import StatesLanguage

extension State {
    /// True when the state looks into its input, false when it only hands the text on.
    var readsInput: Bool {
        switch kind {
        case .choice, .map: true
        case .pass(let pass):
            !(pass.inputPath.isWhole && pass.outputPath.isWhole && pass.parameters == nil && pass.assign == nil
                && pass.output == nil
                && !pass.resultPath.isInside)
        case .task(let task): task.processing.readsInput
        case .parallel(let parallel): parallel.processing.readsInput
        case .wait, .succeed, .fail: false
        }
    }
}

extension WorkProcessing {
    fileprivate var readsInput: Bool {
        !inputPath.isWhole || parameters != nil || resultPath.isInside || output != nil
    }
}

extension ResultPathField {
    /// True when the result goes into the input.
    fileprivate var isInside: Bool {
        switch self {
        case .whole, .discard: false
        case .path: true
        }
    }
}
