import StatesLanguage
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test("RFC 3339 text gives epoch milliseconds")
    func parsing() {
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:00Z")?.epochMilliseconds == 0)
    }
}
