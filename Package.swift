// swift-tools-version: 6.2
// The map of Steplog: one line a target, lowest layer first, so that arrows only point up this list.
import PackageDescription

// MARK: - Layers

/// Pure targets: values and synchronous functions. They can name other Core targets and nothing else.
func core(_ name: String, _ imports: [String] = []) -> [Target] {
    [
        .target(
            name: name, dependencies: imports.map { .byName(name: $0) }, path: "Sources/Core/\(name)",
            swiftSettings: settings)
    ]
}

/// A partitioned transactional log of bytes.
func log(_ name: String, _ imports: [Target.Dependency] = []) -> [Target] {
    [.target(name: name, dependencies: imports, path: "Sources/Log/\(name)", swiftSettings: settings)]
}

/// Shells round the core: they read, write, wait and retry.
func runtime(_ name: String, _ imports: [Target.Dependency] = []) -> [Target] {
    [.target(name: name, dependencies: imports, path: "Sources/Runtime/\(name)", swiftSettings: settings)]
}

/// A C library of the system, from a Debian package.
func library(_ name: String, in layer: String, package: String) -> [Target] {
    [.systemLibrary(name: name, path: "Sources/\(layer)/\(name)", providers: [.apt([package])])]
}

/// C headers of the system that Swift's own overlays lack.
func headers(_ name: String, in layer: String) -> [Target] {
    [.systemLibrary(name: name, path: "Sources/\(layer)/\(name)")]
}

/// What people and programs talk to.
func interface(_ name: String, _ imports: [Target.Dependency] = []) -> [Target] {
    [.target(name: name, dependencies: imports, path: "Sources/Interface/\(name)", swiftSettings: settings)]
}

/// Programs wire services and configuration.
func program(_ name: String, _ imports: [Target.Dependency] = []) -> [Target] {
    [.executableTarget(name: name, dependencies: imports, path: "Sources/Programs/\(name)", swiftSettings: settings)]
}

/// Tests mirror Sources: `Tests/<layer>/<name>`; those of the whole tree stand in Tests itself.
func tests(
    _ name: String, in layer: String = ".", _ imports: [Target.Dependency] = [], besides others: [String] = []
) -> [Target] {
    [
        .testTarget(
            name: name, dependencies: imports, path: "Tests/\(layer)/\(name)", exclude: others, swiftSettings: settings)
    ]
}

/// What several test targets share.
func testSupport(_ name: String, _ imports: [Target.Dependency]) -> [Target] {
    [.target(name: name, dependencies: imports, path: "Tests/Support/\(name)", swiftSettings: settings)]
}

/// A program that tests start, and kill.
func testProgram(_ name: String, _ imports: [Target.Dependency]) -> [Target] {
    [.executableTarget(name: name, dependencies: imports, path: "Tests/Support/\(name)", swiftSettings: settings)]
}

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

// MARK: - Packages (docs/decisions/0001-dependencies.md says why each)

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// MARK: - Targets

