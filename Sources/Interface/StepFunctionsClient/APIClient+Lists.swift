public import JSON

extension APIClient {
    /// The items of a list, over its pages.
    /// - Parameters:
    ///   - member: the list's name in the answer.
    ///   - limit: how many at most; nil for all.
    ///   - isEnough: asked behind each item; true ends the list with that item.
    public func items(
        _ operation: String, _ request: JSONObject, member: JSONString, limit: Int? = nil,
        isEnough: (JSONValue) -> Bool = { _ in false }
    ) throws(ClientFailure) -> [JSONValue] {
        var request = request
        var items: [JSONValue] = []
        while true {
            if let limit { request["maxResults"] = .integer(min(1_000, limit - items.count)) }
            let answer = try call(operation, request)
            for item in answer[member]?.array ?? [] {
                items.append(item)
                if isEnough(item) || items.count == limit { return items }
            }
            guard let token = answer["nextToken"] else { return items }
            request["nextToken"] = token
        }
    }

    /// The ARN of a state machine, a version or an alias.
    /// - Parameter reference: an ARN, or `NAME`, `NAME:VERSION`, `NAME:ALIAS`, with a test case behind `#` or not.
    public func machineArn(_ reference: String) throws(ClientFailure) -> String {
        if reference.hasPrefix("arn:") { return reference }
        let name = reference.prefix { $0 != ":" && $0 != "#" }
        let machines = try items("ListStateMachines", [:], member: "stateMachines") {
            $0["name"]?.string == String(name)
        }
        guard let found = machines.last, found["name"]?.string == String(name),
            let arn = found["stateMachineArn"]?.string
        else {
            throw .refused(
                operation: "ListStateMachines", code: "StateMachineDoesNotExist",
                message:
                    "There is no state machine \"\(name)\" at \(settings.endpoint); \"steplog list\" shows those that are there."
            )
        }
        return arn + reference.dropFirst(name.count)
    }

    /// The ARN of an execution.
    /// - Parameter reference: an ARN, or `MACHINE/EXECUTION`, two names.
    public func executionArn(_ reference: String) throws(ClientFailure) -> String {
        if reference.hasPrefix("arn:") { return reference }
        let parts = reference.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw .settings("\"\(reference)\" is no execution: an ARN is, or MACHINE/EXECUTION, e.g. order/order-7.")
        }
        let machine = try machineArn(String(parts[0]))
        return machine.replacing(":stateMachine:", with: ":execution:", maxReplacements: 1) + ":\(parts[1])"
    }
}
