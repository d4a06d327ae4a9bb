import Digests
import JSON

/// Reads what a service answered, as its protocol has it.
struct AnswerReader {
    let model: ServiceModel
    let operation: JSONObject

    /// - Returns: the output by the model's names; times are seconds since 1970.
    func output(_ answer: HTTPAnswer) throws(ServiceFailure) -> JSONObject {
        let description = operation["output"]?.object ?? [:]
        let shape = model.shape(description["shape"]?.string)
        var output = JSONObject()
        switch model.wire {
        case .json:
            if !answer.body.isEmpty { output = JSONBody.read(try json(answer), shape, model).object ?? [:] }
        case .query, .ec2:
            guard let document = XMLElement(answer.body) else { throw unreadable(answer, "XML") }
            let wrapper = description["resultWrapper"]?.string
            let result = wrapper.flatMap { document.child($0) } ?? document
            if shape.type == "structure" { output = XMLBody(model: model).read(result, shape).object ?? [:] }
        case .restJSON, .restXML:
            try readRest(answer, shape, &output)
        }
        return output
    }

    private func readRest(_ answer: HTTPAnswer, _ shape: Shape, _ output: inout JSONObject) throws(ServiceFailure) {
        for member in shape.members {
            let own = model.shape(member.value["shape"]?.string)
            let place = member.value["locationName"]?.string ?? member.key.text
            switch member.value["location"]?.string {
            case "statusCode": output.append(member.key, .integer(answer.status))
            case "header":
                if let text = answer.header(place) { output.append(member.key, ScalarText.value(text, own.type)) }
            case "headers":
                var found = JSONObject()
                for header in answer.headers where header.name.lowercased().hasPrefix(place.lowercased()) {
                    found[JSONString(String(header.name.dropFirst(place.count)))] = .string(header.value)
                }
                output.append(member.key, .object(found))
            default: continue
            }
        }
        if let payload = shape.payload {
            let own = model.shape(shape.members[JSONString(payload)]?["shape"]?.string)
            switch own.type {
            case "blob", "string": output[JSONString(payload)] = .string(Self.text(answer.body))
            case "structure" where model.wire == .restXML:
                guard let document = XMLElement(answer.body) else { return }
                output[JSONString(payload)] = XMLBody(model: model).read(document, own)
            default:
                if !answer.body.isEmpty { output[JSONString(payload)] = JSONBody.read(try json(answer), own, model) }
            }
            return
        }
        guard !answer.body.isEmpty else { return }
        let body: JSONObject
        if model.wire == .restXML {
            guard let document = XMLElement(answer.body) else { throw unreadable(answer, "XML") }
            body = XMLBody(model: model).read(document, shape).object ?? [:]
        } else {
            body = JSONBody.read(try json(answer), shape, model).object ?? [:]
        }
        for member in body where output[member.key] == nil { output.append(member.key, member.value) }
    }

    /// A body as text; Base64 of one that is no UTF-8.
    private static func text(_ body: [UInt8]) -> String {
        String(validating: body, as: UTF8.self) ?? Base64.encode(body)
    }

    private func json(_ answer: HTTPAnswer) throws(ServiceFailure) -> JSONValue {
        guard let value = try? JSONParser.parse(answer.body) else { throw unreadable(answer, "JSON") }
        return value
    }

    private func unreadable(_ answer: HTTPAnswer, _ what: String) -> ServiceFailure {
        ServiceFailure(
            origin: .connection, code: "SdkClientException",
            message: "\(model.serviceID) answered HTTP \(answer.status) without \(what)", statusCode: answer.status,
            requestID: Self.requestID(answer, nil))
    }

    // MARK: - Errors

    func failure(_ answer: HTTPAnswer) -> ServiceFailure {
        var code = answer.header("x-amzn-errortype")
        var message: String?
        var document: XMLElement?
        switch model.wire {
        case .json, .restJSON:
            let body = (try? JSONParser.parse(answer.body))?.object ?? [:]
            code = (body["__type"] ?? body["code"])?.string ?? code
            message = (body["message"] ?? body["Message"] ?? body["errorMessage"])?.string
        case .query, .ec2, .restXML:
            document = XMLElement(answer.body)
            let error = document?.name == "Error" ? document : document?.first("Error")
            code = error?.child("Code")?.text ?? code
            message = error?.child("Message")?.text ?? error?.child("message")?.text
        }
        var name = code ?? Self.codeOfStatus[answer.status] ?? "UnknownError"
        if let hash = name.lastIndex(of: "#") { name = String(name[name.index(after: hash)...]) }
        name = String(name.prefix { $0 != ":" })
        return ServiceFailure(
            origin: .service, code: name,
            message: message ?? Self.codeOfStatus[answer.status] ?? "HTTP \(answer.status)",
            statusCode: answer.status, requestID: Self.requestID(answer, document),
            isRetryable: Retry.isRetryable(code: name, status: answer.status),
            extendedRequestID: answer.header("x-amz-id-2"))
    }

    private static let codeOfStatus = [
        400: "BadRequest", 403: "Forbidden", 404: "NotFound", 412: "PreconditionFailed", 503: "ServiceUnavailable",
    ]

    static func requestID(_ answer: HTTPAnswer, _ document: XMLElement?) -> String {
        answer.header("x-amzn-requestid") ?? answer.header("x-amz-request-id")
            ?? (document ?? XMLElement(answer.body.count < 65_536 ? answer.body : [])).flatMap {
                ($0.first("RequestId") ?? $0.first("RequestID"))?.text
            } ?? ""
    }
}