let package = Package(
    name: "steplog",
    products: [
        .executable(name: "steplog", targets: ["steplog"]),
        // For the benchmarks, which are a package of their own.
        .library(name: "SteplogCore", targets: ["JSON", "JSONPath", "JSONata", "StatesLanguage", "Engine"]),
        .library(
            name: "SteplogLog",
            targets: ["EventLog", "BatchStore", "EventLogEmbedded", "EventLogKafka", "PartitionProcessor"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        core("Digests"),
        core("JSON"),
        core("Signatures", ["Digests"]),
        core("AccessPolicy", ["JSON"]),
        core("JSONPath", ["JSON"]),
        core("JSONata", ["Digests", "JSON"]),
        core("StatesLanguage", ["JSON", "JSONPath", "JSONata", "Digests"]),
        core("Permissions", ["JSON", "JSONPath", "StatesLanguage"]),
        core("Engine", ["JSON", "JSONPath", "StatesLanguage", "Digests"]),
        core("Replay", ["JSON", "StatesLanguage", "Engine", "Digests"]),
        log("EventLog"),
        log("BatchStore", ["EventLog", grdb]),
        log("EventLogEmbedded", ["EventLog", "BatchStore"]),
        library("CRDKafka", in: "Log", package: "librdkafka-dev"),
        log("EventLogKafka", ["EventLog", "CRDKafka"]),
        log("KafkaListener", ["Digests", "EventLog", "BatchStore", nioCore, nioPosix]),
        headers("CProcess", in: "Runtime"),
        headers("COpenSSL", in: "Runtime"),
        headers("CZlib", in: "Runtime"),
        runtime("AWSClient", ["Digests", "JSON", "Signatures", "COpenSSL", "CZlib"]),
        runtime("ContainerAPI", ["JSON", "Signatures", nioCore, nioHTTP1, nioPosix]),
        runtime("PartitionProcessor", ["Engine", "Replay", "StatesLanguage", "EventLog"]),
        runtime(
            "TaskWorkers",
            [
                "JSON", "Digests", "Signatures", "AWSClient", "ContainerAPI", "Engine", "StatesLanguage", "EventLog",
                "PartitionProcessor", "CProcess",
            ]),
        runtime("LocalService", ["JSON", "Engine", "EventLog", "PartitionProcessor", "TaskWorkers"]),
        runtime(
            "Hosting", ["EventLog", "EventLogKafka", "LocalService", "PartitionProcessor", "TaskWorkers"]),
        runtime("ReadModel", ["JSON", "Engine", "EventLog", grdb]),
        runtime(
            "LogReplay",
            ["Digests", "JSON", "StatesLanguage", "Engine", "Replay", "EventLog", "PartitionProcessor"]),
        runtime("CommandGateway", ["Engine", "EventLog", "PartitionProcessor"]),
        interface(
            "StepFunctionsAPI",
            [
                "AccessPolicy", "JSON", "Digests", "Signatures", "Engine", "StatesLanguage", "CommandGateway",
                "ReadModel", hummingbird,
            ]),
        interface("ScriptedECS", ["JSON", "Digests", hummingbird]),
        interface("StepFunctionsClient", ["JSON", "Signatures", "TaskWorkers"]),
        interface(
            "Terminal",
            [
                "AccessPolicy", "JSON", "JSONPath", "JSONata", "StatesLanguage", "Engine", "Replay", "TaskWorkers",
                yams,
            ]),
        program(
            "steplog",
            [
                "AWSClient", "AccessPolicy", "CommandGateway", "ReadModel", "StepFunctionsAPI", "StepFunctionsClient",
                "BatchStore", "Digests", "Engine", "EventLog", "EventLogEmbedded", "EventLogKafka", "JSON", "JSONata",
                "Hosting", "KafkaListener", "LocalService", "LogReplay", "PartitionProcessor", "Permissions", "Replay",
                "ScriptedECS", "StatesLanguage", "TaskWorkers", "Terminal",
                argumentParser,
            ]),

        testSupport("EngineTestKit", ["JSON", "StatesLanguage", "Engine"]),
        testSupport("EventLogConformance", ["EventLog"]),
        testSupport(
            "Simulation",
            [
                "JSON", "Engine", "StatesLanguage", "EventLog", "BatchStore", "EventLogEmbedded", "PartitionProcessor",
                "TaskWorkers", "CommandGateway", "ReadModel", "EngineTestKit",
            ]),
        testSupport("CommandTesting", []),
        testSupport("ContainerTesting", []),
        testSupport("KafkaTesting", ["BatchStore", "EventLogKafka", "KafkaListener"]),
        testProgram("log-writer", ["EventLog", "BatchStore", "EventLogEmbedded"]),
        testProgram("KafkaCopyTool", ["EventLog", "EventLogKafka"]),
        testProgram("LaneTool", ["BatchStore", "Engine", "EventLog", "EventLogEmbedded", "PartitionProcessor"]),
        testProgram("SuperviseTool", ["Engine", "TaskWorkers"]),
        testProgram("simulate", ["Simulation", argumentParser]),
        tests("DigestsTests", in: "Core", ["Digests"]),
        tests("AccessPolicyTests", in: "Core", ["JSON", "AccessPolicy"]),
        tests("JSONTests", in: "Core", ["JSON"]),
        tests("JSONPathTests", in: "Core", ["JSON", "JSONPath"]),
        tests("JSONataTests", in: "Core", ["JSON", "JSONata"]),
        tests("StatesLanguageTests", in: "Core", ["JSON", "JSONPath", "JSONata", "StatesLanguage"]),
        tests("PermissionsTests", in: "Core", ["JSON", "AccessPolicy", "StatesLanguage", "Permissions"]),
        tests("RegistryTests", in: "Core", ["JSON", "Engine"]),
        tests("EngineTests", in: "Core", ["JSON", "StatesLanguage", "Engine", "EngineTestKit"]),
        tests("ReplayTests", in: "Core", ["JSON", "StatesLanguage", "Engine", "Replay", "EngineTestKit"]),
        tests("EventLogTests", in: "Log", ["EventLog"]),
        tests("BatchStoreTests", in: "Log", ["EventLog", "BatchStore", grdb]),
        tests(
            "EventLogKafkaTests", in: "Log",
            [
                "BatchStore", "CommandTesting", "EventLog", "EventLogConformance", "EventLogEmbedded", "EventLogKafka",
                "KafkaCopyTool", "KafkaTesting", "steplog",
            ]),
        tests(
            "EventLogEmbeddedTests", in: "Log", ["EventLogConformance", "EventLogEmbedded", "BatchStore", "log-writer"]),
        tests("KafkaListenerTests", in: "Log", ["Digests", "EventLog", "BatchStore", "KafkaListener", nioCore]),
        tests(
            "PartitionProcessorTests", in: "Runtime",
            [
                "Engine", "EventLog", "EventLogEmbedded", "EventLogKafka", "KafkaTesting", "BatchStore",
                "LaneTool", "PartitionProcessor", "TaskWorkers",
            ]),
        tests("AWSClientTests", in: "Runtime", ["AWSClient", "JSON", "Signatures"]),
        tests(
            "LogReplayTests", in: "Runtime",
            [
                "BatchStore", "Digests", "Engine", "EngineTestKit", "EventLog", "EventLogEmbedded", "LogReplay",
                "PartitionProcessor", "Replay", "StatesLanguage", grdb,
            ]),
        tests(
            "TaskWorkersTests", in: "Runtime",
            [
                "AWSClient", "ContainerAPI", "ContainerTesting", "JSON", "Engine", "StatesLanguage", "ScriptedECS",
                "TaskWorkers",
                "SuperviseTool",
            ]),
        tests(
            "StepFunctionsAPITests", in: "Interface",
            [
                "AccessPolicy", "BatchStore", "CommandGateway", "Digests", "Engine", "EventLog", "EventLogEmbedded",
                "JSON", "LocalService", "PartitionProcessor",
                "ReadModel", "Signatures", "StepFunctionsAPI", "TaskWorkers",
            ], besides: ["Signatures"]),
        tests("ScriptedECSTests", in: "Interface", ["JSON", "ScriptedECS"]),
        tests(
            "StepFunctionsClientTests", in: "Interface", ["Digests", "JSON", "Signatures", "StepFunctionsClient"]),
        tests(
            "TerminalTests", in: "Interface",
            [
                "AccessPolicy", "CommandTesting", "JSON", "Engine", "StatesLanguage", "TaskWorkers", "Terminal",
                "steplog",
            ]),
        tests(
            "ServerTests",
            [
                "CommandTesting", "Engine", "EventLog", "EventLogKafka", "JSON", "KafkaTesting", "StepFunctionsClient",
                "steplog",
            ]),
        tests("SimulationTests", ["Simulation"]),
        tests("ExamplesTests", ["CommandTesting", "ContainerTesting", "JSON", "StatesLanguage", "steplog"]),
        tests("TidyTests"),
    ].flatMap { $0 },
    swiftLanguageModes: [.v6]
)
