/// What a task's end means.
enum ECSVerdict: Sendable, Equatable {
    case succeeded
    case failed(Failure)

    /// Why a task failed, by class. Source: reference/ecs.md §2 (stop codes, reasons) and §6 (how others went wrong).
    enum Failure: Sendable, Equatable {
        /// A container exited with another code than 0.
        case exitCode(container: String, Int64)
        case outOfMemory(container: String)
        /// No container ran.
        case failedToStart(reason: String)
        /// It ran, and how a container ended is not known.
        case unknownExitCode(container: String)
        case spotInterruption
        /// Somebody stopped it.
        case stopped(reason: String)
        /// Its host failed, or a stop code that is new.
        case other(code: String, reason: String)

        /// A sentence for people.
        var words: String {
            switch self {
            case .exitCode(let container, let code): "Container \(container) ended with exit code \(code)."
            case .outOfMemory(let container):
                "Container \(container) was killed because it used more memory than it may; raise its memory."
            case .failedToStart(let reason): "The task never ran: \(reason)"
            case .unknownExitCode(let container): "ECS does not know how container \(container) ended."
            case .spotInterruption:
                "AWS took the Spot capacity back while the task ran; running it again is safe if it can be repeated."
            case .stopped(let reason): "The task was stopped: \(reason)"
            case .other(let code, let reason): "ECS ended the task (\(code)): \(reason)"
            }
        }

        /// A word for programs.
        var name: String {
            switch self {
            case .exitCode: "ExitCode"
            case .outOfMemory: "OutOfMemory"
            case .failedToStart: "FailedToStart"
            case .unknownExitCode: "UnknownExitCode"
            case .spotInterruption: "SpotInterruption"
            case .stopped: "Stopped"
            case .other: "Other"
            }
        }
    }

    /// Judges a task that has ended. The stop code decides first: a task that never ran has no exit codes, which is no success.
    /// - Parameter essential: where given, only these containers' exit codes count; on AWS all do.
    init(_ task: ECSTaskState, essential: Set<String>? = nil) {
        let reason = task.stoppedReason ?? "no reason was given"
        let judged = task.containers.filter { essential?.contains($0.name) ?? true }
        if let killed = judged.first(where: { $0.reason?.hasPrefix("OutOfMemory") ?? false }) {
            self = .failed(.outOfMemory(container: killed.name))
            return
        }
        switch task.stopCode {
        case "TaskFailedToStart"?: self = .failed(.failedToStart(reason: reason))
        case "SpotInterruption"?, "TerminationNotice"?: self = .failed(.spotInterruption)
        case "UserInitiated"?, "ServiceSchedulerInitiated"?: self = .failed(.stopped(reason: reason))
        case "EssentialContainerExited"?, nil:
            if let bad = judged.first(where: { ($0.exitCode ?? 0) != 0 }) {
                self = .failed(.exitCode(container: bad.name, bad.exitCode ?? 0))
            } else if let unknown = judged.first(where: { $0.exitCode == nil }) {
                self = .failed(.unknownExitCode(container: unknown.name))
            } else {
                self = judged.isEmpty ? .failed(.failedToStart(reason: reason)) : .succeeded
            }
        case let code?: self = .failed(.other(code: code, reason: reason))
        }
    }
}
