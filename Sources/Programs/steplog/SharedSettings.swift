import AccessPolicy
import Foundation
import TaskWorkers
import Terminal

extension MockConfiguration {
    private static let bytesMax = 64 << 20

    /// - Throws: `BadInput` for a file that can't be read or holds no mocks.
    init(file path: String) throws(BadInput) {
        let text = try TextFile.read(path, what: "mock configuration", bytesMax: Self.bytesMax)
        do {
            try self.init(text)
        } catch {
            throw BadInput("\(path): \(error)")
        }
    }
}

extension LocalTaskConfiguration {
    /// What the configuration's file says of tasks, with what flags say instead.
    /// - Parameters:
    ///   - tasks: the folder in which each task gets one.
    ///   - taskDefinitions: as given by a flag.
    ///   - folder: where paths begin for which nothing else is said.
    init(
        _ configuration: SteplogConfiguration, tasks: String, taskDefinitions: String?, folder: String, region: String,
        account: String
    ) {
        let given = taskDefinitions.map { URL(filePath: $0).standardizedFileURL.path }
        self.init(
            tasksDirectory: tasks,
            taskDefinitionsDirectory: given ?? configuration.taskDefinitionsDirectory ?? folder + "/task-definitions",
            workingDirectory: configuration.workingDirectory ?? folder,
            secretsDirectory: configuration.secretsDirectory,
            environmentFilesDirectory: configuration.environmentFilesDirectory,
            imageCommands: configuration.imageCommands, environment: configuration.environment,
            inheritedVariables: configuration.inheritedVariables, functions: configuration.functions,
            configurationFile: configuration.file, region: region, accountID: account,
            judgesEssentialContainersOnly: configuration.judgesEssentialContainersOnly, ecs: configuration.ecs)
    }
}

extension AccessFile {
    /// Who may ask the API; nil: anybody on this machine.
    /// - Parameters:
    ///   - path: of the file with the users; nil: there is none.
    ///   - host: where the API listens; nil: this process has none.
    /// - Throws: `BadInput` for a file that can't be used, or when strangers could reach an API without users.
    static func users(_ path: String?, account: String, host: String?) throws -> [AccessUser]? {
        let users = try path.map { try Self.users(readingFrom: $0, account: account) }
        guard users == nil, let host, !isLoopback(host) else { return users }
        throw BadInput(
            "--host \(host): without --credentials anybody who can reach the API can do everything, so it listens on "
                + "loopback addresses only. Give --credentials FILE (docs/configuration.md), or leave --host out.")
    }

    /// Names and addresses that no other machine can reach.
    private static func isLoopback(_ host: String) -> Bool {
        if ["localhost", "::1"].contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
