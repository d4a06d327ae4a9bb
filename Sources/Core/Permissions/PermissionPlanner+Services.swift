import JSON
import StatesLanguage

/// The integrations made for Step Functions, besides ECS. Source: Developer Guide § IAM policies for integrated services.
extension PermissionPlanner {
    /// A function's ARN without qualifier allows calls without one; a qualified one its version or alias only.
    mutating func addLambda(function: CallArgument, qualifier: CallArgument) {
        let actions = ["lambda:InvokeFunction"]
        let found = resource(function, for: actions, service: "lambda") { planner, text in
            // ACCOUNT:function:NAME is a form of its own.
            let parts = text.split(separator: ":").map(String.init)
            if parts.count >= 3, parts[1] == "function" {
                return planner.arn(
                    "lambda", "function:\(parts[2...].joined(separator: ":"))", account: parts[0])
            }
            return planner.arn("lambda", "function:\(text)")
        }
        guard let found else {
            plan.allow(actions, on: [wide(actions, "lambda", "function:*", function, "FunctionName")])
            return
        }
        if let name = qualifier.text {
            plan.allow(actions, on: ["\(found):\(Self.literal(name))"])
        } else if qualifier.source != nil, function.source == nil, !qualifier.isAbsent {
            remark(actions, "\(found):*", Self.reason(qualifier, "Qualifier"))
            plan.allow(actions, on: [found, "\(found):*"])
        } else {
            plan.allow(actions, on: [found])
        }
    }

    mutating func addExecution(_ arguments: Template?, isSync: Bool) {
        let start = ["states:StartExecution"]
        let argument = CallArgument(arguments, ["StateMachineArn"])
        let machine = resource(argument, for: start, service: "states") { _, _ in nil }
        plan.allow(start, on: [machine ?? wide(start, "states", "stateMachine:*", argument, "StateMachineArn")])
        guard isSync else { return }
        let watch = ["states:DescribeExecution", "states:StopExecution"]
        if let machine, let arn = ARNText(machine) {
            let name = arn.resource.split(separator: ":").dropFirst().first ?? ""
            let place = "arn:\(arn.partition):states:\(arn.region):\(arn.account)"
            plan.allow(watch, on: ["\(place):execution:\(name):*"])
        } else {
            plan.allow(watch, on: [wide(watch, "states", "execution:*", argument, "StateMachineArn")])
        }
        allowManagedRule("StepFunctionsGetEventsForStepFunctionsExecutionRule")
    }

    /// `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`.
    mutating func addQueue(_ action: String, _ argument: CallArgument) {
        let actions = [action]
        let found = resource(argument, for: actions, service: "sqs") { planner, url in
            let parts = url.split(separator: "/").map(String.init)
            guard parts.count == 4, parts[0].hasSuffix(":") else { return nil }
            let labels = parts[1].split(separator: ".").map(String.init)
            let region = labels.count > 2 && labels[0] == "sqs" ? labels[1] : nil
            return planner.arn("sqs", parts[3], region: region, account: parts[2])
        }
        plan.allow(actions, on: [found ?? wide(actions, "sqs", "*", argument, "QueueUrl")])
    }

    mutating func addTopic(_ arguments: Template?) {
        let actions = ["sns:Publish"]
        if arguments != nil, !CallArgument(arguments, ["PhoneNumber"]).isAbsent {
            remark(actions, "*", "a text message to a phone is on no resource")
            plan.allow(actions, on: ["*"])
            return
        }
        let topic = CallArgument(arguments, ["TopicArn"])
        let argument = topic.isAbsent ? CallArgument(arguments, ["TargetArn"]) : topic
        let found = resource(argument, for: actions, service: "sns") { _, _ in nil }
        plan.allow(actions, on: [found ?? wide(actions, "sns", "*", argument, "TopicArn")])
    }

    mutating func addTable(_ action: String, _ argument: CallArgument) {
        let actions = [action]
        let found = resource(argument, for: actions, service: "dynamodb") { $0.arn("dynamodb", "table/\($1)") }
        plan.allow(actions, on: [found ?? wide(actions, "dynamodb", "table/*", argument, "TableName")])
    }

    /// Without EventBusName an entry goes to the account's default bus.
    mutating func addEvents(_ arguments: Template?) {
        let actions = ["events:PutEvents"]
        let entries = CallArgument(arguments, ["Entries"])
        guard let elements = arguments?.member("Entries")?.elements else {
            plan.allow(actions, on: [wide(actions, "events", "event-bus/*", entries, "Entries")])
            return
        }
        for entry in elements {
            let given = CallArgument(entry, ["EventBusName"])
            let bus = given.isAbsent ? CallArgument.fixed("default") : given
            let found = resource(bus, for: actions, service: "events") { $0.arn("events", "event-bus/\($1)") }
            plan.allow(actions, on: [found ?? wide(actions, "events", "event-bus/*", bus, "EventBusName")])
        }
    }

