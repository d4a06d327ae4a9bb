import JSON
import ReadModel

extension Operations {
    /// In the order of the events' ids, or the other way round; a page ends early when it would hold too many bytes.
    @Sendable static func getExecutionHistory(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> [UInt8] {
        let arn = try request.string("executionArn", 1...256)
        let isReversed = try request.boolean("reverseOrder")
        let includesData =
            request.value("includeExecutionData") == nil ? true : try request.boolean("includeExecutionData")
        let (limit, token) = try request.page()
        try request.check()
        _ = try await services.execution(arn, includesData: false)
        let scope = "GetExecutionHistory \(arn) \(isReversed)"
        let after = try PageToken.position(token, scope: scope, now: services.now())
        let page = try services.readModel.history(
            of: arn, after: after, isReversed: isReversed, limit: limit, bytesMax: pageBytesMax)
        var body = Array(#"{"events":["#.utf8)
        for (index, event) in page.events.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            // As it stands in the read model, which is how the answer has it: a long history is not parsed.
            body +=
                includesData ? event.json : JSONWriter.bytes(withoutData(try JSONParser.parse(Array(event.json))))[...]
        }
        body.append(UInt8(ascii: "]"))
        if page.hasMore, let last = page.events.last {
            let token = PageToken.make(last.id, scope: scope, now: services.now())
            body += Array(#","nextToken":"#.utf8)
            body += JSONWriter.bytes(.string(token))
        }
        body.append(UInt8(ascii: "}"))
        return body
    }

    private static let pageBytesMax = 4 << 20

    /// An event without inputs and outputs. The parameters of a task stay. Source: surface § 2.3.
    private static func withoutData(_ event: JSONValue) -> JSONValue {
        guard case .object(let object) = event else { return event }
        var result = object
        for member in object {
            guard case .object(var details) = member.value else { continue }
            for name in ["input", "output", "inputDetails", "outputDetails", "assignedVariables"] as [JSONString] {
                details[name] = nil
            }
            result[member.key] = .object(details)
        }
        return .object(result)
    }
}
