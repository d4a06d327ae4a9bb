import AWSClient
import JSON

/// What API Gateway and HTTP tasks share: parameters to a request, an answer to an output.
enum HTTPExchange {
    /// Headers or parameters: a text, or a list of texts, by name.
    static func fields(_ value: JSONValue?) -> [HTTPRequest.Field] {
        (value?.object ?? [:]).flatMap { member in
            (member.value.array ?? [member.value]).map { item in
                HTTPRequest.Field(member.key.text, (item.string ?? JSONWriter.text(item)).filter { !$0.isNewline })
            }
        }
    }

    /// JSON where the body is JSON, else its text.
    static func body(_ answer: HTTPAnswer) -> JSONValue {
        let text = String(decoding: answer.body, as: UTF8.self)
        return (try? JSONParser.parse(text)) ?? .string(text)
    }

    static func output(_ answer: HTTPAnswer) -> JSONValue {
        var headers = JSONObject()
        for header in answer.headers.sorted(by: { $0.name < $1.name }) {
            let key = JSONString(header.name)
            headers[key] = .array((headers[key]?.array ?? []) + [.string(header.value)])
        }
        return [
            "Headers": .object(headers), "ResponseBody": body(answer), "StatusCode": .integer(answer.status),
            "StatusText": .string(reason(answer.status)),
        ]
    }

    /// Source: RFC 9110 § 15.
    private static func reason(_ status: Int) -> String {
        [200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content"][status] ?? "OK"
    }
}
