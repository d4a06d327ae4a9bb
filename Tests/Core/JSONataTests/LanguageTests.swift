import JSON
import JSONata
import Testing

@Suite("JSONata expressions")
struct LanguageTests {
    static let order: JSONValue = [
        "customer": ["name": "Ada", "tags": ["new"]],
        "lines": [
            ["sku": "a", "price": 2.5, "quantity": 4],
            ["sku": "b", "price": 10, "quantity": 1],
            ["sku": "c", "price": 1.25, "quantity": 8],
        ],
    ]

    @Test(
        "Paths, predicates and sequences read an order",
        arguments: [
            ("customer.name", "\"Ada\""),
            ("customer.tags", "[\"new\"]"),
            ("lines.sku", "[\"a\",\"b\",\"c\"]"),
            ("lines[0].sku", "\"a\""),
            ("lines[-1].sku", "\"c\""),
            ("lines[sku = 'b'].price", "10"),
            ("lines[sku = 'b'].price[]", "[10]"),
            ("lines[[0..1]].sku", "[\"a\",\"b\"]"),
            ("lines.missing", "undefined"),
            ("$sum(lines.(price * quantity))", "30"),
            ("lines^(>price).sku", "[\"b\",\"a\",\"c\"]"),
            ("lines{sku: quantity}", "{\"a\":4,\"b\":1,\"c\":8}"),
            ("lines#$i[$i > 0].sku", "[\"b\",\"c\"]"),
            ("lines@$l.{'s': $l.sku, 'n': customer.name}[0]", "{\"s\":\"a\",\"n\":\"Ada\"}"),
            ("lines.price.{'p': %.sku}[1]", "{\"p\":\"b\"}"),
            ("customer.*", "[\"Ada\",\"new\"]"),
            ("**.sku", "[\"a\",\"b\",\"c\"]"),
            (
                "$ ~> |lines[0]|{'price': 3}, 'quantity'| ~> $lookup('lines') ~> $string()",
                #""[{\"sku\":\"a\",\"price\":3},{\"sku\":\"b\",\"price\":10,\"quantity\":1},{\"sku\":\"c\",\"price\":1.25,\"quantity\":8}]""#
            ),
        ])
    func order(_ expression: String, _ expected: String) {
        #expect(outcome(expression, input: Self.order) == expected)
    }

