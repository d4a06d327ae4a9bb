import JSON

/// Bodies of the query protocols: `MessageAttributes.entry.1.Name=…`; EC2 counts lists without `.member` and writes capitals.
struct QueryBody {
    let model: ServiceModel

    private var isEC2: Bool { model.wire == .ec2 }

    func write(_ value: JSONValue, _ shape: Shape, _ prefix: String, _ fields: inout [(String, String)]) {
        switch (shape.type, value) {
        case (_, .null): return
        case ("structure", .object(let object)):
            for member in object {
                let description = shape.members[member.key]?.object ?? [:]
                let name = Self.name(member.key.text, description, isEC2)
                let place = prefix.isEmpty ? name : "\(prefix).\(name)"
                write(member.value, model.shape(description["shape"]?.string), place, &fields)
            }
        case ("list", .array(let items)):
            let own = model.shape(shape.member["shape"]?.string)
            if items.isEmpty, !isEC2 { return fields.append((prefix, "")) }
            var place = prefix
            let name = shape.member["locationName"]?.string
            if isEC2 {
                place = prefix
            } else if shape.flag("flattened") {
                if let name {
                    place = (prefix.split(separator: ".").dropLast().map(String.init) + [name]).joined(separator: ".")
                }
            } else {
                place = "\(prefix).\(name ?? "member")"
            }
            for (index, item) in items.enumerated() { write(item, own, "\(place).\(index + 1)", &fields) }
        case ("map", .object(let object)):
            let place = shape.flag("flattened") ? prefix : "\(prefix).entry"
            let (key, name) = (
                shape.key["locationName"]?.string ?? "key", shape.value["locationName"]?.string ?? "value"
            )
            let own = model.shape(shape.value["shape"]?.string)
            for (index, member) in object.enumerated() {
                fields.append(("\(place).\(index + 1).\(key)", member.key.text))
                write(member.value, own, "\(place).\(index + 1).\(name)", &fields)
            }
        default: fields.append((prefix, ScalarText.text(value, shape, format: "iso8601")))
        }
    }

    private static func name(_ member: String, _ description: JSONObject, _ isEC2: Bool) -> String {
        guard isEC2 else { return description["locationName"]?.string ?? member }
        if let name = description["queryName"]?.string { return name }
        let name = description["locationName"]?.string ?? member
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
