import Foundation
import JSON
import StatesLanguage
import Testing

/// What can be said of the examples without running them.
@Suite("The examples are whole")
struct ExampleFolderTests {
    @Test("There are at least six examples, and each input has its expected output")
    func inputsHaveOutputs() throws {
        #expect(Example.names.count >= 6)
        for example in Example.all {
            #expect(throws: Never.self) { try example.json(example.inputFile) }
            #expect(throws: Never.self) { try example.json(example.expectedOutputFile) }
        }
    }

    @Test("Each folder has a page that shows how to run it", arguments: Example.names)
    func readMe(name: String) throws {
        let page = try String(contentsOf: Example.root.appending(path: "\(name)/README.md"), encoding: .utf8)
        #expect(page.contains("steplog run workflow.asl.json --input @input.json"))
        #expect(page.contains("```mermaid"))
    }

    @Test("Each workflow compiles without a word of complaint", arguments: Example.names)
    func definitionsCompile(name: String) throws {
        let text = try String(contentsOf: Example.root.appending(path: "\(name)/workflow.asl.json"), encoding: .utf8)
        let compilation = Definition.compile(text)
        #expect(compilation.machine != nil)
        #expect(compilation.diagnostics.isEmpty)
    }

    @Test("Each task definition is used, and each that is used is there", arguments: Example.names)
    func taskDefinitionsMatch(name: String) throws {
        let folder = Example.root.appending(path: name)
        let workflow = try JSONParser.parse(
            String(contentsOf: folder.appending(path: "workflow.asl.json"), encoding: .utf8))
        let defined = Example.files(in: folder.appending(path: "task-definitions")).map {
            $0.replacing(".json", with: "")
        }
        #expect(Set(taskDefinitions(in: workflow)) == Set(defined))
    }

    @Test("The containers' programs are there and may be run", arguments: Example.names)
    func programsAreThere(name: String) throws {
        let folder = Example.root.appending(path: name)
        for file in Example.files(in: folder.appending(path: "task-definitions")) {
            let path = folder.appending(path: "task-definitions/\(file)")
            let definition = try JSONParser.parse(String(contentsOf: path, encoding: .utf8))
            #expect(definition["family"]?.string == file.replacing(".json", with: ""))
            let containers = try #require(definition["containerDefinitions"]?.array)
            for container in containers {
                let program = try #require(container["command"]?[0]?.string)
                #expect(
                    FileManager.default.isExecutableFile(atPath: folder.appending(path: program).path), "\(program)")
            }
        }
    }

    /// Every `TaskDefinition` below `value`.
    private func taskDefinitions(in value: JSONValue) -> [String] {
        if let name = value["TaskDefinition"]?.string { return [name] }
        let children = value.array ?? value.object?.members.map(\.value) ?? []
        return children.flatMap { taskDefinitions(in: $0) }
    }
}
