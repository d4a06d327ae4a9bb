import AWSClient
import JSON

/// Between Step Functions' names of members, which are those of the Java SDK with capitals, and the API's.
struct SDKNaming {
    let model: ServiceModel

    /// - Throws: for a member that the operation does not have.
    func apiNames(_ value: JSONValue, _ shape: Shape) throws(ServiceFailure) -> JSONValue {
        switch (shape.type, value) {
        case ("structure", .object(let object)):
            guard !shape.memberNames.isEmpty else { return value }
            var result = JSONObject(minimumCapacity: object.count)
            for member in object where !member.value.isNull {
                guard let name = apiName(member.key.text, shape) else {
                    throw ServiceFailure(
                        origin: .request, code: "ValidationException",
                        message: "The field \"\(member.key.text)\" is not supported by Step Functions")
                }
                result[JSONString(name)] = try apiNames(member.value, model.shape(shape.shapeName(ofMember: name)))
            }
            return .object(result)
        case ("list", .array(let items)):
            let own = model.shape(shape.elementShapeName)
            var result: [JSONValue] = []
            for item in items { result.append(try apiNames(item, own)) }
            return .array(result)
        case ("map", .object(let object)):
            let own = model.shape(shape.valueShapeName)
            var result = JSONObject(minimumCapacity: object.count)
            for member in object { result.append(member.key, try apiNames(member.value, own)) }
            return .object(result)
        default: return value
        }
    }

    /// Times become text.
    func sdkNames(_ value: JSONValue, _ shape: Shape) -> JSONValue {
        switch (shape.type, value) {
        case ("structure", .object(let object)):
            guard !shape.memberNames.isEmpty else { return ServiceOutput.capitalized(value) }
            var result = JSONObject(minimumCapacity: object.count)
            for member in object {
                let own = model.shape(shape.shapeName(ofMember: member.key.text))
                result[JSONString(SDKName.member(member.key.text))] = sdkNames(member.value, own)
            }
            return .object(result)
        case ("list", .array(let items)):
            let own = model.shape(shape.elementShapeName)
            return .array(items.map { sdkNames($0, own) })
        case ("map", .object(let object)):
            let own = model.shape(shape.valueShapeName)
            var result = JSONObject(minimumCapacity: object.count)
            for member in object { result.append(member.key, sdkNames(member.value, own)) }
            return .object(result)
        case ("timestamp", .number(let seconds)):
            return .string(TimestampText.iso8601(Int64((seconds.double * 1000).rounded())))
        default: return value
        }
    }

    private func apiName(_ name: String, _ shape: Shape) -> String? {
        let names = shape.memberNames
        return names.first { SDKName.member($0) == name } ?? names.first { $0 == name }
            ?? names.first { $0.lowercased() == name.lowercased() }
    }
}
