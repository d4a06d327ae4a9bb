import Testing

@testable import KafkaListener

struct FaultScriptTests {
    @Test("A rule of a fault script applies to its request, after its skips, as often as it says")
    func countsRequests() throws {
        var script = try FaultScript("close produce 2 skip 1 client app # twice, but not the first", seed: 1)
        #expect(script.action(for: .produce, clientID: "app-1") == nil)
        #expect(script.action(for: .fetch, clientID: "app-1") == nil)
        #expect(script.action(for: .produce, clientID: "other") == nil)
        #expect(script.action(for: .produce, clientID: "app-1") == .close)
        #expect(script.action(for: .produce, clientID: "app-2") == .close)
        #expect(script.action(for: .produce, clientID: "app-2") == nil)
    }

    @Test("What happens by chance is repeated by the seed")
    func repeatsChance() throws {
        func run(_ seed: UInt64) throws -> [Bool] {
            var script = try FaultScript("error any always percent 30 code 6", seed: seed)
            return (0..<200).map { _ in script.action(for: .fetch, clientID: "") != nil }
        }
        let first = try run(7)
        #expect(try run(7) == first)
        #expect(try run(8) != first)
        #expect((30...90).contains(first.count { $0 }))
    }

    @Test(
        "A line that is no rule is refused with its number",
        arguments: [
            "close", "explode produce", "close teapot", "close produce soon", "error produce",
            "error produce code 9999",
            "delay produce ms soon", "move-coordinator any", "close produce skip",
        ])
    func refusesNonsense(line: String) {
        #expect(throws: FaultScriptError.self) { try FaultScript("# first\n\(line)", seed: 0) }
        do {
            _ = try FaultScript("# first\n\(line)", seed: 0)
        } catch {
            #expect(error.description.hasPrefix("line 2: "))
        }
    }
}
