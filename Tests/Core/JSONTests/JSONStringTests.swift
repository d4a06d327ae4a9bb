import JSON
import Testing

@Suite("JSON strings")
struct JSONStringTests {
    @Test("Equality is by code points, not by canonical equivalence")
    func equality() {
        #expect(JSONString("\u{e9}") != JSONString("e\u{301}"))
        #expect(JSONString("abcdefghi") == JSONString("abcdefghi"))
        #expect(JSONString("abcdefghi") != JSONString("abcdefghj"))
        #expect(JSONString("abcdefghi") != JSONString("abcdefgh"))
        #expect(Set(["a", "b", "a", "\u{0}", "\u{0}\u{0}", ""] as [JSONString]).count == 5)
    }

    @Test("Lone surrogates are kept, and one that finds its partner becomes a character")
    func surrogates() {
        let lone = JSONString(utf16: [0x61, 0xD83D])
        #expect(lone.hasLoneSurrogate)
        #expect(lone.utf16 == [0x61, 0xD83D])
        #expect(lone.text == "a\u{fffd}")
        #expect(lone.utf8Count == 4)
        #expect(JSONString(utf16: [0xD83D, 0xDE00]) == "😀")
        #expect(JSONString(utf16: [0xDE00, 0xD83D]).utf16 == [0xDE00, 0xD83D])
    }

    @Test("Order is by code points; Java's and JavaScript's is by UTF-16 units")
    func order() {
        let (private1, emoji, plain) = (JSONString("\u{e000}"), JSONString("😀"), JSONString("z"))
        #expect(private1 < emoji)
        #expect(JSONString.precedesByUTF16(emoji, private1))
        #expect(!JSONString.precedesByUTF16(private1, emoji))
        #expect(JSONString.precedesByUTF16(plain, emoji))
        #expect(JSONString.precedesByUTF16("a", "ab"))
        #expect(!JSONString.precedesByUTF16("a", "a"))
        #expect(JSONString.precedesByUTF16(JSONString(utf16: [0xD800]), "😀"))
        #expect(!JSONString.precedesByUTF16(JSONString(utf16: [0xDFFF]), "😀"))
        #expect(JSONString.precedesByUTF16("x\u{d7ff}", "x😀"))
    }
}
