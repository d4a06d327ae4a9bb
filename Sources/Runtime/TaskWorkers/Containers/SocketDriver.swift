import ContainerAPI
import Glibc
import JSON
import Synchronization

/// Containers in an engine (Docker, Podman) behind a Unix socket.
///
/// Each container has a name that follows from its task, so that it is made once, however often a supervisor begins anew; one that was
/// ever made is noted in the task's directory before it is started, so that it is not made again when somebody has removed it.
/// Each has a thread of its own, which fetches the image, makes, starts and watches it; all that the supervisor sees is news.
final class SocketDriver: ContainerDriver, Sendable {
    /// A container as far as it has come.
    private struct Box {
        var id: String?
        var process: Int32?
        var stopSignal = "SIGTERM"
        var pull: ContainerCall?
        /// What it was last asked to end with; sent again when the engine comes back.
        var wantedSignal: String?
        var isKilled = false
        /// Counts health checks; only what the latest one says counts. 0: none runs.
        var probe = 0
        var isProbing = false
    }

    private struct State {
        var boxes: [Box]
        var pending: [ContainerNews] = []
    }

    let news: OwnedDescriptor
    private let teller: OwnedDescriptor
    private let plan: TaskPlan
    private let settings: ContainerSettings
    private let directory: TaskDirectory
    private let client: ContainerClient
    private let state: Mutex<State>

    /// How long to wait until an engine that went away is asked again, in seconds.
    private static let pauseSeconds: UInt32 = 1

    /// A container that has ended may be shown as ending a little longer.
    private static let endingMicroseconds: UInt32 = 100_000

    init(_ plan: TaskPlan, _ settings: ContainerSettings, _ directory: TaskDirectory) throws(SystemCallError) {
        self.plan = plan
        self.settings = settings
        self.directory = directory
        (news, teller) = try OwnedDescriptor.pipe()
        client = ContainerClient(socket: settings.socket)
        state = Mutex(State(boxes: plan.containers.map { _ in Box() }))
    }

    func takeNews() -> [ContainerNews] {
        while let bytes = try? news.read(countMax: 64), !bytes.isEmpty {}
        return state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
    }

    func process(_ index: Int) -> Int32? { state.withLock { $0.boxes[index].process } }

    // MARK: - Starting

    func start(_ index: Int, environment: [NameValue]) {
        onThread(index) { [self] in
            do throws(ContainerFailure) {
                let id = try make(index, environment)
                note(index, id)
                try begin(index, id)
                watch(index, id)
            } catch {
                tell(.failedToStart(index, reason: error.message))
            }
        }
    }

    /// The container, made if it is not there yet.
    /// - Returns: its id.
    private func make(_ index: Int, _ environment: [NameValue]) throws(ContainerFailure) -> String {
        guard let creation = plan.containers[index].creation else {
            throw Self.failure("CannotCreateContainerError", "the plan of the task lacks the container")
        }
        try fetch(plan.containers[index].image, index)
        try refuseIfUnwanted(index)
        do throws(ContainerFailure) {
            for volume in settings.volumes { try client.createVolume(volume, labels: settings.labelsJSON) }
            var body = creation.body.object ?? JSONObject()
            body["Env"] = .array(environment.map { .string("\($0.name)=\($0.value)") })
            return try client.create(creation.name, .object(body))
        } catch {
            throw Self.failure("CannotCreateContainerError", error.message)
        }
    }

    private func begin(_ index: Int, _ id: String) throws(ContainerFailure) {
        state.withLock { $0.boxes[index].id = id }
        try refuseIfUnwanted(index)
        do throws(ContainerFailure) {
            try client.start(id)
        } catch {
            // Without an answer it may run all the same.
            guard !error.isRefusal, let found = persist({ () throws(ContainerFailure) in try client.inspect(id) }),
                !found.isUnstarted
            else { throw Self.failure("CannotStartContainerError", error.message) }
        }
        if let found = try? client.inspect(id) { take(found, index) }
        tell(.started(index))
    }

