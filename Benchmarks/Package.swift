// swift-tools-version: 6.2
// Benchmarks of Steplog: `swift run -c release --package-path Benchmarks bench`. A package of its own, so that the main one
// stays free of what only benchmarks need. BENCHMARKS.md holds the last figures.
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
    .unsafeFlags(["-cross-module-optimization", "-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

let package = Package(
    name: "steplog-benchmarks",
    dependencies: [.package(name: "steplog", path: "..")],
    targets: [
        .executableTarget(
            name: "bench",
            dependencies: [
                .product(name: "SteplogCore", package: "steplog"), .product(name: "SteplogLog", package: "steplog"),
            ],
            swiftSettings: settings
        )
    ],
    swiftLanguageModes: [.v6]
)
