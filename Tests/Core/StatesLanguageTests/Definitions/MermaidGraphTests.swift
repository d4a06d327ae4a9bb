import StatesLanguage
import Testing

@Suite("Mermaid graphs")
struct MermaidGraphTests {
    private func graph(_ text: String) throws -> String {
        let compilation = Definition.compile(text)
        return MermaidGraph.text(of: try #require(compilation.machine, "\(compilation.diagnostics.refusal)"))
    }

    @Test("States, transitions, choices and catchers are drawn")
    func flow() throws {
        let graph = try graph(
            #"""
            {"StartAt":"Work","States":{
              "Work":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync","Next":"Which",
                      "Catch":[{"ErrorEquals":["States.Timeout","E"],"Next":"Broken"}]},
              "Which":{"Type":"Choice","Default":"Pause","Choices":[
                {"And":[{"Variable":"$.n","NumericGreaterThanEquals":5},{"Not":{"Variable":"$.a","StringEquals":"x\"y"}}],"Next":"Done"},
                {"Variable":"$.p","IsPresent":false,"Next":"Done"}]},
              "Pause":{"Type":"Wait","Seconds":30,"Next":"Last"},
              "Last":{"Type":"Pass","End":true},
              "Done":{"Type":"Succeed"},
              "Broken":{"Type":"Fail","Error":"Bad"}}}
            """#)
        #expect(
            graph == """
                flowchart TD
                    start((start))
                    s0["Work<br/>ecs:runTask.sync"]
                    s1{"Which"}
                    s5>"Broken<br/>Bad"]
                    s4((("Done")))
                    s2(["Pause<br/>30 s"])
                    s3["Last"]
                    start --> s0
                    s0 --> s1
                    s0 -.->|"States.Timeout, E"| s5
                    s1 -->|"$.n ≥ 5 and not ($.a = #quot;x#92;#quot;y#quot;)"| s4
                    s1 -->|"$.p is not present"| s4
                    s1 -->|"otherwise"| s2
                    s2 --> s3
                    s3 --> finish
                    finish((end))

                """)
    }

    @Test("Branches and item processors are subgraphs")
    func nested() throws {
        let graph = try graph(
            #"""
            {"StartAt":"Both","States":{
              "Both":{"Type":"Parallel","Next":"Each","Branches":[
                {"StartAt":"L","States":{"L":{"Type":"Pass","Next":"L2"},"L2":{"Type":"Pass","End":true}}},
                {"StartAt":"R","States":{"R":{"Type":"Pass","End":true}}}]},
              "Each":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}}}
            """#)
        #expect(
            graph == """
                flowchart TD
                    start((start))
                    subgraph s0["Both"]
                        subgraph s0b0[" "]
                            s2["L"]
                            s3["L2"]
                            s2 --> s3
                        end
                        subgraph s0b1[" "]
                            s4["R"]
                        end
                    end
                    subgraph s1["Each<br/>for each item"]
                        s5["I"]
                    end
                    start --> s0
                    s0 --> s1
                    s1 --> finish
                    finish((end))

                """)
    }

    @Test("Names that Mermaid would read as its own are escaped, long ones cut")
    func escaping() throws {
        let name = #"a "b" <c> #1; `x` | end"#
        let text =
            #"{"StartAt":"\#(name.replacing("\"", with: "\\\""))","States":{"\#(name.replacing("\"", with: "\\\""))":{"Type":"Pass","End":true}}}"#
        #expect(try graph(text).contains(##"s0["a #quot;b#quot; #60;c#62; #35;1; #96;x#96; #124; end"]"##))
    }
}
