import JSON
import JSONPath
import Testing

@Suite("JSONPath fuzzing")
struct JSONPathFuzzTests {
    /// SplitMix64.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let seeds = [
        "$.a.b[0]", "$..a[?(@.b == 1 && @.c)]", "$['a','b'].c[1:2]", "$[(@.length-1)]", "$..*..*",
        "$.a[?(@.b =~ /(a|b)*c{2,3}?[^x-z]\\d/i)]",
        "$$.Execution.Id", "$var.x[0]", "$.a[-1:]", "$[?(!@.a || 'x' != @.b)]", "$[?(@['a','b'] >= $.c)]", "$.é[?,?]",
        "$[1,2,3]",
    ]
    static let alphabet = Array("$@.[]()'\"?*,:-+0123456789abcxyz =<>!&|/\\i~{}^\n\té😀").map(String.init)

    @Test("Mutated and random paths give a value or an error, and end")
    func mutations() throws {
        let document = try JSONParser.parse(JSONPathTests.document)
        let seed: UInt64 = 20_261_122
        var generator = Generator(state: seed)
        var compiled = 0
        for round in 0..<20_000 {
            var path = Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &generator)].map(String.init)
            if round % 4 == 0 { path = ["$"] }
            for _ in 0..<Int.random(in: 1...(round % 4 == 0 ? 24 : 4), using: &generator) {
                let place = Int.random(in: 0...path.count, using: &generator)
                let piece = Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)]
                switch Int.random(in: 0..<3, using: &generator) {
                case 0 where place < path.count: path.remove(at: place)
                case 1 where place < path.count: path[place] = piece
                default: path.insert(piece, at: place)
                }
            }
            let text = path.joined()
            if let expression = try? JSONPathExpression(text) {
                compiled += 1
                _ = try? expression.evaluate(on: document)
            }
            if let reference = try? ReferencePath(text) { _ = try? reference.setting(1, in: document) }
            _ = try? RootedPath(text).evaluate(input: document, context: { document }, variable: { _ in document })
        }
        print("JSONPath fuzzing, seed \(seed): \(compiled) of 20000 texts were paths")
        #expect(compiled > 1_000)
    }

    @Test(
        "Deeply nested and very long texts are refused or handled, never a crash",
        arguments: [
            "[", "(", "[?(", "..", ".a", "['a']", "[?(@.a)]", "[?(@", "..*", "'", "!", "[[", "[0]", "&&", "||@.a",
        ])
    func long(piece: String) {
        for count in [200, 5_000, 100_000] {
            _ = try? JSONPathExpression("$" + String(repeating: piece, count: count)).evaluate(on: ["a": [1, 2]])
            _ = try? JSONPathExpression("$[?(@ =~ /" + String(repeating: piece, count: count) + "/)]").evaluate(on: [
                "a"
            ])
        }
    }
}
