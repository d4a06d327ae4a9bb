import AWSClient
import JSON
import Signatures

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

    /// The parts of an address: scheme and host, path, and the parameters of its query; `endpoint` is empty where it has no scheme.
    static func address(_ url: String) -> (endpoint: String, path: String, parameters: [HTTPRequest.Field]) {
        let scheme = url.hasPrefix("https://") ? "https://" : url.hasPrefix("http://") ? "http://" : ""
        guard !scheme.isEmpty else { return ("", "", []) }
        let rest = url.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(host.count).prefix { $0 != "?" }
        let query = rest.dropFirst(host.count + path.count + 1)
        let parameters = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                PercentCoding.decode($0)
            }
            return HTTPRequest.Field(parts[0], parts.count > 1 ? parts[1] : "")
        }
        return (scheme + host, path.isEmpty ? "/" : String(path), parameters)
    }

    /// A body as `application/x-www-form-urlencoded`.
    static func form(_ fields: [HTTPRequest.Field]) -> [UInt8] {
        let pairs = fields.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        return Array(pairs.joined(separator: "&").utf8)
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
