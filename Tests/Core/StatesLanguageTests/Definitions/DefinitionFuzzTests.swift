import JSON
import StatesLanguage
import Testing

@Suite("Damaged definitions")
struct DefinitionFuzzTests {
    /// One value of each type, and texts that look like something.
    private static let wrongTypes: [JSONValue?] = [nil, .null, true, 1.5, "text", [], [:]]
    private static let oddities: [JSONValue] = [
        0, -1, 1e300, "", "$", "$.a[?(@.b", "{% 1 + %}", "${Name}", "States.Format('{}'", [1], [[[[[]]]]], ["a": 1],
        ["States": ["X": [:]]], [["ErrorEquals": 1]], ["a.$": 5],
    ]

    /// Every value in `value` with the way to it.
    private static func places(in value: JSONValue, at path: [DefinitionPath.Step] = []) -> [[DefinitionPath.Step]] {
        switch value {
        case .object(let object):
            [path] + object.members.flatMap { places(in: $0.value, at: path + [.key($0.key.text)]) }
        case .array(let elements):
            [path] + elements.enumerated().flatMap { places(in: $1, at: path + [.index($0)]) }
        case .null, .bool, .number, .string:
            [path]
        }
    }

    /// `value` with what stands at `path` replaced, or removed where `replacement` is nil.
    private static func replace(
        _ path: ArraySlice<DefinitionPath.Step>, in value: JSONValue, with replacement: JSONValue?
    ) -> JSONValue? {
        guard let step = path.first else { return replacement }
        switch (step, value) {
        case (.key(let key), .object(var object)):
            guard let member = object[JSONString(key)] else { return value }
            object[JSONString(key)] = replace(path.dropFirst(), in: member, with: replacement)
            return .object(object)
        case (.index(let index), .array(var elements)) where elements.indices.contains(index):
            if let element = replace(path.dropFirst(), in: elements[index], with: replacement) {
                elements[index] = element
            } else {
                elements.remove(at: index)
            }
            return .array(elements)
        default:
            return value
        }
    }

    /// Compiles and checks what always holds.
    private static func check(_ value: JSONValue, allowPlaceholders: Bool, _ note: @autoclosure () -> String) {
        let compilation = Definition.compile(
            JSONWriter.text(value), options: CompileOptions(allowPlaceholders: allowPlaceholders))
        if (compilation.machine == nil) != !compilation.errors.isEmpty {
            Issue.record("neither a machine nor an error, or both: \(note())")
        }
        if compilation.diagnostics.contains(where: { $0.position == nil }) { Issue.record("no position: \(note())") }
        if let machine = compilation.machine, MermaidGraph.text(of: machine).isEmpty {
            Issue.record("no graph: \(note())")
        }
    }

    @Test("Each field of a wrong type, odd or missing gives a machine or at least one error", arguments: [0, 1])
    func everyFieldWrong(language: Int) throws {
        let whole = try JSONParser.parse(language == 0 ? WholeDefinitions.jsonPath : WholeDefinitions.jsonata)
        for (index, path) in Self.places(in: whole).enumerated() where !path.isEmpty {
            let oddity = Self.oddities[index % Self.oddities.count]
            // Neighbours take turns with the values, which halves the time.
            for (round, wrong) in (Self.wrongTypes + [oddity]).enumerated() where (index + round).isMultiple(of: 2) {
                guard let damaged = Self.replace(path[...], in: whole, with: wrong) else { continue }
                Self.check(
                    damaged, allowPlaceholders: round.isMultiple(of: 3),
                    "\(DefinitionPath(path).text) became \(wrong.map(JSONWriter.text) ?? "nothing")")
            }
        }
    }

    @Test("Many faults at once, by chance, never crash the compiler", arguments: 1...16)
    func manyFaults(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let text = seed.isMultiple(of: 2) ? WholeDefinitions.jsonPath : WholeDefinitions.jsonata
        let whole = try JSONParser.parse(text)
        for round in 0..<12 {
            var damaged = whole
            for _ in 0..<(1 + random.next(below: 12)) {
                let places = Self.places(in: damaged)
                let path = places[random.next(below: places.count)]
                let wrong = Self.oddities[random.next(below: Self.oddities.count)]
                damaged =
                    Self.replace(path[...], in: damaged, with: random.next(below: 4) == 0 ? nil : wrong) ?? damaged
            }
            Self.check(damaged, allowPlaceholders: round.isMultiple(of: 2), "seed \(seed), round \(round)")
        }
    }

