import JSON
import Synchronization

extension ECSTaskRunner {
    /// Takes state-change events from the queue, ten at a time, and deletes what it has taken. Workers may share a queue: the end of
    /// another's task goes back to it.
    func receiveLoop(_ url: String) {
        while !isEnding {
            do throws(ECSCallError) {
                let answer = try calls.call(
                    "sqs", "ReceiveMessage",
                    [
                        "QueueUrl": .string(url), "MaxNumberOfMessages": 10, "WaitTimeSeconds": 20,
                        "MessageSystemAttributeNames": ["ApproximateReceiveCount"],
                    ], role: nil)
                if isEnding { return }
                var taken: [JSONValue] = []
                var returned: [JSONValue] = []
                for message in answer.output["Messages"]?.array ?? [] {
                    if isTaken(message) { taken.append(message) } else { returned.append(message) }
                }
                if !taken.isEmpty { errands.submit { [self, taken] in delete(taken, url) } }
                if !returned.isEmpty { giveBack(returned, url) }
            } catch {
                if isEnding { return }
                note("State-change events can't be received (\(error)); tasks are watched by DescribeTasks meanwhile.")
                pause(Self.troublePauseMilliseconds)
            }
        }
    }

    private static let troublePauseMilliseconds: Int64 = 1000
    /// How often an end that nobody knew what to do with is received at most.
    private static let receivesMax: Int64 = 8

    /// Takes in what an event says. - Returns: false for the end of a task that another worker may be watching.
    private func isTaken(_ message: JSONValue) -> Bool {
        guard let task = ECSTaskState(eventText: message["Body"]?.string ?? "") else { return true }
        if observe(task) || !task.isFinal(early: configuration.completesEarly) { return true }
        guard let startedBy = task.startedBy, startedBy.hasPrefix(RunTaskCall.startedByPrefix) else { return true }
        let token = String(startedBy.dropFirst(RunTaskCall.startedByPrefix.count))
        let isOld = state.withLock { $0.finished.contains(token) || $0.ended.contains(token) }
        return isOld || Self.receiveCount(message) >= Self.receivesMax
    }

    private static func receiveCount(_ message: JSONValue) -> Int64 {
        message["Attributes"]?["ApproximateReceiveCount"]?.string.flatMap { Int64($0) } ?? receivesMax
    }

    private static func entry(_ index: Int, _ message: JSONValue) -> JSONObject {
        ["Id": .string(String(index)), "ReceiptHandle": message["ReceiptHandle"] ?? ""]
    }

    /// One that can't be deleted comes again and is then old news.
    private func delete(_ messages: [JSONValue], _ url: String) {
        let entries = messages.enumerated().map { JSONValue.object(Self.entry($0, $1)) }
        do throws(ECSCallError) {
            _ = try calls.call(
                "sqs", "DeleteMessageBatch", ["QueueUrl": .string(url), "Entries": .array(entries)], role: nil)
        } catch {
            note("State-change events can't be deleted: \(error)")
        }
    }

    /// Lets others see messages: at once, and when that has not helped later and later. One that can't be given back is seen after
    /// the queue's own time.
    private func giveBack(_ messages: [JSONValue], _ url: String) {
        let entries = messages.enumerated().map { index, message -> JSONValue in
            var entry = Self.entry(index, message)
            let count = Self.receiveCount(message)
            entry["VisibilityTimeout"] = .integer(count < 3 ? 0 : 1 << (count - 2))
            return .object(entry)
        }
        do throws(ECSCallError) {
            _ = try calls.call(
                "sqs", "ChangeMessageVisibilityBatch", ["QueueUrl": .string(url), "Entries": .array(entries)], role: nil
            )
        } catch {
            note("State-change events can't be given back: \(error)")
        }
    }
}