    private func fetch(_ image: String, _ index: Int) throws(ContainerFailure) {
        do throws(ContainerFailure) {
            let isHere = try client.hasImage(image)
            switch settings.pull {
            case .missing where isHere, .never where isHere: return
            case .never:
                throw ContainerFailure.notFound("the image \(image) is not here, and ecs.container.pull is never")
            case .missing, .always: break
            }
            let call = client.pull(image)
            let isUnwanted = state.withLock { state in
                state.boxes[index].pull = call
                return state.boxes[index].wantedSignal != nil
            }
            if isUnwanted { call.cancel() }
            do throws(ContainerFailure) {
                try client.finish(pull: call)
            } catch {
                guard isHere else {
                    let advice =
                        "build or load it here under that name, or log in at its registry with the engine's own tool"
                    throw ContainerFailure.notFound("the image \(image) can't be fetched: \(error.message); \(advice)")
                }
                Supervisor.complain("\(image) could not be fetched, the one that is here is used: \(error)")
            }
        } catch {
            throw Self.failure("CannotPullContainerError", error.message)
        }
    }

    private func refuseIfUnwanted(_ index: Int) throws(ContainerFailure) {
        guard state.withLock({ $0.boxes[index].wantedSignal != nil }) else { return }
        throw Self.failure("CannotStartContainerError", "the task was stopped before the container ran")
    }

    // MARK: - Stopping

    func terminate(_ index: Int) {
        let (pull, id, signal) = state.withLock { state in
            state.boxes[index].wantedSignal = state.boxes[index].stopSignal
            return (state.boxes[index].pull, state.boxes[index].id, state.boxes[index].stopSignal)
        }
        pull?.cancel()
        if let id { client.signal(id, signal) }
    }

    func kill(_ index: Int) {
        let id = state.withLock { state in
            state.boxes[index].wantedSignal = "SIGKILL"
            state.boxes[index].isKilled = true
            return state.boxes[index].id
        }
        if let id { client.signal(id, "SIGKILL") }
    }

    /// The engine ends what a container's first process leaves.
    func endLeftovers() {}

    func discard() {
        for container in plan.containers {
            guard let name = container.creation?.name else { continue }
            attempt("removing \(name)") { () throws(ContainerFailure) in try client.remove(name) }
        }
        for volume in settings.volumes {
            attempt("removing \(volume)") { () throws(ContainerFailure) in try client.removeVolume(volume) }
        }
    }

    private func attempt(_ what: String, _ body: () throws(ContainerFailure) -> Void) {
        do throws(ContainerFailure) {
            try body()
        } catch {
            Supervisor.complain("\(what): \(error)")
        }
    }

    // MARK: - Health

    func startProbe(_ index: Int, arguments: [String], environment: [NameValue]) {
        let (id, number) = state.withLock { state in
            state.boxes[index].probe += 1
            state.boxes[index].isProbing = true
            return (state.boxes[index].id, state.boxes[index].probe)
        }
        guard let id else { return endProbe(index, number, isSuccess: false) }
        onThread(index) { [self] in
            let exitCode = try? client.run(arguments, in: id)
            endProbe(index, number, isSuccess: exitCode == 0)
        }
    }

    /// The command itself can't be ended from here: it ends with its container.
    func killProbe(_ index: Int) {
        endProbe(index, state.withLock { $0.boxes[index].probe }, isSuccess: false)
    }

    private func endProbe(_ index: Int, _ number: Int, isSuccess: Bool) {
        let counts = state.withLock { state in
            guard state.boxes[index].isProbing, state.boxes[index].probe == number else { return false }
            state.boxes[index].isProbing = false
            return true
        }
        if counts { tell(.probeEnded(index, isSuccess: isSuccess)) }
    }

    // MARK: - Watching

