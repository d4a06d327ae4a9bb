public import Engine
public import JSON
import StatesLanguage

extension ExecutionHarness {
    /// Starts the execution and takes it as far as it goes: tasks answer, and the clock jumps when nothing else is to be done.
    /// - Parameters:
    ///   - stepsMax: decisions at most.
    ///   - answer: the reports about a task; empty for one that never answers.
    /// - Returns: self.
    @discardableResult
    public func run(
        stepsMax: Int = 10_000, answer: (TaskRequest) -> [TaskReport] = { _ in [] }
    ) throws(Rejection) -> ExecutionHarness {
        if execution.sequence == 0 { try start() }
        var asked: Set<String> = []
        var steps = 0
        while !execution.isClosed, steps < stepsMax {
            steps += 1
            if continueDecision() { continue }
            let fresh = pending.filter { asked.insert($0.taskID).inserted }
            if !fresh.isEmpty {
                for request in fresh { try? report(request.taskID, .started) }
                for request in fresh { for given in answer(request) { try? report(request.taskID, given) } }
                continue
            }
            if !fireNextTimers() { break }
        }
        return self
    }

    /// AWS's events as JSON, without Steplog's own members.
    public var history: [JSONValue] {
        zip(events, records).compactMap { event, record in
            guard event.id != 0, case .object(let object)? = try? JSONParser.parse(record) else { return nil }
            var shown = JSONObject()
            for member in object.members where !["steplog", "sequence", "executionArn"].contains(member.key.text) {
                shown.append(member.key, member.value)
            }
            return .object(shown)
        }
    }

    /// One line an event that AWS shows: `id<previous Type name`.
    public var outline: [String] {
        zip(events, history(ofShown: events)).map { event, name in
            "\(event.id)<\(event.previousEventID) \(event.detail.typeName)\(name.isEmpty ? "" : " " + name)"
        }
        .enumerated().filter { events[$0.offset].id != 0 }.map(\.element)
    }

    /// The types of the events that AWS shows.
    public var types: [String] { events.filter { $0.id != 0 }.map(\.detail.typeName) }

    /// Text of the output; nil unless it has succeeded.
    public var output: String? { execution.output?.text }

    private func history(ofShown events: [Event]) -> [String] {
        events.map { event in
            switch event.detail {
            case .stateEntered(_, let name, _): name
            case .stateExited(_, let exited): exited.name
            case .mapIterationStarted(let name, let index, _), .mapIterationSucceeded(let name, let index),
                .mapIterationFailed(let name, let index), .mapIterationAborted(let name, let index):
                "\(name)[\(index)]"
            default: ""
            }
        }
    }
}
