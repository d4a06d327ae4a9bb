import Foundation
import JSON
import StatesLanguage
import Terminal
import Testing

@Suite("What people hand in")
struct InputTests {
    @Test("JSON on the command line is kept as it is written")
    func textIsKept() throws {
        #expect(try InputArgument.text(#"{ "a" : 1.50 }"#, option: "--input") == #"{ "a" : 1.50 }"#)
    }

    @Test("An @ stands for a file")
    func file() throws {
        let file = try temporaryFile("input.json", #"{"a":1}"#)
        #expect(try InputArgument.value("@" + file, option: "--input") == ["a": 1])
    }

    @Test("What is no JSON is refused with its place and what JSON would look like")
    func syntax() {
        let error = #expect(throws: BadInput.self) { try InputArgument.text("order.json", option: "--input") }
        #expect(error?.message.hasPrefix("--input:1:1:") == true)
        #expect(error?.message.contains("@FILE") == true)
    }

    @Test("A file that is too long is refused, and one that is missing is named")
    func files() throws {
        let file = try temporaryFile("long", String(repeating: "x", count: 100))
        let long = #expect(throws: BadInput.self) { try TextFile.read(file, what: "definition", bytesMax: 99) }
        #expect(long?.message.contains("100 bytes") == true)
        let missing = #expect(throws: BadInput.self) {
            try TextFile.read("/nowhere/x", what: "definition", bytesMax: 9)
        }
        #expect(missing?.message.contains("/nowhere/x") == true)
        #expect(throws: BadInput.self) { try TextFile.read("/tmp", what: "definition", bytesMax: 9) }
    }

    @Test("A state machine is called after its file")
    func machineName() throws {
        let file = try temporaryFile("my order.asl.json", "{}")
        #expect(try DefinitionFile(file).machineName == "my-order")
    }
}

@Suite("YAML")
struct YAMLTests {
    @Test("Plain scalars have the types of the core schema, quoted ones are strings")
    func scalars() throws {
        let text = "{a: 1, b: 1.5, c: true, d: null, e: 'true', f: \"1\", g: x y, h: 2024-01-01, i: ~, j: 1e3, k: 0x10}"
        let value = try YAMLDocument(text, name: "x.yaml").value
        let expected = try JSONParser.parse(
            #"{"a":1,"b":1.5,"c":true,"d":null,"e":"true","f":"1","g":"x y","h":"2024-01-01","i":null,"j":1e3,"k":"0x10"}"#
        )
        #expect(value == expected)
    }

    @Test("Keys keep their order and their places")
    func places() throws {
        let document = try YAMLDocument("b:\n  - x: 1\n    y: 2\na: 3\n", name: "x.yaml")
        #expect(document.value.description == #"{"b":[{"x":1,"y":2}],"a":3}"#)
        let path = DefinitionPath([.key("b"), .index(0), .key("y")])
        #expect(document.position(of: path) == SourcePosition(offset: 0, line: 3, column: 5))
        #expect(document.position(of: path.appending("deeper")).line == 3)
    }

    @Test(
        "What can't be read is refused, and never by a crash",
        arguments: [
            "a: [1", "a: 1\na: 2", "? [x]\n: 1", "", "\u{0}", "a: *nothing", String(repeating: "[", count: 100_000),
            String(repeating: "- ", count: 100_000) + "x",
        ])
    func refusals(text: String) {
        #expect(throws: BadInput.self) { try YAMLDocument(text, name: "x.yaml") }
    }

    @Test("Aliases that stand for billions of values are refused")
    func aliases() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
                + "]\n"
        }
        #expect(throws: BadInput.self) { try YAMLDocument(text, name: "x.yaml") }
    }

    @Test("A definition's findings have the YAML's lines")
    func diagnostics() throws {
        let file = try temporaryFile("x.yaml", "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n")
        let first = try DefinitionFile(file).compile(CompileOptions()).diagnostics.first
        #expect(first?.position == SourcePosition(offset: 0, line: 5, column: 5))
    }
}

/// A file with this content in a folder of its own.
func temporaryFile(_ name: String, _ content: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "steplog-terminal-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(content.utf8).write(to: file)
    return file.path
}
