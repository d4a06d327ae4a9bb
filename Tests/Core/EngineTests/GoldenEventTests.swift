import Engine
import Foundation
import JSON
import StatesLanguage
import Testing

/// Records of this release, kept for ever: later releases must read them. `STEPLOG_RECORD_GOLDEN=1` writes the file anew, which
/// is right only while no release has written such records.
@Suite("Golden records")
struct GoldenEventTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let published = folder.appending(path: "../../../docs/events").standardizedFileURL
    private static let file = published.appending(path: "records-v1.jsonl")

    private static var lines: [String] {
        get throws { try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init) }
    }

    private static func text(_ event: Event) -> String {
        var encoder = EventEncoder(executionArn: EventSamples.arn)
        var bytes: [UInt8] = []
        encoder.write(event, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Every record of version 1 is read, and means what it meant")
    func golden() throws {
        let samples = EventSamples.all
        if ProcessInfo.processInfo.environment["STEPLOG_RECORD_GOLDEN"] != nil {
            let registry = EventSamples.registry.map { String(decoding: RegistryRecord.encode($0), as: UTF8.self) }
            let all = samples.map(Self.text) + registry
            try Data((all.joined(separator: "\n") + "\n").utf8).write(to: Self.file)
        }
        let lines = try Self.lines
        try #require(lines.count == samples.count + EventSamples.registry.count)
        for (line, event) in zip(lines, samples) {
            let (arn, read) = try EventDecoder.decode(Array(line.utf8))
            #expect(arn == EventSamples.arn)
            #expect(read == event, "\(line)")
        }
        for (line, event) in zip(lines.dropFirst(samples.count), EventSamples.registry) {
            #expect(try RegistryRecord.decodeEvent(Array(line.utf8)) == event)
        }
    }

    @Test("This release writes the records of version 1 to the byte")
    func written() throws {
        for (line, event) in zip(try Self.lines, EventSamples.all) { #expect(Self.text(event) == line) }
    }

    @Test("The published JSON Schema names exactly the types of events that the engine can write")
    func types() throws {
        let text = try String(contentsOf: Self.published.appending(path: "event.schema.json"), encoding: .utf8)
        let schema = try JSONParser.parse(text)
        func names(_ part: String) -> Set<String> {
            let steps = ["$defs", part, "properties", "type", "enum"]
            let found = steps.reduce(schema as JSONValue?) { $0?.object?[JSONString($1)] }
            return Set(found?.array?.compactMap(\.string) ?? [])
        }
        #expect(names("executionEvent") == Set(EventSamples.all.map(\.detail.typeName)))
        #expect(names("registryEvent") == Set(RegistryEvent.Kind.allCases.map(\.rawValue)))
    }
}
