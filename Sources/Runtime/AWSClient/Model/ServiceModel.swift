public import JSON

/// A service as its public model describes it: protocol, operations and shapes. Source: botocore's `service-2.json` files.
public struct ServiceModel: Sendable {
    /// How requests are written.
    enum Wire: String, Sendable {
        case json, query, ec2
        case restJSON = "rest-json"
        case restXML = "rest-xml"
    }

    let metadata: JSONObject
    private let operations: JSONObject
    private let shapes: JSONObject
    let wire: Wire

    /// - Returns: nil for what is no model, or of a protocol that is not spoken here.
    public init?(_ document: JSONValue) {
        guard let metadata = document["metadata"]?.object, let operations = document["operations"]?.object,
            let shapes = document["shapes"]?.object
        else { return nil }
        self.metadata = metadata
        self.operations = operations
        self.shapes = shapes
        let offered = (metadata["protocols"]?.array ?? []).compactMap(\.string)
        let names = [metadata["protocol"]?.string].compactMap { $0 } + offered
        guard let wire = names.lazy.compactMap(Wire.init(rawValue:)).first else { return nil }
        self.wire = wire
    }

    /// `DynamoDB`, `Secrets Manager`.
    public var serviceID: String { metadata["serviceId"]?.string ?? "" }
    var endpointPrefix: String { metadata["endpointPrefix"]?.string ?? "" }
    var signingName: String { metadata["signingName"]?.string ?? endpointPrefix }

    /// An operation by its name in the API, or as Step Functions writes it, with a small first letter.
    public func operation(_ name: String) -> (name: String, description: JSONObject)? {
        let capital = name.prefix(1).uppercased() + name.dropFirst()
        for candidate in [name, capital] {
            if let found = operations[JSONString(candidate)]?.object { return (candidate, found) }
        }
        guard let member = operations.first(where: { SDKName.member($0.key.text) == SDKName.member(capital) }),
            let found = member.value.object
        else { return nil }
        return (member.key.text, found)
    }

    /// The operations' names, for messages.
    public var operationNames: [String] { operations.keys.map(\.text) }

    /// A shape; an empty one where the model does not describe it.
    public func shape(_ name: String?) -> Shape { Shape(name.flatMap { shapes[JSONString($0)]?.object } ?? [:]) }

    /// The exception of an error code, as the model names it.
    public func exceptionName(code: String) -> String? {
        if shapes[JSONString(code)]?["exception"]?.bool == true { return code }
        return shapes.first { member in
            member.value["exception"]?.bool == true && member.value["error"]?["code"]?.string == code
        }?.key.text
    }
}

/// A shape of a model.
public struct Shape: Sendable {
    let description: JSONObject

    init(_ description: JSONObject) { self.description = description }

    /// `structure`, `list`, `map`, `string`, `blob`, `timestamp`, …; "" when it is not described.
    public var type: String { description["type"]?.string ?? "" }
    var members: JSONObject { description["members"]?.object ?? [:] }
    /// A structure's members, in the model's order.
    public var memberNames: [String] { members.keys.map(\.text) }
    /// The name of a member's shape; nil where there is no such member.
    public func shapeName(ofMember name: String) -> String? { members[JSONString(name)]?["shape"]?.string }
    /// Of what a list holds.
    public var elementShapeName: String? { member["shape"]?.string }
    /// Of a map's values.
    public var valueShapeName: String? { value["shape"]?.string }
    var payload: String? { description["payload"]?.string }
    func text(_ key: JSONString) -> String? { description[key]?.string }
    func flag(_ key: JSONString) -> Bool { description[key]?.bool == true }
    /// What a list or map holds: a member's description.
    var member: JSONObject { description["member"]?.object ?? [:] }
    var value: JSONObject { description["value"]?.object ?? [:] }
    var key: JSONObject { description["key"]?.object ?? [:] }
}
