import Digests
import Testing

@Suite("Base64")
struct Base64Tests {
    @Test(
        "Text and Base64 turn into each other, padding included",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
        ])
    func roundTrip(_ text: String, _ encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(Array(encoded.utf8)) == Array(text.utf8))
    }

    @Test(
        "Bytes outside the alphabet and impossible lengths are refused",
        arguments: ["Zg=a", "Z", "Zm9v!", "====", "Zg==="])
    func refused(_ text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test("Padding may be left off")
    func withoutPadding() {
        #expect(Base64.decode(Array("Zm8".utf8)) == Array("fo".utf8))
    }
}