    mutating func addBatch(_ arguments: Template?, isSync: Bool) {
        let submit = ["batch:SubmitJob"]
        let definition = CallArgument(arguments, ["JobDefinition"])
        let queue = CallArgument(arguments, ["JobQueue"])
        let foundDefinition = resource(definition, for: submit, service: "batch") { planner, name in
            planner.arn("batch", "job-definition/\(name)\(name.contains(":") ? "" : ":*")")
        }
        let foundQueue = resource(queue, for: submit, service: "batch") { $0.arn("batch", "job-queue/\($1)") }
        plan.allow(
            submit,
            on: [
                foundDefinition ?? wide(submit, "batch", "job-definition/*", definition, "JobDefinition"),
                foundQueue ?? wide(submit, "batch", "job-queue/*", queue, "JobQueue"),
            ])
        guard isSync else { return }
        let jobs = arn("batch", "job/*")
        remark(["batch:TerminateJob"], jobs, "jobs get their ids at run time")
        plan.allow(["batch:TerminateJob"], on: [jobs])
        remark(["batch:DescribeJobs"], "*", "the action is on no resource")
        plan.allow(["batch:DescribeJobs"], on: ["*"])
        allowManagedRule("StepFunctionsGetEventsForBatchJobsRule")
    }

    mutating func addGlue(_ arguments: Template?, isSync: Bool) {
        let actions =
            ["glue:StartJobRun"] + (isSync ? ["glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"] : [])
        let job = CallArgument(arguments, ["JobName"])
        let found = resource(job, for: actions, service: "glue") { $0.arn("glue", "job/\($1)") }
        plan.allow(actions, on: [found ?? wide(actions, "glue", "job/*", job, "JobName")])
    }

    /// `ID.execute-api.REGION.amazonaws.com`, stage, method and path make the resource.
    mutating func addGateway(_ arguments: Template?) {
        let actions = ["execute-api:Invoke"]
        let endpoint = CallArgument(arguments, ["ApiEndpoint"])
        let labels = (endpoint.text ?? "").split(separator: ".").map(String.init)
        guard labels.count >= 4, labels[1] == "execute-api" else {
            plan.allow(actions, on: [wide(actions, "execute-api", "*", endpoint, "ApiEndpoint")])
            return
        }
        let parts = ["Stage", "Method", "Path"].map { name -> String in
            let argument = CallArgument(arguments, [name])
            if let text = argument.text { return Self.literal(String(text.drop { $0 == "/" })) }
            // The default stage, and the root of the API.
            if argument.isAbsent { return name == "Stage" ? "$default" : "" }
            return "*"
        }
        // A stage's $ is written so that it means itself.
        let path = parts.map { $0 == "$default" ? Self.literal($0) : $0 }.joined(separator: "/")
        let granted = arn("execute-api", "\(Self.literal(labels[0]))/\(path)", region: labels[2])
        for (name, part) in zip(["Stage", "Method", "Path"], parts) where part == "*" {
            remark(actions, granted, Self.reason(CallArgument(arguments, [name]), name))
        }
        remarkPlace(of: granted, actions)
        plan.allow(actions, on: [granted])
    }

    /// The endpoint is called by the state machine itself, with a connection's secret.
    mutating func addHTTP(_ arguments: Template?) {
        let invoke = ["states:InvokeHTTPEndpoint"]
        let machine = arn("states", "stateMachine:\(settings.machineName.map(Self.literal) ?? "*")")
        if settings.machineName == nil { remark(invoke, machine, "the state machine's name is not known; give --name") }
        remarkPlace(of: machine, invoke)
        var equal = JSONObject()
        for (key, name) in [("states:HTTPMethod", "Method"), ("states:HTTPEndpoint", "ApiEndpoint")] {
            let argument = CallArgument(arguments, [name])
            if let text = argument.text {
                equal.append(JSONString(key), .string(Self.literal(text)))
            } else {
                remark(invoke, machine, Self.reason(argument, name))
            }
        }
        plan.allow(invoke, on: [machine], when: equal.isEmpty ? [:] : ["StringEquals": .object(equal)])

        var connection = CallArgument(arguments, ["Authentication", "ConnectionArn"])
        if connection.isAbsent { connection = CallArgument(arguments, ["InvocationConfig", "ConnectionArn"]) }
        // AWS's own engine needs the first alone; a worker of Steplog asks EventBridge how the connection authorizes.
        let use = ["events:RetrieveConnectionCredentials", "events:DescribeConnection"]
        let found = resource(connection, for: use, service: "events") { _, _ in nil }
        plan.allow(use, on: [found ?? wide(use, "events", "connection/*", connection, "ConnectionArn")])
        let read = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
        let name = found.flatMap { ARNText($0) }.flatMap { $0.resource.split(separator: "/").dropFirst().first }
        let secret = arn("secretsmanager", "secret:events!connection/\(name.map { "\($0)/" } ?? "")*")
        plan.allow(read, on: [secret])
    }

    /// Services whose resources are not looked at here.
    mutating func addOther(_ type: String, _ action: String, isSync: Bool) {
        let actions = ["\(Self.prefix(of: type)):\(Self.capitalized(action))"]
        remark(
            actions, "*",
            "Steplog does not know on what resources the action is"
                + (isSync ? ", nor which calls .sync adds: see the Step Functions Developer Guide" : ""))
        plan.allow(actions, on: ["*"])
    }
}
