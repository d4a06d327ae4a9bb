import JSON

/// What a worker must know of RunTask's answer to go on with its tasks, read from the output that was reported as submitted.
struct SubmittedTasks: Sendable, Equatable {
    var arns: [String]
    /// Of the first task.
    var definitionArn: String?

    /// - Parameter output: JSON text, with the task objects in `Tasks`.
    init(_ output: String) {
        let tasks = (try? JSONParser.parse(output))?["Tasks"]?.array ?? []
        arns = tasks.compactMap { $0["TaskArn"]?.string }
        definitionArn = tasks.first?["TaskDefinitionArn"]?.string
    }

    /// The ARNs alone, in the form that `init` reads.
    var text: String {
        JSONWriter.text(.object(["Tasks": .array(arns.map { .object(["TaskArn": .string($0)]) })]))
    }
}
