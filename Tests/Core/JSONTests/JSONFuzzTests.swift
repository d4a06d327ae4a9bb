import Foundation
import JSON
import Testing

@Suite("JSON fuzzing")
struct JSONFuzzTests {
    /// Checks what holds for any bytes: the parser, the validator and the diagnosis agree, and what is read survives writing.
    private func check(_ bytes: [UInt8], seed: UInt64, depthMax: Int = JSONParser.depthMax) -> Bool {
        do {
            let value = try JSONParser.parse(bytes, depthMax: depthMax)
            #expect(JSONParser.isValid(bytes, depthMax: depthMax), "seed \(seed)")
            let written = JSONWriter.bytes(value)
            let again = try JSONParser.parse(written)
            #expect(again == value, "seed \(seed)")
            #expect(JSONWriter.bytes(again) == written, "seed \(seed)")
            #expect(again.hashValue == value.hashValue, "seed \(seed)")
            var quoted: [UInt8] = []
            JSONWriter.writeQuoted(value, to: &quoted)
            #expect(try JSONParser.parse(quoted).string == String(decoding: written, as: UTF8.self), "seed \(seed)")
            return true
        } catch {
            #expect(!JSONParser.isValid(bytes, depthMax: depthMax), "seed \(seed)")
            #expect(error.message != "Not one JSON value", "seed \(seed)")
            #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
            #expect(error.line >= 1 && error.column >= 1, "seed \(seed)")
            return false
        }
    }

    @Test("Valid texts are read, and read the same after they were written")
    func valid() {
        for seed in 0..<4_000 as Range<UInt64> {
            var generator = JSONGenerator(seed: seed)
            #expect(check(Array(generator.value().utf8), seed: seed), "seed \(seed)")
        }
    }

    @Test("Changed texts are read or refused, as Foundation does where the rules are the same")
    func mutations() {
        var compared = 0
        for seed in 0..<10_000 as Range<UInt64> {
            var generator = JSONGenerator(seed: seed &+ 1_000_000)
            let bytes = generator.mutation()
            let isRead = check(bytes, seed: seed &+ 1_000_000)
            guard Self.rulesAgree(bytes) else { continue }
            compared += 1
            let isReadByFoundation =
                (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(
                isRead == isReadByFoundation, "seed \(seed &+ 1_000_000): \(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(compared > 1_000)
    }

    @Test("Noise is read or refused")
    func noise() {
        for seed in 0..<6_000 as Range<UInt64> {
            var generator = JSONGenerator(seed: seed &+ 2_000_000)
            _ = check(generator.noise(), seed: seed &+ 2_000_000)
        }
    }

    @Test("Depth bombs are refused at any limit, closed or not", arguments: [1, 2, 64, 512])
    func bombs(depthMax: Int) {
        for opening in ["[", "{\"a\":", "[[],", "[{\"a\":[1],\"b\":"] {
            let open = String(repeating: opening, count: 20_000)
            #expect(!check(Array(open.utf8), seed: 0, depthMax: depthMax))
        }
        #expect(
            !check(
                Array((String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)).utf8), seed: 0,
                depthMax: depthMax))
    }

    /// Foundation refuses numbers beyond Double and lone surrogates, guesses other encodings, and takes a comma after the last element.
    private static func rulesAgree(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 4, String(validating: bytes, as: UTF8.self) != nil else { return false }
        let compact = bytes.filter { $0 > 0x20 }
        for (byte, next) in zip(compact, compact.dropFirst()) {
            if byte == UInt8(ascii: ","), next == UInt8(ascii: "]") || next == UInt8(ascii: "}") { return false }
            if byte == UInt8(ascii: "\\"), next == UInt8(ascii: "u") { return false }
        }
        return !bytes.contains { [0, UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) }
    }
}
