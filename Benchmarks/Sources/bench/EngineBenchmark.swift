import Engine
import StatesLanguage

/// State transitions per second of the engine alone: decide, evolve and encode every event, in memory, on one core.
enum EngineBenchmark {
    /// Text that fills an input up to 200 bytes.
    static let input =
        #"{"order":"A-17","customer":{"name":"Ada Lovelace","city":"London"},"lines":[{"sku":"K-1","count":3},{"sku":"K-2","count":1}],"note":"leave at the door, ring twice, and do not wait for an answer","urgent":false}"#

    static func run() throws {
        measure("chain of ten Pass states", try machine(Machines.chain), transitions: 10)
        measure(
            "mix: Choice, intrinsics, Parallel, retries", try machine(Machines.mix),
            transitions: Machines.mixTransitions)
    }

    static func machine(_ definition: String) throws -> StateMachine {
        let compilation = Definition.compile(definition)
        guard let machine = compilation.machine else { throw BenchmarkError(message: "\(compilation.diagnostics)") }
        return machine
    }

    private static func measure(_ name: String, _ machine: StateMachine, transitions: Int) {
        var bytes: [UInt8] = []
        var eventCount = 0
        var number = 0
        let seconds = Stopwatch.least {
            bytes.removeAll(keepingCapacity: true)
            number += 1
            eventCount = runOne(machine, number, &bytes)
            return bytes.count
        }
        print(
            "\(name): \(Int(Double(transitions) / seconds)) state transitions/s, \(eventCount) events an execution, "
                + "\(Int(seconds / Double(eventCount) * 1e9)) ns an event")
    }

    /// Runs one execution to its end. - Returns: how many events it had.
    private static func runOne(_ machine: StateMachine, _ number: Int, _ bytes: inout [UInt8]) -> Int {
        var count = 0
        runOne(machine, number) { events, encoder in
            for event in events { encoder.write(event, to: &bytes) }
            count += events.count
        }
        return count
    }

    /// The events of one execution, each with its record.
    static func history(_ machine: StateMachine, _ number: Int) -> [(event: Event, bytes: [UInt8])] {
        var history: [(event: Event, bytes: [UInt8])] = []
        runOne(machine, number) { events, encoder in
            for event in events {
                var bytes: [UInt8] = []
                encoder.write(event, to: &bytes)
                history.append((event, bytes))
            }
        }
        return history
    }

    /// Runs one execution to its end; tasks fail once and then succeed. `take` is given each decision's events.
    private static func runOne(
        _ machine: StateMachine, _ number: Int, _ take: ([Event], inout EventEncoder) -> Void
    ) {
        let arn = "arn:aws:states:us-east-1:123456789012:execution:bench:0000-\(number)"
        let start = StartExecution(
            executionArn: arn, name: "0000-\(number)",
            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:bench",
            roleArn: "arn:aws:iam::123456789012:role/bench", definitionHash: "00", input: input)
        let execution = Execution(start: start, machine: machine)
        var encoder = EventEncoder(executionArn: arn)
        var time: Int64 = 1_700_000_000_000
        var waiting: [(request: TaskRequest, attempt: Int)] = []
        func decide(_ body: (inout Decider) -> Void) {
            var decider = Decider(
                execution: execution, settings: settings, moment: Moment(time: time, seed: UInt64(number)),
                trigger: .timers)
            body(&decider)
            take(decider.events, &encoder)
            for effect in decider.effects {
                if case .scheduleTask(let request) = effect { waiting.append((request, request.invocation)) }
            }
        }
        decide { try? $0.startExecution(start) }
        while !execution.isClosed {
            if let task = waiting.popLast() {
                let report: TaskReport =
                    task.attempt == 0 ? .failed(error: "Busy", cause: "try again") : .succeeded(output: #"{"ok":true}"#)
                decide { try? $0.reportTask(task.request.taskID, report) }
            } else if let deadline = execution.nextDeadline {
                time = max(time, deadline)
                decide { $0.fireTimers() }
            } else {
                return
            }
        }
    }

    static let settings = Decider.Settings(
        region: "us-east-1", limits: .standard, tokenKey: Array(repeating: 7, count: 32))
}

struct BenchmarkError: Error, CustomStringConvertible {
    var message: String
    var description: String { message }
}
