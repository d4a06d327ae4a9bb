/// A line of a script of faults that can't be used.
public struct FaultScriptError: Error, CustomStringConvertible {
    public var description: String
}

extension FaultScript {
    /// Reads a script: a rule a line, words with spaces between them; `#` begins a comment.
    ///
    ///     close produce 2                  the first two Produce requests: connection closed, nothing done
    ///     close-after endTxn skip 3        the fourth EndTxn: done, but the answer is lost
    ///     delay fetch always ms 200        every Fetch 200 ms late (delay-answer: done at once, answered late)
    ///     drop heartbeat 1 client app      a Heartbeat of a client whose id begins with "app" is never answered
    ///     error produce 2 code 6           answered with Kafka's error 6
    ///     close any always percent 1       one request in a hundred
    ///     move-coordinator any skip 50 key group-1
    ///     lose-broker any skip 100 broker 1 ms 3000
    ///     restart any skip 500             the broker dies and starts anew (restart-unsynced: without the last commits)
    ///
    /// - Parameter seed: decides what happens by chance.
    /// - Throws: the line and what is wrong with it.
    public init(_ text: String, seed: UInt64) throws(FaultScriptError) {
        var rules: [Rule] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
            guard !words.isEmpty else { continue }
            do {
                rules.append(try Rule(words))
            } catch {
                throw FaultScriptError(description: "line \(index + 1): \(error.description)")
            }
        }
        self.init(rules, seed: seed)
    }
}

extension FaultScript.Rule {
    fileprivate init(_ words: [String]) throws(FaultScriptError) {
        guard words.count >= 2 else {
            throw FaultScriptError(description: "a fault and a request (or any) are expected")
        }
        var options: [String: String] = [:]
        action = .drop
        if words[1] != "any" {
            guard let api = API.allCases.first(where: { "\($0)".lowercased() == words[1].lowercased() }) else {
                throw FaultScriptError(description: "\"\(words[1])\" is no request")
            }
            self.api = api
        }
        var rest = words[2...]
        if let first = rest.first {
            if first == "always" {
                times = nil
                rest = rest.dropFirst()
            } else if let number = Int(first) {
                times = number
                rest = rest.dropFirst()
            }
        }
        while let name = rest.popFirst() {
            guard ["skip", "client", "percent", "ms", "code", "key", "broker"].contains(name),
                let value = rest.popFirst()
            else {
                throw FaultScriptError(description: "\"\(name)\" is no option, or its value is missing")
            }
            options[name] = value
        }
        clientPrefix = options["client"] ?? ""
        skips = try FaultScript.Rule.number("skip", options) ?? 0
        percent = try FaultScript.Rule.number("percent", options) ?? 100
        action = try FaultScript.Rule.action(words[0], options)
    }

    private static func action(
        _ word: String, _ options: [String: String]
    ) throws(FaultScriptError) -> FaultScript.Action {
        let milliseconds = try number("ms", options).map(Int64.init)
        switch word {
        case "close": return .close
        case "close-after": return .closeAfter
        case "drop": return .drop
        case "delay": return .delay(milliseconds: milliseconds ?? 100)
        case "delay-answer": return .delayAnswer(milliseconds: milliseconds ?? 100)
        case "error":
            guard let code = try number("code", options), let error = ErrorCode(rawValue: Int16(clamping: code)) else {
                throw FaultScriptError(description: "an error needs a code that this broker knows")
            }
            return .error(error)
        case "move-coordinator":
            guard let key = options["key"] else { throw FaultScriptError(description: "a key is missing") }
            return .moveCoordinator(key: key)
        case "lose-broker":
            return .loseBroker(try number("broker", options) ?? 0, milliseconds: milliseconds)
        case "restart": return .restart(losesUnsynced: false)
        case "restart-unsynced": return .restart(losesUnsynced: true)
        default: throw FaultScriptError(description: "\"\(word)\" is no fault")
        }
    }

    private static func number(_ name: String, _ options: [String: String]) throws(FaultScriptError) -> Int? {
        guard let text = options[name] else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw FaultScriptError(description: "\"\(name)\" is a number, not \"\(text)\"")
        }
        return number
    }
}
