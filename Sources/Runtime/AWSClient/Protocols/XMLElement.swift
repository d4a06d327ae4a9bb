/// An element of an XML document: as much of XML as AWS's services write. No document type, no entities of one's own.
struct XMLElement: Sendable {
    /// Without its namespace's prefix.
    var name: String
    var attributes: [(name: String, value: String)] = []
    var children: [XMLElement] = []
    /// All text in it that is not in a child.
    var text = ""

    /// The first child of a name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The first element of a name, at any depth.
    func first(_ name: String) -> XMLElement? {
        for child in children {
            if child.name == name { return child }
            if let found = child.first(name) { return found }
        }
        return nil
    }

    init(name: String) { self.name = name }

    private static let depthMax = 128

    /// - Returns: the root; nil for what is no well-formed document of that kind.
    init?(_ bytes: [UInt8]) {
        var stack: [XMLElement] = []
        var index = 0
        func find(_ text: StaticString, from start: Int) -> Int? {
            let wanted = Array(text.description.utf8)
            guard start + wanted.count <= bytes.count else { return nil }
            for place in start...(bytes.count - wanted.count)
            where bytes[place] == wanted[0] && bytes[place..<(place + wanted.count)].elementsEqual(wanted) {
                return place
            }
            return nil
        }
        func starts(_ text: StaticString) -> Bool { bytes[index...].starts(with: text.description.utf8) }
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<") else {
                let end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
                if !stack.isEmpty { stack[stack.count - 1].text += Self.unescaped(bytes[index..<end]) }
                index = end
                continue
            }
            if starts("<?") {
                guard let end = find("?>", from: index) else { return nil }
                index = end + 2
            } else if starts("<!--") {
                guard let end = find("-->", from: index) else { return nil }
                index = end + 3
            } else if starts("<![CDATA[") {
                guard let end = find("]]>", from: index), !stack.isEmpty else { return nil }
                stack[stack.count - 1].text += String(decoding: bytes[(index + 9)..<end], as: UTF8.self)
                index = end + 3
            } else if starts("</") {
                guard let end = find(">", from: index), let done = stack.popLast() else { return nil }
                if stack.isEmpty {
                    self = done
                    return
                }
                stack[stack.count - 1].children.append(done)
                index = end + 1
            } else if starts("<!") {
                guard let end = find(">", from: index) else { return nil }
                index = end + 1
            } else {
                guard let end = find(">", from: index), stack.count < Self.depthMax else { return nil }
                let isEmpty = bytes[end - 1] == UInt8(ascii: "/")
                let element = Self.opened(bytes[(index + 1)..<(isEmpty ? end - 1 : end)])
                index = end + 1
                if !isEmpty {
                    stack.append(element)
                } else if stack.isEmpty {
                    self = element
                    return
                } else {
                    stack[stack.count - 1].children.append(element)
                }
            }
        }
        return nil
    }

    /// What stands between `<` and `>`.
    private static func opened(_ bytes: ArraySlice<UInt8>) -> XMLElement {
        let name = bytes.prefix { $0 > 0x20 }
        var element = XMLElement(name: localName(name))
        var rest = bytes.dropFirst(name.count)
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let key = rest[..<equals].filter { $0 > 0x20 }
            let value = rest[(equals + 1)...].drop { $0 <= 0x20 }
            guard let quote = value.first, quote == 0x22 || quote == 0x27,
                let end = value.dropFirst().firstIndex(of: quote)
            else { break }
            element.attributes.append(
                (localName(key[...]), unescaped(value[(value.startIndex + 1)..<end])))
            rest = rest[(end + 1)...]
        }
        return element
    }

    private static func localName(_ bytes: some Sequence<UInt8>) -> String {
        let text = String(decoding: Array(bytes), as: UTF8.self)
        return text.split(separator: ":").last.map(String.init) ?? text
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("&") else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            rest = rest[rest.index(after: mark)...]
            guard let end = rest.firstIndex(of: ";") else { return result + "&" + rest }
            let name = rest[..<end]
            switch name {
            case "lt": result += "<"
            case "gt": result += ">"
            case "amp": result += "&"
            case "quot": result += "\""
            case "apos": result += "'"
            default:
                let code =
                    name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
                if let scalar = code.flatMap(Unicode.Scalar.init) { result.unicodeScalars.append(scalar) }
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    /// `text` as the content of an element.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("\r", with: "&#xD;")
    }
}
