/// The definitions that benchmarks run.
enum Machines {
    /// Ten Pass states in a row.
    static let chain: String = {
        let states = (1...10).map { number in
            #""S\#(number)":{"Type":"Pass","# + (number == 10 ? #""End":true}"# : #""Next":"S\#(number + 1)"}"#)
        }
        return #"{"StartAt":"S1","States":{"# + states.joined(separator: ",") + "}}"
    }()

    /// Choice, Pass with templates and intrinsic functions, two branches, and a task that is retried once.
    static let mix = #"""
        {"StartAt":"Look","States":{
          "Look":{"Type":"Choice","Choices":[
            {"Variable":"$.urgent","BooleanEquals":true,"Next":"Shape"},
            {"And":[{"Variable":"$.customer.city","StringEquals":"London"},{"Variable":"$.lines[0].count","NumericGreaterThan":2}],"Next":"Shape"}],
            "Default":"Shape"},
          "Shape":{"Type":"Pass","Parameters":{"text.$":"States.Format('{} for {}', $.order, $.customer.name)","lines.$":"$.lines",
            "sum.$":"States.MathAdd($.lines[0].count, $.lines[1].count)"},"ResultPath":"$.shaped","Next":"Both"},
          "Both":{"Type":"Parallel","Branches":[
            {"StartAt":"Left","States":{"Left":{"Type":"Pass","InputPath":"$.shaped","Next":"LeftEnd"},"LeftEnd":{"Type":"Succeed"}}},
            {"StartAt":"Right","States":{"Right":{"Type":"Pass","Result":{"side":"right"},"End":true}}}],
            "ResultPath":"$.both","Next":"Work"},
          "Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:work",
            "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1,"MaxAttempts":3}],"ResultPath":"$.work","Next":"Done"},
          "Done":{"Type":"Succeed","OutputPath":"$.both"}}}
        """#
    /// Look, Shape, Both, Left, LeftEnd, Right, Work with its retry, Done.
    static let mixTransitions = 9
}
