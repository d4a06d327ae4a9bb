import JSON

/// Decoding of `Retry` and `Catch`.
extension DefinitionDecoder {
    private static let retrierFields = [
        "ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "JitterStrategy", "Comment",
    ]
    /// Source: States Language § Retrying after error.
    private static let attemptsMax: Int64 = 99_999_999
    /// Source: AWS's greatest MaxDelaySeconds, a year.
    private static let delaySecondsMax: Int64 = 31_622_400

    mutating func retriers(of fields: Fields) -> [Retrier] {
        guard let elements = array("Retry", of: fields) else { return [] }
        var retriers: [Retrier] = []
        for (index, element) in elements.enumerated() {
            let path = fields.path("Retry").appending(index)
            guard let object = element.object else {
                reportType("OBJECT", of: element, at: path)
                continue
            }
            let retrier = Fields(object: object, path: path, in: fields)
            retriers.append(self.retrier(retrier, isLast: index == elements.count - 1))
        }
        return retriers
    }

    private mutating func retrier(_ fields: Fields, isLast: Bool) -> Retrier {
        requireFields(["ErrorEquals"], of: fields)
        refuseUnknownFields(of: fields, known: Self.retrierFields)
        let errors = errorNames(of: fields, isLast: isLast)
        let interval = wholeNumber("IntervalSeconds", of: fields, in: 1...Self.secondsMax)
        let attempts = wholeNumber("MaxAttempts", of: fields, in: 0...Self.attemptsMax)
        let rate = number("BackoffRate", of: fields, in: 1...Double.greatestFiniteMagnitude)
        let delay = wholeNumber("MaxDelaySeconds", of: fields, in: 1...Self.delaySecondsMax)
        if let delay, delay <= interval ?? 1 {
            report(
                "MaxDelaySeconds must be greater than IntervalSeconds", at: fields.path,
                exactly: fields.path("MaxDelaySeconds"))
        }
        let jitter = oneOf(["FULL", "NONE"], "JitterStrategy", of: fields)
        _ = text("Comment", of: fields)
        return Retrier(
            errorEquals: errors, intervalSeconds: interval ?? 1, maxAttempts: attempts ?? 3, backoffRate: rate ?? 2,
            maxDelaySeconds: delay, hasFullJitter: jitter == "FULL")
    }

    mutating func catchers(of fields: Fields, place: Place, in graph: inout TransitionGraph) -> [Catcher] {
        guard let elements = array("Catch", of: fields) else { return [] }
        var catchers: [Catcher] = []
        for (index, element) in elements.enumerated() {
            let path = fields.path("Catch").appending(index)
            guard let object = element.object else {
                reportType("OBJECT", of: element, at: path)
                graph.markUncertain()
                continue
            }
            let catcher = Fields(object: object, path: path, in: fields)
            let isLast = index == elements.count - 1
            if let decoded = self.catcher(catcher, isLast: isLast, place: place, in: &graph) {
                catchers.append(decoded)
            }
        }
        return catchers
    }

    private mutating func catcher(
        _ fields: Fields, isLast: Bool, place: Place, in graph: inout TransitionGraph
    ) -> Catcher? {
        requireFields(["ErrorEquals", "Next"], of: fields)
        let ownFields = fields.language == .jsonPath ? ["ResultPath"] : ["Output"]
        refuseUnknownFields(of: fields, known: ["ErrorEquals", "Next", "Comment", "Assign"] + ownFields)
        let errors = errorNames(of: fields, isLast: isLast)
        let resultPath = resultPath(of: fields)
        let output = fields.language == .jsonata ? template("Output", of: fields) : nil
        let assign = assign(of: fields)
        _ = text("Comment", of: fields)
        return target("Next", of: fields, place: place, in: &graph).map {
            Catcher(errorEquals: errors, next: $0, resultPath: resultPath, output: output, assign: assign)
        }
    }

    private mutating func errorNames(of fields: Fields, isLast: Bool) -> [String] {
        guard let elements = array("ErrorEquals", of: fields) else { return [] }
        let path = fields.path("ErrorEquals")
        if elements.isEmpty { report("Value cannot be empty", at: path) }
        var names: [String] = []
        for (index, element) in elements.enumerated() {
            if let name = element.string {
                names.append(name)
            } else {
                reportType("STRING", of: element, at: path.appending(index))
            }
        }
        if names.contains("States.ALL"), names.count > 1 || !isLast {
            report("States.ALL must appear alone and in the last element", at: path)
        }
        return names
    }
}
