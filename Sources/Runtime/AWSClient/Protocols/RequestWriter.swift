import Foundation
import JSON
import Signatures

/// Writes an operation's request as the service's protocol has it.
/// Source: Smithy's protocol documents (AWS JSON, REST JSON, REST XML, query, EC2 query).
struct RequestWriter {
    let model: ServiceModel
    let name: String
    let operation: JSONObject
    let endpoint: String

    private static let form = "application/x-www-form-urlencoded; charset=utf-8"

    func request(_ input: JSONObject) throws(ServiceFailure) -> HTTPRequest {
        let shape = model.shape(operation["input"]?["shape"]?.string)
        let input = withTokens(input, shape)
        switch model.wire {
        case .json:
            let prefix = model.metadata["targetPrefix"]?.string ?? ""
            let version = model.metadata["jsonVersion"]?.string ?? "1.0"
            return HTTPRequest(
                endpoint: endpoint,
                headers: [
                    .init("Content-Type", "application/x-amz-json-\(version)"),
                    .init("X-Amz-Target", "\(prefix).\(name)"),
                ], body: JSONWriter.bytes(JSONBody.value(.object(input), shape, model, usesLocationNames: false)))
        case .query, .ec2:
            var fields = [("Action", name), ("Version", model.metadata["apiVersion"]?.string ?? "")]
            QueryBody(model: model).write(.object(input), shape, "", &fields)
            // In forms a space is a plus; who checks signatures may encode the fields anew.
            let text = fields.map {
                "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))".replacing("%20", with: "+")
            }
            return HTTPRequest(
                endpoint: endpoint, headers: [.init("Content-Type", Self.form)],
                body: Array(text.joined(separator: "&").utf8))
        case .restJSON, .restXML: return try rest(input, shape)
        }
    }

    /// With a new idempotency token where one is wanted and none was given.
    private func withTokens(_ input: JSONObject, _ shape: Shape) -> JSONObject {
        var input = input
        for member in shape.members where member.value["idempotencyToken"]?.bool == true && input[member.key] == nil {
            input[member.key] = .string(UUID().uuidString.lowercased())
        }
        return input
    }

    private func rest(_ input: JSONObject, _ shape: Shape) throws(ServiceFailure) -> HTTPRequest {
        let http = operation["http"]?.object ?? [:]
        var request = HTTPRequest(method: http["method"]?.string ?? "POST", endpoint: endpoint)
        let target = (http["requestUri"]?.string ?? "/").split(separator: "?", maxSplits: 1)
        var path = target.first.map(String.init) ?? "/"
        if target.count == 2 {
            for pair in target[1].split(separator: "&") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                request.parameters.append(.init(String(parts[0]), parts.count == 2 ? String(parts[1]) : ""))
            }
        }
        var body = JSONObject()
        for member in input where !member.value.isNull {
            guard let description = shape.members[member.key]?.object else {
                body.append(member.key, member.value)
                continue
            }
            let place = description["locationName"]?.string ?? member.key.text
            let own = memberShape(description)
            switch description["location"]?.string {
            case "uri": path = try filled(path, place, ScalarText.text(member.value, own, format: "iso8601"))
            case "querystring": request.parameters += parameters(member.value, own, place)
            case "header":
                request.headers.append(
                    .init(place, headerText(member.value, own, isJSON: description["jsonvalue"]?.bool == true)))
            case "headers":
                for entry in member.value.object ?? [:] {
                    request.headers.append(.init(place + entry.key.text, ScalarText.plain(entry.value)))
                }
            default: body.append(member.key, member.value)
            }
        }
        guard !path.contains("{") else {
            throw .request(
                "\(name) needs \(path.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }.joined(separator: ", "))"
            )
        }
        request.path = path
        write(body, shape, &request)
        return request
    }

    private func write(_ body: JSONObject, _ shape: Shape, _ request: inout HTTPRequest) {
        let isXML = model.wire == .restXML
        if let payload = shape.payload {
            let description = shape.members[JSONString(payload)]?.object ?? [:]
            let own = memberShape(description)
            guard let value = body[JSONString(payload)] else { return }
            switch own.type {
            case "blob", "string":
                request.body = ScalarText.bytes(value)
                if request.headers.allSatisfy({ $0.name.lowercased() != "content-type" }) {
                    request.headers.append(.init("Content-Type", "application/octet-stream"))
                }
            default:
                if isXML {
                    let element = description["locationName"]?.string ?? own.text("locationName") ?? payload
                    request.body = XMLBody(model: model).document(value, own, element, description)
                    request.headers.append(.init("Content-Type", "application/xml"))
                } else {
                    request.body = JSONWriter.bytes(JSONBody.value(value, own, model, usesLocationNames: true))
                    request.headers.append(.init("Content-Type", "application/json"))
                }
            }
        } else if isXML {
            let input = operation["input"]?.object ?? [:]
            guard !body.isEmpty, let element = input["locationName"]?.string ?? shape.text("locationName") else {
                return
            }
            request.body = XMLBody(model: model).document(.object(body), shape, element, input)
            request.headers.append(.init("Content-Type", "application/xml"))
        } else if !body.isEmpty || !["GET", "HEAD", "DELETE"].contains(request.method) {
            request.body = JSONWriter.bytes(JSONBody.value(.object(body), shape, model, usesLocationNames: true))
            request.headers.append(.init("Content-Type", "application/json"))
        }
    }

    private func memberShape(_ description: JSONObject) -> Shape { model.shape(description["shape"]?.string) }

    private func filled(_ path: String, _ place: String, _ text: String) throws(ServiceFailure) -> String {
        guard !text.isEmpty else { throw .request("\(name): \(place) must not be empty") }
        return path.replacing("{\(place)+}", with: PercentCoding.encode(text, keeping: "/"))
            .replacing("{\(place)}", with: PercentCoding.encode(text))
    }

    private func parameters(_ value: JSONValue, _ shape: Shape, _ place: String) -> [HTTPRequest.Field] {
        switch shape.type {
        case "list":
            let own = memberShape(shape.member)
            return (value.array ?? [value]).map { .init(place, ScalarText.text($0, own, format: "iso8601")) }
        case "map":
            return (value.object ?? [:]).flatMap { entry in
                (entry.value.array ?? [entry.value]).map { .init(entry.key.text, ScalarText.plain($0)) }
            }
        default: return [.init(place, ScalarText.text(value, shape, format: "iso8601"))]
        }
    }

    private func headerText(_ value: JSONValue, _ shape: Shape, isJSON: Bool) -> String {
        if isJSON { return ScalarText.text(.string(JSONWriter.text(value)), Shape(["type": "blob"]), format: "") }
        if let list = value.array { return list.map { ScalarText.plain($0) }.joined(separator: ",") }
        return ScalarText.text(value, shape, format: "rfc822").filter { !$0.isNewline }
    }
}
