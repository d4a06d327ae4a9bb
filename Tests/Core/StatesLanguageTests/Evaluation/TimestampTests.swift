import JSON
import StatesLanguage
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "RFC 3339 text gives epoch milliseconds",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2016-03-14T01:59:00Z", 1_457_920_740_000),
            ("2016-03-14T01:59:00.5Z", 1_457_920_740_500),
            ("2016-03-14T01:59:00+01:30", 1_457_915_340_000),
            ("2016-03-14T01:59:00-08:00", 1_457_949_540_000),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2000-02-29T12:00:00Z", 951_825_600_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ] as [(String, Int64)])
    func parsing(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.epochMilliseconds == milliseconds)
    }

    @Test(
        "Text that is not RFC 3339 is no timestamp",
        arguments: [
            "", "2016-03-14", "2016-03-14 01:59:00Z", "2016-03-14T01:59:00", "2016-03-14T01:59Z",
            "2016-13-05T21:29:29Z",
            "2016-12-05T25:29:29Z", "05-12-2016T21:29:29Z", "2016-03-14t01:59:00Z", "2016-03-14T01:59:00z",
            "2016-03-14T01:59:00.Z", "2016-03-14T01:59:00+0100", "2016-03-14T01:59:00+01:00Z", "2016-03-14T01:59:60Z",
            "2015-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2016-04-31T00:00:00Z", "2016-00-10T00:00:00Z",
            "2016-03-14T01:59:00+19:00", "2016-03-14T01:59:00Zé", "١٢٣٤-03-14T01:59:00Z",
        ])
    func refusing(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Timestamps compare to the nanosecond, whatever their offsets")
    func comparing() throws {
        let early = try #require(Timestamp(rfc3339: "2020-01-01T00:00:00.123456788Z"))
        let late = try #require(Timestamp(rfc3339: "2020-01-01T01:00:00.123456789+01:00"))
        #expect(early < late)
        #expect(early.epochMilliseconds == late.epochMilliseconds)
        #expect(Timestamp(rfc3339: "2020-01-01T00:00:00Z") == Timestamp(rfc3339: "2019-12-31T23:00:00-01:00"))
    }

    @Test(
        "A timestamp is written in UTC with three digits of fraction",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_120, "2000-02-29T00:00:00.120Z"), (1_700_000_000_007, "2023-11-14T22:13:20.007Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (253_402_300_800_000, "10000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func writing(milliseconds: Int64, text: String) {
        #expect(Timestamp(epochMilliseconds: milliseconds).text == text)
    }

    @Test("What is written is read again, on every day of eight hundred years")
    func roundTrip() {
        var milliseconds: Int64 = -5_364_662_400_000
        while milliseconds < 20_000_000_000_000 {
            let timestamp = Timestamp(epochMilliseconds: milliseconds)
            guard Timestamp(rfc3339: timestamp.text) == timestamp else {
                Issue.record("\(milliseconds) is written \(timestamp.text)")
                return
            }
            milliseconds += 86_399_983
        }
    }
}
