import JSON

/// Decoding of Pass, Wait, Succeed and Fail states.
extension DefinitionDecoder {
    mutating func decodePass(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> PassState? {
        let inputPath = pathField("InputPath", of: fields)
        let parameters = fields.language == .jsonPath ? template("Parameters", of: fields) : nil
        let resultPath = resultPath(of: fields)
        let outputPath = pathField("OutputPath", of: fields)
        let assign = assign(of: fields)
        let output = fields.language == .jsonata ? template("Output", of: fields) : nil
        if fields.language == .jsonPath, let result = fields["Result"] {
            warnOfPaths(in: result, at: fields.path("Result"))
        }
        guard let transition = transition(of: fields, place: place, in: &graph) else { return nil }
        return PassState(
            inputPath: inputPath, parameters: parameters, result: fields.language == .jsonPath ? fields["Result"] : nil,
            resultPath: resultPath, outputPath: outputPath, assign: assign, output: output, transition: transition)
    }

    /// AWS's warning: what looks like a path in a Pass state's Result is only text.
    private mutating func warnOfPaths(in result: JSONValue, at path: DefinitionPath) {
        guard case .object(let object) = result else { return }
        for member in object.members {
            let place = path.appending(member.key.text)
            if member.key.text.hasSuffix(".$") {
                warn(
                    .passResultIsStatic, "The Result of a Pass state is static: '\(member.key.text)' is not evaluated",
                    at: place)
            }
            warnOfPaths(in: member.value, at: place)
        }
    }

    mutating func decodeWait(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> WaitState? {
        let inputPath = pathField("InputPath", of: fields)
        let outputPath = pathField("OutputPath", of: fields)
        let duration = duration(of: fields)
        let assign = assign(of: fields)
        let output = fields.language == .jsonata ? template("Output", of: fields) : nil
        let transition = transition(of: fields, place: place, in: &graph)
        guard let transition, let duration else { return nil }
        return WaitState(
            inputPath: inputPath, outputPath: outputPath, duration: duration, assign: assign, output: output,
            transition: transition)
    }

    private mutating func duration(of fields: Fields) -> WaitState.Duration? {
        let names =
            fields.language == .jsonPath
            ? ["Seconds", "Timestamp", "SecondsPath", "TimestampPath"] : ["Seconds", "Timestamp"]
        guard names.contains(where: { fields.has($0) }) else {
            report("One of these fields is required: [\(names.joined(separator: ", "))]", at: fields.path)
            return nil
        }
        let errorsBefore = errorCount
        allowOne(of: names, in: fields)
        guard errorCount == errorsBefore else { return nil }
        if fields.has("Seconds") || fields.has("SecondsPath") {
            let seconds = numberField("Seconds", of: fields, in: 0...Double(Int64.max))
            // A tolerated placeholder stands for a number that is not known yet.
            return (seconds ?? (errorCount == errorsBefore ? .value(0) : nil)).map { .seconds($0) }
        }
        let timestamp = textField("Timestamp", of: fields, allowsIntrinsics: false)
        if case .value(let text)? = timestamp, !holdsPlaceholder(.string(text)), Timestamp(rfc3339: text) == nil {
            report("String does not match RFC3339 timestamp", at: fields.path("Timestamp"))
            return nil
        }
        return timestamp.map { .timestamp($0) }
    }

    mutating func decodeSucceed(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> SucceedState {
        graph.end(at: place.id)
        return SucceedState(
            inputPath: pathField("InputPath", of: fields), outputPath: pathField("OutputPath", of: fields),
            output: fields.language == .jsonata ? template("Output", of: fields) : nil)
    }

    mutating func decodeFail(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> FailState {
        graph.end(at: place.id)
        return FailState(
            error: textField("Error", of: fields, allowsIntrinsics: true),
            cause: textField("Cause", of: fields, allowsIntrinsics: true))
    }
}
