import JSON
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
    private func number(_ text: String) throws -> JSONNumber { try #require(try JSONParser.parse(text).number) }

    @Test(
        "Numbers are equal, and hash alike, when they are the same decimal",
        arguments: [
            ("1", "1.0"), ("1", "1e0"), ("0", "-0"), ("0", "0.000e99"), ("1e400", "10E+399"), ("1e-400", "0.1e-399"),
            ("12345678901234567890", "1.234567890123456789e19"), ("100", "1e2"), ("-0.5", "-5e-1"),
            ("1e99999999999999999999", "1e99999999999999999999"),
        ])
    func equal(left: String, right: String) throws {
        let (a, b) = (try number(left), try number(right))
        #expect(a == b)
        #expect(a.hashValue == b.hashValue)
    }

    @Test(
        "Numbers that differ in any digit are not equal, though their nearest Double is one",
        arguments: [
            ("9007199254740992", "9007199254740993"), ("12345678901234567890", "12345678901234567891"),
            ("9223372036854775807", "9223372036854775808"), ("0.1", "0.10000000000000000001"), ("1e400", "1e401"),
            ("1", "-1"), ("1e-400", "0"),
        ])
    func unequal(left: String, right: String) throws {
        #expect(try number(left) != number(right))
    }

    @Test("A Double equals the digits that it is written with")
    func doubles() throws {
        #expect(try number("0.1") == .double(0.1))
        #expect(try number("1e23") == .double(1e23))
        #expect(try number("3") == .double(3))
        #expect(try number("9007199254740993") != .double(9_007_199_254_740_992))
        #expect(JSONNumber.double(.nan) == .double(.nan))
        #expect(JSONNumber.double(.infinity) != .double(-.infinity))
        #expect(JSONNumber.double(-0.0).hashValue == JSONNumber.integer(0).hashValue)
    }

    @Test(
        "A number is an integer only when it is exactly one",
        arguments: [
            ("5", 5), ("5.0", 5), ("5e0", 5), ("50e-1", 5), ("-0", 0), ("9223372036854775807", .max),
            ("-9223372036854775808", .min),
            ("9223372036854775807.0", .max), ("9007199254740993.0", 9_007_199_254_740_993), ("5.5", nil),
            ("9223372036854775808", nil),
            ("1e400", nil), ("1e-1", nil), ("-9223372036854775809", nil),
        ] as [(String, Int64?)])
    func integers(text: String, expected: Int64?) throws {
        #expect(try number(text).int64 == expected)
    }

    @Test(
        "A computed number is written as ECMAScript writes it",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (1e20, "100000000000000000000"),
            (1e21, "1e+21"), (1e-6, "0.000001"),
            (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (123456789012345683968, "123456789012345680000"),
            (.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (9007199254740992, "9007199254740992"),
            (1e15, "1000000000000000"),
            (0.000001234, "0.000001234"), (-1.25e30, "-1.25e+30"), (4.35, "4.35"), (100.01, "100.01"), (.nan, "null"),
            (.infinity, "null"),
        ])
    func ecmaScript(value: Double, text: String) {
        #expect(JSONNumber.ecmaScriptText(value) == text)
        #expect(JSONWriter.text(.double(value)) == text)
    }

    @Test("The shortest digits and their power of ten")
    func shortestDigits() {
        #expect(JSONNumber.shortestDigits(123.45) == ("12345", 3))
        #expect(JSONNumber.shortestDigits(1e-7) == ("1", -6))
        #expect(JSONNumber.shortestDigits(1200) == ("12", 4))
    }

    @Test(
        "Integers are written with all their digits",
        arguments: [
            0, 9, 10, 99_999_999, 100_000_000, 123_456_789, 1_000_000_000_000_000_000, 10_000_000_200_000_003, .max,
            .min, -1, -100_000_001,
        ] as [Int64])
    func writtenIntegers(value: Int64) {
        #expect(JSONWriter.text(.integer(value)) == String(value))
    }

    @Test("What no Int64 holds is kept")
    func large() {
        #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
        #expect(JSONNumber(UInt8(7)).text == "7")
        #expect(JSONNumber.literal("1e400").double == .infinity)
        #expect(JSONNumber.literal("-1e400").double == -.infinity)
    }
}
