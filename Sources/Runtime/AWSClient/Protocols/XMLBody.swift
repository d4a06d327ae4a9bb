import JSON

/// Bodies in XML, written and read by a model.
struct XMLBody {
    let model: ServiceModel

    // MARK: - Writing

    func document(_ value: JSONValue, _ shape: Shape, _ name: String, _ description: JSONObject) -> [UInt8] {
        let namespace = (description["xmlNamespace"] ?? model.metadata["xmlNamespace"]).flatMap { value in
            value["uri"]?.string ?? value.string
        }
        var text = ""
        write(value, shape, name, namespace.map { " xmlns=\"\(XMLElement.escaped($0))\"" } ?? "", &text)
        return Array(text.utf8)
    }

    private func write(_ value: JSONValue, _ shape: Shape, _ name: String, _ attributes: String, _ text: inout String) {
        switch (shape.type, value) {
        case (_, .null): return
        case ("structure", .object(let object)):
            var attributes = attributes
            var content = ""
            // The model's order: some services read elements in order.
            for member in shape.members {
                guard let own = object[member.key], let description = member.value.object else { continue }
                let place = description["locationName"]?.string ?? member.key.text
                let ownShape = model.shape(description["shape"]?.string)
                if description["xmlAttribute"]?.bool == true {
                    attributes += " \(place)=\"\(XMLElement.escaped(ScalarText.plain(own)))\""
                } else if ownShape.type == "list", ownShape.flag("flattened") || description["flattened"]?.bool == true
                {
                    let item = model.shape(ownShape.member["shape"]?.string)
                    let itemName =
                        description["locationName"]?.string ?? ownShape.member["locationName"]?.string ?? place
                    for entry in own.array ?? [] { write(entry, item, itemName, "", &content) }
                } else {
                    let space = description["xmlNamespace"]?.object
                    let prefix = space?["prefix"]?.string.map { ":\($0)" } ?? ""
                    let spaceText = space?["uri"]?.string.map { " xmlns\(prefix)=\"\($0)\"" } ?? ""
                    write(own, ownShape, place, spaceText, &content)
                }
            }
            text += "<\(name)\(attributes)>\(content)</\(name)>"
        case ("list", .array(let items)):
            let own = model.shape(shape.member["shape"]?.string)
            text += "<\(name)\(attributes)>"
            for item in items { write(item, own, shape.member["locationName"]?.string ?? "member", "", &text) }
            text += "</\(name)>"
        case ("map", .object(let object)):
            let own = model.shape(shape.value["shape"]?.string)
            text += "<\(name)\(attributes)>"
            for member in object {
                let key = shape.key["locationName"]?.string ?? "key"
                text += "<entry><\(key)>\(XMLElement.escaped(member.key.text))</\(key)>"
                write(member.value, own, shape.value["locationName"]?.string ?? "value", "", &text)
                text += "</entry>"
            }
            text += "</\(name)>"
        default:
            let scalar = XMLElement.escaped(ScalarText.text(value, shape, format: "iso8601"))
            text += "<\(name)\(attributes)>\(scalar)</\(name)>"
        }
    }

    // MARK: - Reading

    func read(_ element: XMLElement, _ shape: Shape) -> JSONValue {
        switch shape.type {
        case "structure":
            var result = JSONObject()
            for member in shape.members {
                let description = member.value.object ?? [:]
                guard description["location"] == nil else { continue }
                let own = model.shape(description["shape"]?.string)
                let isFlat = own.flag("flattened") || description["flattened"]?.bool == true
                var place = description["locationName"]?.string ?? member.key.text
                if description["xmlAttribute"]?.bool == true {
                    let name = place.split(separator: ":").last.map(String.init) ?? place
                    if let found = element.attributes.first(where: { $0.name == name }) {
                        result.append(member.key, .string(found.value))
                    }
                    continue
                }
                if isFlat, own.type == "list", description["locationName"] == nil {
                    place = own.member["locationName"]?.string ?? place
                }
                let found = element.children.filter { $0.name == place }
                guard let first = found.first else { continue }
                switch own.type {
                case "list" where isFlat:
                    let item = model.shape(own.member["shape"]?.string)
                    result.append(member.key, .array(found.map { read($0, item) }))
                case "map" where isFlat: result.append(member.key, map(found, own))
                default: result.append(member.key, read(first, own))
                }
            }
            return .object(result)
        case "list":
            let item = model.shape(shape.member["shape"]?.string)
            return .array(element.children.map { read($0, item) })
        case "map": return map(element.children, shape)
        default: return ScalarText.value(element.text, shape.type)
        }
    }

    private func map(_ entries: [XMLElement], _ shape: Shape) -> JSONValue {
        let own = model.shape(shape.value["shape"]?.string)
        var result = JSONObject()
        for entry in entries {
            guard let key = entry.child(shape.key["locationName"]?.string ?? "key"),
                let value = entry.child(shape.value["locationName"]?.string ?? "value")
            else { continue }
            result[JSONString(key.text)] = read(value, own)
        }
        return .object(result)
    }
}
