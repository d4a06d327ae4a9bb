import JSON
import Testing

@Suite("JSON objects")
struct JSONObjectTests {
    private func object(_ count: Int) -> JSONObject {
        var object = JSONObject()
        for index in 0..<count { object[JSONString("key \(index)")] = .integer(index) }
        return object
    }

    @Test(
        "Members are found, replaced in place and removed, below and above the size that is indexed",
        arguments: [0, 1, 15, 16, 17, 18, 100])
    func members(count: Int) {
        var object = object(count)
        #expect(object.count == count)
        #expect(object["none"] == nil)
        for index in 0..<count {
            let key = JSONString("key \(index)")
            #expect(object[key] == .integer(index))
            #expect(object.position(of: key) == index)
            object[key] = .integer(-index)
            #expect(object[key] == .integer(-index))
        }
        for index in 0..<count where index % 2 == 0 { object[JSONString("key \(index)")] = nil }
        #expect(object.keys == (0..<count).filter { $0 % 2 == 1 }.map { JSONString("key \($0)") })
        for index in 0..<count { #expect((object[JSONString("key \(index)")] == nil) == (index % 2 == 0)) }
        object["new"] = true
        #expect(object["new"] == true)
        #expect(object.members.last?.key == "new")
    }

    @Test("A parsed object of any size keeps the order and the last value of each key", arguments: [1, 16, 17, 300])
    func parsed(count: Int) throws {
        let first = (0..<count).map { #""key \#($0)":0"# }
        let second = (0..<count).reversed().map { #""key \#($0)":\#($0)"# }
        let parsed = try JSONParser.parse("{" + (first + second).joined(separator: ",") + "}")
        #expect(parsed.object == object(count))
        #expect(parsed.object?.keys == object(count).keys)
    }

    @Test("Objects with the same members in another order are equal and hash alike")
    func order() {
        let (a, b): (JSONValue, JSONValue) = (["x": 1, "y": [2]], ["y": [2.0], "x": 1.0])
        #expect(a == b)
        #expect(a.hashValue == b.hashValue)
        #expect(a != ["x": 1, "y": [3]])
        #expect(a != ["x": 1, "z": [2]])
        #expect(Set([a, b, ["x": 1], ["x": 2]]).count == 3)
    }

    @Test("Values stay small: three words, and six for a member")
    func layout() {
        #expect(MemoryLayout<JSONValue>.stride == 24)
        #expect(MemoryLayout<JSONObject.Member>.stride <= 48)
    }
}