    @Test(
        "Values, operators and functions give what JSONata gives",
        arguments: [
            ("1 + 2 * 3", "7"), ("'a' & 1 & null", "\"a1null\""), ("5 % 3", "2"), ("-(2)", "-2"), ("1/0", "null"),
            ("[1, [2, 3]]", "[1,[2,3]]"), ("[[1, 2], 3]", "[[1,2],3]"), ("{'a': 1}.a", "1"), ("[1..3]", "[1,2,3]"),
            ("1 in [1, 2]", "true"), ("'b' < 'c' and 2 >= 2", "true"), ("nothing = nothing", "false"),
            ("true ? 'y' : 'n'", "\"y\""), ("false ? 'y'", "undefined"),
            ("($x := 2; $f := function($n){$n * $x}; $f(4))", "8"),
            ("($add := function($a, $b){$a + $b}; $inc := $add(1, ?); $inc(4))", "5"),
            ("[1, 2, 3] ~> $map(function($v, $i){$v * $i}) ~> $sum()", "8"),
            ("($up := $trim ~> $uppercase; $up(' a '))", "\"A\""),
            ("$reduce([1..5], function($a, $b){$a * $b})", "120"),
            ("$round(2.5)", "2"), ("$round(3.5)", "4"), ("$round(1.005, 2)", "1"), ("$round(125, -1)", "120"),
            ("$string(0.1 + 0.2)", "\"0.3\""), ("$string(1e21)", "\"1e+21\""),
            ("$string({'a': [1, null]})", #""{\"a\":[1,null]}""#),
            ("$power(2, 0.5)", "1.4142135623730951"), ("$power(2, -2)", "0.25"), ("$sqrt(16)", "4"),
            ("$length('🙂é')", "2"), ("$substring('hello', -3, 2)", "\"ll\""), ("$pad('x', -3, '#')", "\"##x\""),
            ("$split('a, b', ', ')", "[\"a\",\"b\"]"), ("$join(['a', 'b'], '-')", "\"a-b\""),
            ("$match('ab12', /[a-z]([0-9])/)", #"{"match":"b1","index":1,"groups":["1"]}"#),
            ("$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", "\"Smith, John\""),
            ("$formatNumber(1234.5, '#,##0.00')", "\"1,234.50\""), ("$formatBase(255, 16)", "\"ff\""),
            ("$formatInteger(2789, 'w')", "\"two thousand, seven hundred and eighty-nine\""),
            ("$parseInteger('MCMXCIX', 'I')", "1999"), ("$number('0x1F')", "31"),
            ("$now()", "\"2024-11-22T10:15:30.123Z\""), ("$millis()", "1732270530123"),
            (
                "$fromMillis(0, '[FNn], [D1o] [MNn] [Y] [h]:[m] [PN] [Z]', '+0100')",
                "\"Thursday, 1st January 1970 1:00 AM +01:00\""
            ),
            ("$toMillis('13/9/2018', '[D]/[M]/[Y]') ~> $fromMillis()", "\"2018-09-13T00:00:00.000Z\""),
            ("$distinct([1, 1, 'a', {'b': 1}, {'b': 1}])", "[1,\"a\",{\"b\":1}]"),
            ("$merge([{'a': 1}, {'a': 2, 'b': 3}])", "{\"a\":2,\"b\":3}"), ("$keys({'a': 1, 'b': 2})", "[\"a\",\"b\"]"),
            ("$zip([1, 2], [3, 4])", "[[1,3],[2,4]]"), ("$sift({'a': 1, 'b': 2}, function($v){$v > 1})", "{\"b\":2}"),
            ("$base64decode($base64encode('grüße'))", "\"grüße\""),
            ("$encodeUrlComponent('a b&é')", "\"a%20b%26%C3%A9\""),
            ("$type(function($x){$x})", "\"function\""), ("function($x){$x}", "function"),
            ("$exists(nothing)", "false"),
        ])
    func values(_ expression: String, _ expected: String) {
        #expect(outcome(expression) == expected)
    }

    @Test("An object of the input keeps its numbers' digits when it passes through")
    func digits() throws {
        let input = try JSONParser.parse(#"{"big":{"n":12345678901234567890,"d":1.50}}"#)
        #expect(outcome("big", input: input) == #"{"n":12345678901234567890,"d":1.50}"#)
    }

    @Test("Text is compared by UTF-16 code units, as in JavaScript and Java")
    func order() {
        #expect(outcome("'\u{FF5E}' > '\u{1F600}'") == "true")
        #expect(outcome("'é' = 'e\u{301}'") == "false")
    }

    @Test("A variable is found in the nearest scope that has it, and bindings stand outside all of them")
    func scopes() throws {
        let bindings: [(name: JSONString, value: JSONValue)] = [("x", 1)]
        #expect(try evaluate("($y := $x; ($x := 5; $x) + $x + $y)", bindings: bindings) == .value(7))
        #expect(try evaluate("$sum := 3", bindings: bindings) == .value(3))
    }

    @Test("One expression gives the same result on many threads at once")
    func concurrency() async throws {
        let expression = try JSONataExpression("$sum([1..100].($ * $x))")
        let environment = JSONataEnvironment(nowMilliseconds: 0, random: SeededRandom(0, 0))
        try await withThrowingTaskGroup(of: JSONataResult.self) { group in
            for _ in 0..<8 {
                group.addTask { try expression.evaluate(bindings: [("x", 2)], environment: environment) }
            }
            for try await result in group { #expect(result == .value(10_100)) }
        }
    }
}