    @Test("Bytes changed by chance never crash the compiler", arguments: 1...10)
    func changedBytes(seed: UInt64) {
        var random = SeededRandom(state: seed &* 7_919)
        for _ in 0..<25 {
            var bytes = Array((seed.isMultiple(of: 2) ? WholeDefinitions.jsonPath : WholeDefinitions.jsonata).utf8)
            for _ in 0..<(1 + random.next(below: 4)) {
                bytes[random.next(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next())
            }
            let compilation = Definition.compile(String(decoding: bytes, as: UTF8.self))
            #expect((compilation.machine == nil) == !compilation.errors.isEmpty, "seed \(seed)")
        }
    }

    @Test("Every field of every state wrong at once: each is reported")
    func allWrong() throws {
        let whole = try JSONParser.parse(WholeDefinitions.jsonPath)
        guard case .object(var root) = whole, case .object(let states)? = root["States"] else { return }
        var damaged = JSONObject()
        for state in states {
            guard case .object(let fields) = state.value else { continue }
            var wrong = JSONObject()
            for field in fields { wrong[field.key] = field.key == "Type" ? field.value : 5.5 }
            damaged[state.key] = .object(wrong)
        }
        root["States"] = .object(damaged)
        for name in ["Comment", "Version", "TimeoutSeconds", "QueryLanguage", "StartAt"] as [JSONString] {
            root[name] = .null
        }
        let compilation = Definition.compile(JSONWriter.text(.object(root)))
        #expect(compilation.machine == nil)
        let texts = Set(compilation.errors.map(\.listing))
        for expected in [
            "SCHEMA_VALIDATION_FAILED: Expected value of type [STRING] at /StartAt",
            "SCHEMA_VALIDATION_FAILED: Expected value of type [STRING] at /States/Work/Resource",
            "SCHEMA_VALIDATION_FAILED: Expected value of type [ARRAY] at /States/Work/Retry",
            "SCHEMA_VALIDATION_FAILED: Expected value of type [ARRAY] at /States/Which/Choices",
            "SCHEMA_VALIDATION_FAILED: Expected value of type [OBJECT] at /States/Each/ItemProcessor",
            "SCHEMA_VALIDATION_FAILED: Expected value of type [BOOLEAN] at /States/Each/End",
        ] {
            #expect(texts.contains(expected), "\(expected)")
        }
        #expect(compilation.errors.count > 50)
    }

    @Test("A definition of 200 MB is refused unread, with the limit")
    func tooLarge() {
        let text = String(repeating: "[", count: 200 * 1_048_576)
        let clock = ContinuousClock()
        var compilation = Compilation(machine: nil, diagnostics: [])
        let elapsed = clock.measure { compilation = Definition.compile(text) }
        #expect(compilation.errors.map(\.code) == [.tooLarge])
        #expect(
            compilation.errors.first?.message
                == "The definition has 209715200 bytes: Member must have length less than or equal to 1048576")
        #expect(elapsed < .seconds(1))
    }

    @Test("Deep nesting is refused with one error")
    func depthBombs() {
        let arrays = Definition.compile(#"{"StartAt":"A","States":"# + String(repeating: "[", count: 500_000))
        #expect(arrays.errors.map(\.code) == [.invalidJSON])
        #expect(arrays.errors.first?.message == "Document nesting depth (257) exceeds the maximum allowed (256)")

        var machine = #"{"StartAt":"S0","States":{"S0":{"Type":"Succeed"}}}"#
        for level in 1...40 {
            machine =
                #"{"StartAt":"S\#(level)","States":{"S\#(level)":{"Type":"Parallel","Branches":[\#(machine)],"End":true}}}"#
        }
        let nested = Definition.compile(machine)
        #expect(nested.errors.map(\.code) == [.tooDeeplyNested])

        var condition = #"{"Variable":"$.a","IsNull":true}"#
        for _ in 1...120 { condition = #"{"Not":\#(condition)}"# }
        let deep =
            #"{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[{"Next":"E","And":[\#(condition)]}]},"E":{"Type":"Fail"}}}"#
        #expect(Definition.compile(deep).machine != nil)
    }

    @Test("Half a million placeholders that are never closed are read in linear time")
    func openPlaceholders() {
        let value = String(repeating: "${", count: 250_000)
        let text = #"{"StartAt":"S","States":{"S":{"Type":"Task","Resource":"\#(value)","End":true}}}"#
        let elapsed = ContinuousClock().measure {
            #expect(Definition.compile(text, options: CompileOptions(allowPlaceholders: true)).machine != nil)
            #expect(Definition.compile(text).errors.count == 1)
        }
        #expect(elapsed < .seconds(20))
    }

    @Test("Very many problems are cut short, and said to be")
    func manyProblems() {
        let states = (0..<5_000).map { #""S\#($0)":{}"# }.joined(separator: ",")
        let compilation = Definition.compile(#"{"StartAt":"S0","States":{\#(states)}}"#)
        #expect(compilation.diagnostics.count == Definition.diagnosticsMax + 1)
        #expect(compilation.diagnostics.last?.message == "4000 more problems are not shown")
    }
}

extension SeededRandom {
    fileprivate mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
