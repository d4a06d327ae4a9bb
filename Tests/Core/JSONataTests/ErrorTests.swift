import JSON
import JSONata
import Testing

@Suite("JSONata errors")
struct ErrorTests {
    @Test(
        "Each error has the code and the words of the reference implementation",
        arguments: [
            ("$abs('a')", "T0410: Argument 1 of function \"abs\" does not match function signature"),
            ("$sum(['a'])", "T0412: Argument 1 of function \"sum\" must be an array of \"numbers\""),
            ("'a' + 1", "T2001: The left side of the \"+\" operator must evaluate to a number"),
            ("1 < 'a'", "T2009: The values 1 and \"a\" either side of operator \"<\" must be of the same data type"),
            (
                "1 < true",
                "T2010: The expressions either side of operator \"<\" must evaluate to numeric or string values"
            ),
            ("$x()", "T1006: Attempted to invoke a non-function"),
            ("sum(1)", "T1005: Attempted to invoke a non-function. Did you mean $sum?"),
            ("$eval('1')", "T1006: Attempted to invoke a non-function"),
            ("$number('x')", "D3030: Unable to cast value to a number: \"x\""),
            ("$error('no stock')", "D3137: no stock"),
            ("$assert(false, 'must hold')", "D3141: must hold"),
            ("{1: 2}", "T1003: Key in object structure must evaluate to a string; got: 1"),
            ("{'a': 1, 'a': 2}", "D1009: Multiple key definitions evaluate to same key: \"a\""),
            ("[1.5..2]", "T2003: The left side of the range operator (..) must evaluate to an integer"),
            ("1/0 + 1", "D1001: Number out of range: null"),
            ("1 +", "S0207: Unexpected end of expression"),
            ("1 2", "S0201: Syntax error: 2"),
            ("(1", "S0203: Expected \")\" before end of expression"),
            ("(1]", "S0202: Expected \")\", got \"]\""),
            ("'a", "S0101: String literal must be terminated by a matching quote"),
            ("a ?? b", "S0211: The symbol \"?\" cannot be used as a unary operator"),
            ("a ?: b", "S0211: The symbol \":\" cannot be used as a unary operator"),
            ("x := 1", "S0212: The left side of := must be a variable name (start with $)"),
            ("a.1", "S0213: The literal value 1 cannot be used as a step within a path expression"),
            ("$match('a', //)", "S0301: Empty regular expressions are not allowed"),
            ("$match('a', /a*?/)", "D1004: Regular expression matches zero length string"),
        ])
    func texts(_ expression: String, _ expected: String) {
        #expect(outcome(expression) == expected)
    }

    @Test("An error tells the token and the offset just behind it")
    func place() {
        #expect(throws: JSONataError.self) { try JSONataExpression("'é' & )") }
        do {
            _ = try evaluate("1 + 'x' ")
        } catch {
            #expect(error.position == 3)
            #expect(error.token == "+")
            #expect(error.value == "x")
        }
    }
}
