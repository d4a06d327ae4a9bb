import Foundation
import JSON
import StatesLanguage

/// A key of the configuration that holds one value: its path, its default, and the variable that overrides it.
public struct ConfigurationKey: Sendable, Equatable {
    enum Kind: Sendable { case text, flag, list, path }

    let steps: [String]
    let kind: Kind
    /// As people read it; a unit where there is one.
    let defaultText: String

    private init(_ path: String, _ kind: Kind, _ defaultText: String) {
        steps = path.split(separator: ".").map(String.init)
        self.kind = kind
        self.defaultText = defaultText
    }

    private init(_ path: String, _ defaultText: String) { self.init(path, .text, defaultText) }

    /// `readModel.retentionDays`.
    public var name: String { steps.joined(separator: ".") }

    /// `STEPLOG_READ_MODEL_RETENTION_DAYS`.
    public var variable: String {
        var text = "STEPLOG"
        for step in steps {
            text += "_"
            for character in step {
                if character.isUppercase { text += "_" }
                text += character.uppercased()
            }
        }
        return text
    }

    /// All of them, in the order of config/steplog.yaml.
    public static let all = [
        ConfigurationKey("region", "us-east-1"), ConfigurationKey("accountId", "123456789012"),
        ConfigurationKey("tasks.definitionsDirectory", .path, "task-definitions beside the workflow"),
        ConfigurationKey("tasks.workingDirectory", .path, "the workflow's folder"),
        ConfigurationKey("tasks.directory", .path, "beside the log"),
        ConfigurationKey("tasks.secretsDirectory", .path, "none"),
        ConfigurationKey("tasks.environmentFilesDirectory", .path, "the task definitions' folder"),
        ConfigurationKey("tasks.inherit", .list, "PATH, HOME, USER, LANG, LC_ALL, TZ, TMPDIR"),
        ConfigurationKey("tasks.essentialContainersOnly", .flag, "false"),
        ConfigurationKey("ecs.backend", "local"), ConfigurationKey("ecs.eventsQueueUrl", "none"),
        ConfigurationKey("ecs.container.socket", "DOCKER_HOST, else Podman's or Docker's"),
        ConfigurationKey("ecs.container.pull", "missing"), ConfigurationKey("ecs.container.network", "host"),
        ConfigurationKey("ecs.container.mounts", .list, "none"),
        ConfigurationKey("ecs.assumeRoles", .flag, "aws.assumeStateMachineRoles"),
        ConfigurationKey("ecs.sweepSeconds", "60 s with a queue, else 5 s"),
        ConfigurationKey("ecs.missingGraceSeconds", "300 s"), ConfigurationKey("ecs.retrySeconds", "600 s"),
        ConfigurationKey("ecs.capacityRetrySeconds", "0 s"), ConfigurationKey("ecs.startTimeoutSeconds", "0 s"),
        ConfigurationKey("ecs.orphanSweepSeconds", "300 s"), ConfigurationKey("ecs.completeEarly", .flag, "false"),
        ConfigurationKey("ecs.explainFailures", .flag, "false"),
        ConfigurationKey("ecs.stopCallbackTasks", .flag, "false"),
        ConfigurationKey("ecs.stopUnknownTasks", .flag, "false"), ConfigurationKey("ecs.logLines", "20"),
        ConfigurationKey("readModel.retentionDays", "90 days"),
        ConfigurationKey("engine.checkpointTailBytes", "16777216 bytes"),
        ConfigurationKey("engine.checkpointTailSeconds", "10 s"),
        ConfigurationKey("watchdog.intervalSeconds", "60 s"), ConfigurationKey("watchdog.openSeconds", "none"),
        ConfigurationKey("aws.region", "none: services are not called"),
        ConfigurationKey("aws.profile", "AWS_PROFILE, else default"), ConfigurationKey("aws.endpointUrl", "none"),
        ConfigurationKey("aws.modelsDirectory", .path, "where botocore is"),
        ConfigurationKey("aws.useFips", .flag, "false"), ConfigurationKey("aws.maxAttempts", "3"),
        ConfigurationKey("aws.assumeStateMachineRoles", .flag, "false"),
        ConfigurationKey("kafka.brokers", .list, "none"), ConfigurationKey("kafka.prefix", "steplog"),
        ConfigurationKey("kafka.recordBytesMax", "8388608 bytes"), ConfigurationKey("kafka.instanceId", "none"),
    ]

    /// What a variable says, as the file would.
    private func value(_ text: String) -> JSONValue {
        switch kind {
        case .text: .string(text)
        case .flag: text == "true" ? true : text == "false" ? false : .string(text)
        case .list: .array(text.split(separator: ",").map { .string($0.trimmingCharacters(in: .whitespaces)) })
        case .path: .string(URL(filePath: text).standardizedFileURL.path)
        }
    }

    // MARK: - The environment's layer

    /// `STEPLOG_KAFKA_PROPERTIES_SASL_PASSWORD` is librdkafka's `sasl.password`.
    private static let propertyPrefix = "STEPLOG_KAFKA_PROPERTIES_"

    /// What the environment says about keys, in the order of their names.
    static func overrides(in environment: [String: String]) -> [(steps: [String], value: JSONValue, variable: String)] {
        var found: [(steps: [String], value: JSONValue, variable: String)] = []
        for key in all {
            guard let text = environment[key.variable] else { continue }
            found.append((key.steps, key.value(text), key.variable))
        }
        for (variable, text) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix(propertyPrefix) {
            let property = variable.dropFirst(propertyPrefix.count).lowercased().replacing("_", with: ".")
            found.append((["kafka", "properties", property], .string(text), variable))
        }
        return found
    }

    /// Variables that look like a key's and are none, with what was probably meant.
    public static func misspelt(in environment: [String: String]) -> [String] {
        let known = all.map(\.variable)
        return environment.keys.sorted().compactMap { variable in
            guard variable.hasPrefix("STEPLOG_"), !known.contains(variable), !variable.hasPrefix(propertyPrefix),
                let hint = SpellingSuggestion.hint(for: variable, among: known)
            else { return nil }
            return "\(variable) is no key's variable; \(hint)"
        }
    }
}
