import ContainerAPI
import Glibc
import Synchronization

/// What a container prints, on its way into the file where a process's output would be.
final class ContainerOutput: Sendable {
    private struct State {
        var file: OwnedDescriptor?
        var frames = LogFrames()
        /// Counts the times that the file was begun; what an older call still brings is left out.
        var round = 0
    }

    private let path: String
    private let state = Mutex(State())

    /// How long the rest of the output may take when the container has ended.
    private static let restSeconds: Int64 = 10

    init(_ path: String) { self.path = path }

    /// Begins the file anew and fills it with all that the container has printed and will print.
    func follow(_ id: String, _ client: ContainerClient) -> ContainerCall { read(id, client, follows: true) }

    /// Waits until all is in the file. - Parameter call: what `follow` began.
    func finish(_ id: String, _ client: ContainerClient, _ call: ContainerCall) {
        do throws(ContainerFailure) {
            try call.finish(within: Self.restSeconds)
        } catch {
            do throws(ContainerFailure) {
                try read(id, client, follows: false).finish(within: Self.restSeconds)
            } catch {
                Supervisor.complain("\(path): the container's output may not be whole: \(error)")
            }
        }
    }

    private func read(_ id: String, _ client: ContainerClient, follows: Bool) -> ContainerCall {
        let file = try? File.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        let round = state.withLock { state in
            state = State(file: file, round: state.round + 1)
            return state.round
        }
        return client.logs(id, follows: follows) { [self] part in
            state.withLock { state in
                guard state.round == round else { return }
                let printed = state.frames.take(part)
                // A full disk costs output, not the task.
                try? state.file?.write(printed)
            }
        }
    }
}
