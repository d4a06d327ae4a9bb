import ArgumentParser
import Dispatch
import Foundation
import ScriptedECS
import Synchronization
import Terminal

/// A scripted ECS for tests in any language.
struct TestECSCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-ecs",
        abstract: "An ECS for tests: tasks live and fail as a script says; nothing runs.",
        discussion: """
            Speaks the ECS API, the queue of its state-change events (SQS) and CloudWatch Logs on one port, and says on standard
            output when it does. What clients did is told at /_script/counts.

              steplog test-ecs --port 4566
              steplog test-ecs --port 4566 --script Tests/Clients/ecs-script.json --seed 7
              curl http://127.0.0.1:4566/_script/counts

            docs/scripted-ecs.md describes the script.
            """)

    @Option(help: "The port; 0 takes a free one.")
    var port: Int

    @Option(help: "The address to listen on.")
    var address: String = "127.0.0.1"

    @Option(help: "What tasks do and what goes wrong: a JSON file.")
    var script: String?

    @Option(help: "Repeats what happens by chance; goes before the script's.")
    var seed: UInt64?

    private static let scriptBytesMax = 1 << 20

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("\(port) is no port.") }
    }

    func run() throws {
        let server: ScriptedECSServer
        do {
            var script = ECSScript()
            if let path = self.script {
                script = try ECSScript(TextFile.read(path, what: "script", bytesMax: Self.scriptBytesMax))
            }
            script.seed = seed ?? script.seed
            server = try ScriptedECSServer(
                script, address: address, port: port,
                epochMilliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        } catch let error as ECSScriptError {
            throw BadInput("\(script ?? "script"), \(error)")
        }
        let address = address
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        // `done` awaits it below.
        Task.detached {
            do {
                try await server.run { ProgressView.write("ecs ready on http://\(address):\($0)\n", to: 1) }
            } catch {
                failure.withLock { $0 = error }
            }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) { throw BadInput("test-ecs can't serve: \(error)") }
    }
}
