import Digests
import JSON

/// Bodies in JSON: blobs are Base64, times are seconds unless the model says otherwise.
enum JSONBody {
    /// What is sent for a value. - Parameter usesLocationNames: REST JSON renames members.
    static func value(_ value: JSONValue, _ shape: Shape, _ model: ServiceModel, usesLocationNames: Bool) -> JSONValue {
        switch (shape.type, value) {
        case ("structure", .object(let object)) where !shape.flag("document"):
            var result = JSONObject(minimumCapacity: object.count)
            for member in object {
                guard let description = shape.members[member.key]?.object else {
                    result.append(member.key, member.value)
                    continue
                }
                let place = usesLocationNames ? description["locationName"]?.string : nil
                let own = model.shape(description["shape"]?.string)
                result.append(
                    place.map { JSONString($0) } ?? member.key,
                    Self.value(member.value, own, model, usesLocationNames: usesLocationNames))
            }
            return .object(result)
        case ("list", .array(let items)):
            let own = model.shape(shape.member["shape"]?.string)
            return .array(items.map { Self.value($0, own, model, usesLocationNames: usesLocationNames) })
        case ("map", .object(let object)):
            let own = model.shape(shape.value["shape"]?.string)
            var result = JSONObject(minimumCapacity: object.count)
            for member in object {
                result.append(member.key, Self.value(member.value, own, model, usesLocationNames: usesLocationNames))
            }
            return .object(result)
        case ("blob", .string), ("blob", .object), ("blob", .array):
            return .string(Base64.encode(ScalarText.bytes(value)))
        case ("timestamp", .string):
            let format = shape.text("timestampFormat") ?? "unixTimestamp"
            guard format == "unixTimestamp", let moment = ScalarText.epochMilliseconds(value) else { return value }
            return ScalarText.seconds(moment)
        case ("integer", .string(let text)), ("long", .string(let text)):
            return (try? JSONParser.parse(text.text)).flatMap { $0.number == nil ? nil : $0 } ?? value
        default: return value
        }
    }

    /// What came, by the model's names of members.
    static func read(_ value: JSONValue, _ shape: Shape, _ model: ServiceModel) -> JSONValue {
        switch (shape.type, value) {
        case ("structure", .object(let object)) where !shape.flag("document"):
            guard !shape.members.isEmpty else { return value }
            var result = JSONObject(minimumCapacity: object.count)
            for member in shape.members {
                let place = member.value["locationName"]?.string.map { JSONString($0) } ?? member.key
                guard let found = object[place] ?? object[member.key], !found.isNull else { continue }
                result.append(member.key, read(found, model.shape(member.value["shape"]?.string), model))
            }
            return .object(result)
        case ("list", .array(let items)):
            let own = model.shape(shape.member["shape"]?.string)
            return .array(items.map { read($0, own, model) })
        case ("map", .object(let object)):
            let own = model.shape(shape.value["shape"]?.string)
            var result = JSONObject(minimumCapacity: object.count)
            for member in object { result.append(member.key, read(member.value, own, model)) }
            return .object(result)
        case ("timestamp", _):
            return ScalarText.epochMilliseconds(value).map(ScalarText.seconds) ?? value
        default: return value
        }
    }
}
