import JSON
import StatesLanguage
import Testing

@Suite("Warnings about definitions that can be used")
struct DefinitionWarningsTests {
    private func warnings(_ states: String, start: String = "A") -> [String] {
        let compilation = Definition.compile(#"{"StartAt":"\#(start)","States":{\#(states)}}"#)
        #expect(compilation.machine != nil, "\(compilation.diagnostics.refusal)")
        return compilation.warnings.map(\.listing)
    }

    @Test("A loop that cannot end is told, also inside a branch")
    func loops() {
        #expect(
            warnings(
                #"""
                "A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Default":"E"},
                "B":{"Type":"Wait","Seconds":5,"Next":"C"},"C":{"Type":"Pass","Next":"B"},"E":{"Type":"Succeed"}
                """#) == [#"ENDLESS_LOOP: No terminal state can be reached from "B", "C" at /States/B"#])
        #expect(
            warnings(
                #"""
                "A":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","Next":"B"}}}]}
                """#) == [#"ENDLESS_LOOP: No terminal state can be reached from "B" at /States/A/Branches[0]/States/B"#]
        )
        #expect(
            warnings(
                #"""
                "A":{"Type":"Wait","Seconds":5,"Next":"C"},
                "C":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"A"}],"Default":"E"},"E":{"Type":"Succeed"}
                """#
            ).isEmpty)
    }

    @Test("A path that finds nothing in the fixed output before it is told")
    func impossiblePaths() {
        #expect(
            warnings(
                #"""
                "A":{"Type":"Pass","Result":{"a":{"b":1}},"Next":"B"},
                "B":{"Type":"Pass","Parameters":{"x.$":"$.a.b","y":[{"z.$":"$.a.c"}],"c.$":"$$.Execution.Id"},"End":true}
                """#)
                == [
                    "IMPOSSIBLE_PATH: The path '$.a.c' finds nothing in the fixed output of the states before at "
                        + "/States/B/Parameters/y[0]/z.$"
                ])
        #expect(
            warnings(#""A":{"Type":"Pass","Result":[1],"Next":"B"},"B":{"Type":"Wait","SecondsPath":"$.s","End":true}"#)
                == [
                    "IMPOSSIBLE_PATH: The path '$.s' finds nothing in the fixed output of the states before at /States/B/SecondsPath"
                ])
    }

    @Test("Where the input is not known for sure, nothing is said of paths")
    func possiblePaths() {
        #expect(
            warnings(
                #"""
                "A":{"Type":"Pass","Result":{},"ResultPath":"$.r","Next":"B"},
                "B":{"Type":"Pass","Parameters":{"x.$":"$.a"},"End":true}
                """#
            ).isEmpty)
        #expect(
            warnings(
                #"""
                "A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsNull":true,"Next":"B"}],"Default":"C"},
                "B":{"Type":"Pass","Result":{},"Next":"C"},"C":{"Type":"Pass","InputPath":"$.a","End":true}
                """#
            ).isEmpty)
        #expect(
            warnings(
                #""A":{"Type":"Pass","Result":{},"Next":"B"},"B":{"Type":"Choice","Choices":"#
                    + #"[{"Variable":"$.a","IsPresent":true,"Next":"E"}],"Default":"E"},"E":{"Type":"Fail"}"#
            )
            .isEmpty)
    }

    @Test("AWS's warnings: a path without .$, and one in a Pass state's Result")
    func pathsInPlainFields() {
        #expect(
            warnings(#""A":{"Type":"Pass","Parameters":{"x":"$.a"},"End":true}"#)
                == [
                    "NO_DOLLAR: No .$ on a field that appears to be a JSONPath or Intrinsic Function: 'x' at /States/A/Parameters/x"
                ])
        #expect(
            warnings(#""A":{"Type":"Pass","Result":{"x.$":"$.a"},"End":true}"#)
                == [
                    "PASS_RESULT_IS_STATIC: The Result of a Pass state is static: 'x.$' is not evaluated at /States/A/Result/x.$"
                ])
    }

    @Test("AWS's warning: a path in a field that holds plain text")
    func pathAsText() {
        #expect(
            warnings(#""A":{"Type":"Fail","Error":"$.error"}"#)
                == [
                    "NO_PATH: Field value looks like a path, but field name does not end with 'Path' at /States/A/Error"
                ])
        #expect(
            warnings(
                #""A":{"Type":"Choice","Choices":[{"Variable":"$.a","StringEquals":"$.b","Next":"E"}],"Default":"E"},"E":{"Type":"Fail"}"#
            )
                == [
                    "NO_PATH: Field value looks like a path, but field name does not end with 'Path' at "
                        + "/States/A/Choices[0]/StringEquals"
                ])
    }

    @Test("A field that stands twice is told, and two states of one name in one place are refused")
    func duplicates() {
        #expect(
            warnings(#""A":{"Type":"Pass","Comment":"a","End":true,"Comm\u0065nt":"b"}"#)
                == [
                    "DUPLICATE_FIELD: The field 'Comment' is there more than once; the last one counts at /States/A/Comment"
                ])
        let text = #"{"StartAt":"A","States":{"A":{"Type":"Succeed"},"A":{"Type":"Fail"}}}"#
        #expect(
            Definition.compile(text).errors.map(\.listing) == [
                "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A"
            ])
    }

    @Test("A text that begins as an expression and does not end as one is told")
    func unclosedExpression() {
        #expect(
            warnings(#""A":{"Type":"Pass","QueryLanguage":"JSONata","Output":{"x":"{% 10 %"},"End":true}"#)
                == [
                    "UNCLOSED_EXPRESSION: The text begins with {% but does not end with %}; it is taken literally at /States/A/Output/x"
                ])
    }

    @Test("No warnings are looked for when none are wanted")
    func none() {
        let text = #"{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"x":"$.a"},"End":true}}}"#
        #expect(Definition.compile(text, options: CompileOptions(includeWarnings: false)).diagnostics.isEmpty)
    }
}
