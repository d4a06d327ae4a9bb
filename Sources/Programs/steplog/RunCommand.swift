import ArgumentParser
import BatchStore
import Digests
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import LocalService
import PartitionProcessor
import StatesLanguage
import TaskWorkers

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs a workflow on this machine, from start to end.")

    @Argument(help: "The definition, in Amazon States Language.")
    var file: String

    @Option(help: "JSON, @FILE, or - for standard input.")
    var input: String = "{}"

    @Option(help: "Keep the log in this file.")
    var log: String?

    func run() throws {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let inputText = input.hasPrefix("@") ? try String(contentsOfFile: String(input.dropFirst()), encoding: .utf8) : input
        let storage: any BatchStorage = try log.map { try SQLiteBatchStorage(path: $0, durability: .process) } ?? MemoryBatchStorage()
        let embedded = EmbeddedLog(storage)
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        let runner = try LocalTaskRunner(
            LocalTaskConfiguration(
                tasksDirectory: NSTemporaryDirectory() + "/steplog-tasks-\(ProcessInfo.processInfo.processIdentifier)",
                taskDefinitionsDirectory: folder + "/task-definitions", workingDirectory: folder))
        let service = try LocalService(
            log: embedded,
            configuration: ProcessorConfiguration(
                layout: TopicLayout(partitions: 1),
                settings: Decider.Settings(region: "us-east-1", limits: .standard, tokenKey: [1, 2, 3]),
                now: { Int64(Date().timeIntervalSince1970 * 1_000) }, randomBits: { UInt64.random(in: 0 ... .max) }),
            runner: runner, failed: { error in FileHandle.standardError.write(Data("\(error)\n".utf8)) })
        service.start()
        let arn = "arn:aws:states:us-east-1:123456789012:execution:machine:\(UUID().uuidString.lowercased())"
        let hash = Digest.hexadecimal(Digest.sha256(Array(text.utf8)))
        try service.submit(
            CommandRecord(
                executionArn: arn,
                command: .startExecution(
                    StartExecution(
                        executionArn: arn, name: String(arn.split(separator: ":").last ?? ""),
                        stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:machine",
                        roleArn: "arn:aws:iam::123456789012:role/steplog", definitionHash: hash, input: inputText)),
                definition: text))
        let reader = try embedded.makeReader([TopicPartition(service.layout.names.events, 0): .beginning])
        while true {
            for records in try reader.read(timeout: .seconds(10)) {
                for batch in records.batches {
                    for record in batch {
                        let (_, event) = try EventDecoder.decode(Array(record.value ?? []))
                        FileHandle.standardError.write(Data("\(event.id) \(event.detail.typeName)\n".utf8))
                        switch event.detail {
                        case .executionSucceeded(let output):
                            print(output.text)
                            service.stop()
                            return
                        case .executionFailed(let error, let cause):
                            FileHandle.standardError.write(Data("\(error ?? "") \(cause ?? "")\n".utf8))
                            service.stop()
                            throw ExitCode(1)
                        default: break
                        }
                    }
                }
            }
        }
    }
}
