public import JSON

extension ScriptedAccount {
    /// Whether a long poll of this body has something to return now.
    public mutating func hasMessages(_ input: JSONObject, now: Int64) -> Bool {
        advance(to: now)
        let name = Self.queueName(input)
        queues[name]?.restore(now: now)
        return queues[name].map { !$0.isEmpty } ?? true
    }

    static func queueName(_ input: JSONObject) -> String {
        let text = input["QueueUrl"]?.string ?? input["QueueName"]?.string ?? ""
        return text.split(separator: "/").last.map(String.init) ?? ""
    }

    mutating func askQueue(
        _ operation: String, _ input: JSONObject, _ now: Int64, _ base: String
    ) throws(ScriptedRefusal) -> JSONValue {
        let name = Self.queueName(input)
        if operation == "CreateQueue", queues[name] == nil { queues[name] = ScriptedQueue() }
        guard var queue = queues[name] else {
            throw ScriptedRefusal(
                "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist for this wsdl version.")
        }
        // Put back at the end, so that the queue is changed in place.
        queues[name] = nil
        defer { queues[name] = queue }
        func handle(_ value: JSONValue?) -> String { value?["ReceiptHandle"]?.string ?? "" }
        switch operation {
        case "CreateQueue", "GetQueueUrl":
            return ["QueueUrl": .string("\(base)/\(script.accountID)/\(name)")]
        case "GetQueueAttributes":
            return [
                "Attributes": [
                    "ApproximateNumberOfMessages": .string(String(queue.waitingCount)),
                    "ApproximateNumberOfMessagesNotVisible": .string(String(queue.receivedCount)),
                ]
            ]
        case "ReceiveMessage":
            queue.restore(now: now)
            let countMax = min(10, max(1, Int(input["MaxNumberOfMessages"]?.number?.int64 ?? 1)))
            let seconds = input["VisibilityTimeout"]?.number?.double ?? 30
            let visibleAt = now + Int64(seconds * 1000 * script.speed)
            let received = queue.receive(countMax, visibleAt: visibleAt)
            for (_, message) in received { noteEnd(message, now) }
            let messages = received.map { message($0.message, $0.handle) }
            return messages.isEmpty ? [:] : ["Messages": .array(messages)]
        case "DeleteMessage":
            if queue.delete(handle(.object(input))) { counts.eventsDeleted += 1 }
            return [:]
        case "DeleteMessageBatch":
            var deleted: [JSONValue] = []
            for entry in input["Entries"]?.array ?? [] {
                if queue.delete(handle(entry)) { counts.eventsDeleted += 1 }
                deleted.append(["Id": entry["Id"] ?? ""])
            }
            return ["Successful": .array(deleted), "Failed": []]
        case "ChangeMessageVisibilityBatch":
            var changed: [JSONValue] = []
            for entry in input["Entries"]?.array ?? [] {
                let seconds = entry["VisibilityTimeout"]?.number?.double ?? 30
                queue.changeVisibility(handle(entry), visibleAt: now + Int64(seconds * 1000 * script.speed))
                changed.append(["Id": entry["Id"] ?? ""])
            }
            return ["Successful": .array(changed), "Failed": []]
        case "ChangeMessageVisibility":
            let seconds = input["VisibilityTimeout"]?.number?.double ?? 30
            queue.changeVisibility(
                handle(.object(input)), visibleAt: now + Int64(seconds * 1000 * script.speed))
            return [:]
        default: throw ScriptedRefusal("UnknownOperationException", "SQS \(operation) is not scripted.")
        }
    }

    /// The client hears of a task's end for the first time.
    private mutating func noteEnd(_ message: ScriptedQueue.Message, _ now: Int64) {
        guard message.receiveCount == 1, let task = tasks[message.taskID], task.steps[message.step].status == "STOPPED",
            let group = task.request["group"]?.string, ends[group] == nil
        else { return }
        ends[group] = now
    }

    private func message(_ message: ScriptedQueue.Message, _ handle: String) -> JSONValue {
        let body = tasks[message.taskID].map { JSONWriter.text(event(message, $0)) } ?? ""
        var random = ScriptRandom(seed: script.seed, purpose: "message", key: message.id)
        return [
            "MessageId": .string(random.uuid()), "ReceiptHandle": .string(handle),
            "Body": .string(body), "Attributes": ["ApproximateReceiveCount": .string(String(message.receiveCount))],
        ]
    }

    /// The answer to ReceiveMessage with the bodies' checksums, which clients may verify.
    static func addingChecksums(_ answer: JSONValue) -> JSONValue {
        guard var object = answer.object, let messages = object["Messages"]?.array else { return answer }
        object["Messages"] = .array(
            messages.map { message in
                guard var changed = message.object else { return message }
                changed["MD5OfBody"] = .string(ScriptDigest.md5(message["Body"]?.string ?? ""))
                return .object(changed)
            })
        return .object(object)
    }

    /// The envelope that EventBridge puts round a task's state.
    private func event(_ message: ScriptedQueue.Message, _ task: ScriptedTask) -> JSONValue {
        var random = ScriptRandom(seed: script.seed, purpose: "envelope", key: message.id)
        let step = min(message.step, task.current)
        return [
            "version": "0", "id": .string(random.uuid()), "detail-type": "ECS Task State Change", "source": "aws.ecs",
            "account": .string(script.accountID), "time": .string(ScriptTime.iso8601(task.steps[step].at)),
            "region": .string(script.region), "resources": [.string(task.arn)],
            "detail": task.json(.event, at: step),
        ]
    }
}
