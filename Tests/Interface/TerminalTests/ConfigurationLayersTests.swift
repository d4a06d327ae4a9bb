import Foundation
import Terminal
import Testing

@Suite("Layers of the configuration")
struct ConfigurationLayersTests {
    private static func file(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "/steplog-layers-\(UUID().uuidString).yaml"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    @Test("The environment overrides the file, the file the defaults, and each value's source is told")
    func layers() throws {
        let path = try Self.file("region: eu-west-1\nkafka:\n  prefix: a\n  properties:\n    client.id: x\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let environment = [
            "STEPLOG_KAFKA_PREFIX": "b", "STEPLOG_KAFKA_BROKERS": "k1:9092, k2:9092",
            "STEPLOG_READ_MODEL_RETENTION_DAYS": "7", "STEPLOG_KAFKA_PROPERTIES_SASL_PASSWORD": "hush",
        ]
        let read = try SteplogConfiguration(file: path, environment: environment)
        #expect(read.region == "eu-west-1" && read.kafka.prefix == "b" && read.kafka.brokers == ["k1:9092", "k2:9092"])
        #expect(read.kafka.properties == ["client.id": "x", "sasl.password": "hush"])
        #expect(read.readModelRetention == .seconds(7 * 86_400))
        let rows = try SteplogConfiguration.report(file: path, environment: environment).rows
        func row(_ key: String) -> [String] { rows.filter { $0.key == key }.flatMap { [$0.value, $0.source] } }
        #expect(row("region") == ["eu-west-1", "\(path):1"])
        #expect(row("kafka.prefix") == ["b", "STEPLOG_KAFKA_PREFIX"])
        #expect(row("accountId") == ["123456789012", "default"])
        #expect(row("kafka.properties.client.id") == ["x", "\(path):5"])
        #expect(row("kafka.properties.sasl.password") == ["(not shown)", "STEPLOG_KAFKA_PROPERTIES_SASL_PASSWORD"])
    }

    @Test("A bad value in the environment is refused by the variable's name, one in the file by its place")
    func refusals() throws {
        let bad = #expect(throws: BadInput.self) {
            try SteplogConfiguration(file: nil, environment: ["STEPLOG_ACCOUNT_ID": "7"])
        }
        #expect(bad?.message.hasPrefix("STEPLOG_ACCOUNT_ID: ") == true)
        let path = try Self.file("kafka:\n  brokrs: [a:1]\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let unknown = #expect(throws: BadInput.self) { try SteplogConfiguration(file: path, environment: [:]) }
        #expect(unknown?.message.hasPrefix("\(path):2:3: unknown key \"kafka.brokrs\"; did you mean") == true)
    }

    @Test("A variable that is nearly a key's is pointed out")
    func misspelt() {
        let found = ConfigurationKey.misspelt(in: ["STEPLOG_KAFKA_BROKER": "x", "STEPLOG_SHARED": "y", "PATH": "z"])
        #expect(found.count == 1 && found.first?.contains("STEPLOG_KAFKA_BROKERS") == true)
    }

    @Test("A secret is read from a file, which alone is shown")
    func secretFile() throws {
        let secret = try Self.file("hush\n")
        let path = try Self.file("kafka: {properties: {sasl.password: {file: \(secret)}}}\n")
        defer { for file in [secret, path] { try? FileManager.default.removeItem(atPath: file) } }
        #expect(try SteplogConfiguration(readingFrom: path).kafka.properties["sasl.password"] == "hush")
        let report = try SteplogConfiguration.report(file: path, environment: [:])
        #expect(!report.lines.joined().contains("hush"))
    }

    @Test("Every key of the table has its variable, and none twice")
    func variables() {
        let names = ConfigurationKey.all.map(\.variable)
        #expect(Set(names).count == names.count)
        #expect(names.contains("STEPLOG_TASKS_ENVIRONMENT_FILES_DIRECTORY"))
    }
}
