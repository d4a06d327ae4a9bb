import Testing

/// The house rules, held against the whole tree. A failure prints `file:line: what to do`.
@Suite("The tree is tidy")
struct TidyTests {
    private let sources = Repository.swiftFiles.filter { $0.layer != nil }

    private func expectNone(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(
            findings.isEmpty, Comment(rawValue: "\n" + findings.map(\.description).joined(separator: "\n")),
            sourceLocation: sourceLocation)
    }

    @Test("The rules see the sources, the tests and the manifest")
    func everythingIsSeen() {
        #expect(Repository.files.contains("Package.swift"))
        #expect(sources.contains { $0.path == "Sources/Core/JSON/JSONValue.swift" })
        #expect(Repository.swiftFiles.contains { $0.isTest })
    }

    @Test("Modules import only what their layer may know")
    func layers() {
        let modules = Dictionary(uniqueKeysWithValues: LayerRules.order.map { ($0, Repository.modules(of: $0)) })
        let rules = LayerRules(modules: modules)
        expectNone(sources.flatMap { rules.findings(in: $0) })
    }

    @Test("Sources keep to the bans of their layer and to the style")
    func sourcesKeepTheRules() {
        expectNone(sources.flatMap { SourceRules.findings(in: $0) })
    }

    @Test("Tests have names that are sentences, and expect something")
    func testsExpect() {
        expectNone(
            Repository.swiftFiles.filter(\.isTest).flatMap { TestRules.findings(in: $0) + SourceRules.lengths(in: $0) })
    }

    @Test("The manifest lists targets lowest layer first, and arrows only point up the list")
    func manifest() throws {
        let manifest = try #require(Repository.swiftFiles.first { $0.path == "Package.swift" })
        #expect(!ManifestRules.entries(in: manifest).isEmpty)
        expectNone(ManifestRules.findings(in: manifest))
    }

    @Test("Every module has its line in the manifest and in the architecture page")
    func modulesAreOnTheMap() throws {
        let manifest = try #require(Repository.swiftFiles.first { $0.path == "Package.swift" })
        let declared = Set(ManifestRules.entries(in: manifest).map(\.name))
        let page = Repository.text(of: "docs/ARCHITECTURE.md")
        for module in LayerRules.order.flatMap({ Repository.modules(of: $0) }).sorted() {
            #expect(declared.contains(module), "Package.swift has no line for \(module)")
            #expect(page.contains("`\(module)`"), "docs/ARCHITECTURE.md does not say what \(module) is for")
        }
    }

    @Test("The lines of each hand-made bug stand in the sources")
    func mutationsFit() {
        let lists = Repository.files.filter { $0.hasPrefix("Tests/Support/mutations/") && $0.hasSuffix(".txt") }
        #expect(lists.count >= 5)
        expectNone(
            lists.flatMap { list in
                RepositoryRules.mutations(inText: Repository.text(of: list), path: list) { Repository.text(of: $0) }
            })
    }

    @Test("No built file is tracked")
    func nothingBuiltIsTracked() {
        expectNone(RepositoryRules.findings(inFileNames: Repository.files))
    }

    @Test("No file names a registry host")
    func noRegistryHosts() {
        expectNone(
            Repository.files.flatMap { RepositoryRules.registryHosts(inText: Repository.text(of: $0), path: $0) })
    }

    @Test("Links between the pages lead somewhere")
    func links() {
        let files = Set(Repository.files)
        let pages = Repository.files.filter { $0.hasSuffix(".md") }
        expectNone(
            pages.flatMap { RepositoryRules.brokenLinks(inText: Repository.text(of: $0), path: $0, files: files) })
    }
}