    /// Gathers what the container prints, and tells of its end.
    private func watch(_ index: Int, _ id: String) {
        let container = plan.containers[index]
        let output = ContainerOutput(directory.file(container.logFile))
        var call = output.follow(id, client)
        while true {
            do throws(ContainerFailure) {
                try client.awaitEnd(id)
                let found = try client.inspect(id)
                if let found, !found.hasEnded {
                    take(found, index)
                    usleep(Self.endingMicroseconds)
                    continue
                }
                output.finish(id, client, call)
                return tell(end(index, id, found))
            } catch {
                Supervisor.complain("\(container.name): \(error)")
                sleep(Self.pauseSeconds)
                // What the engine was told while it was away, it may not have heard.
                if let signal = state.withLock({ $0.boxes[index].wantedSignal }) { client.signal(id, signal) }
                call.cancel()
                call = output.follow(id, client)
            }
        }
    }

    private func end(_ index: Int, _ id: String, _ found: ContainerState?) -> ContainerNews {
        guard let found else {
            return .lost(index, reason: "The container \(id.prefix(12)) was removed while it ran, by somebody else")
        }
        guard found.error.isEmpty || found.exitCode != 0 else { return .exited(index, code: 0, reason: nil) }
        let isKilled = state.withLock { $0.boxes[index].isKilled }
        let limit = plan.containers[index].creation?.body["HostConfig"]?["Memory"]?.number?.int64
        return .exited(
            index, code: found.exitCode,
            reason: ContainerEnd.reason(found, isKilled: isKilled, memoryBytesMax: limit) {
                KernelLog.hasEndedForMemory(id)
            })
    }

    private func take(_ found: ContainerState, _ index: Int) {
        state.withLock { state in
            state.boxes[index].process = found.process
            state.boxes[index].stopSignal = found.stopSignal
        }
    }

    // MARK: - Beginning anew

    func recover() {
        let noted = Set(
            String(decoding: (try? File.read(directory.containers)) ?? [], as: UTF8.self).split(separator: "\n").map(
                String.init))
        for (index, container) in plan.containers.enumerated() {
            guard let name = container.creation?.name else { continue }
            let found = persist { () throws(ContainerFailure) in try client.inspect(name) }
            switch found {
            case nil where noted.contains(name):
                tell(.lost(index, reason: "The container \(name) was removed while nobody watched it"))
            case let found? where !found.isUnstarted:
                state.withLock { $0.boxes[index].id = found.id }
                take(found, index)
                tell(.started(index))
                onThread(index) { [self] in watch(index, found.id) }
            // It was made at most: it is started as one that never was.
            case nil, .some: break
            }
        }
    }

    /// Asks until the engine answers: containers may run in it.
    private func persist<Value>(_ body: () throws(ContainerFailure) -> Value) -> Value {
        while true {
            do throws(ContainerFailure) {
                return try body()
            } catch {
                Supervisor.complain("\(error)")
                sleep(Self.pauseSeconds)
            }
        }
    }

    private func note(_ index: Int, _ id: String) {
        guard let name = plan.containers[index].creation?.name else { return }
        do throws(SystemCallError) {
            try File.open(directory.containers, O_WRONLY | O_CREAT | O_APPEND).write(Array("\(name)\n".utf8))
        } catch {
            Supervisor.complain("\(error)")
        }
    }

    // MARK: - News

    private func tell(_ event: ContainerNews) {
        state.withLock { $0.pending.append(event) }
        // A full pipe is readable already.
        try? teller.write([0])
    }

    private func onThread(_ index: Int, _ work: @escaping @Sendable () -> Void) {
        do throws(SystemCallError) {
            try BlockingThread.start(work)
        } catch {
            tell(.failedToStart(index, reason: "CannotStartContainerError: \(error)"))
        }
    }

    private static func failure(_ name: String, _ message: String) -> ContainerFailure {
        .notFound("\(name): \(message)")
    }
}
