import JSON

/// What the section `kafka` of a configuration says. Absent keys are nil or empty. Source: docs/configuration.md.
public struct KafkaSettings: Sendable, Equatable {
    /// The first brokers to ask, `host:port` each.
    public var brokers: [String] = []
    /// What the names of topics, groups and transactional ids begin with.
    public var prefix: String?
    /// librdkafka's settings by name.
    public var properties: [String: String] = [:]
    public var recordBytesMax: Int?
    /// Names this process in its consumer groups; nil: it joins anew each time.
    public var instanceID: String?

    /// Nothing is said.
    public init() {}

    static let keys = ["brokers", "prefix", "properties", "recordBytesMax", "instanceId"]

    init(_ fields: ConfigurationFields) throws(BadInput) {
        brokers = try fields.strings("brokers") ?? []
        prefix = try fields.string("prefix")
        instanceID = try fields.string("instanceId")
        if let instanceID, instanceID.isEmpty || instanceID.utf8.count > 200 {
            throw fields.problem("instanceId", "must be 1 to 200 bytes, another one for each process")
        }
        let properties = try fields.child("properties", known: nil)
        for member in properties.object {
            let name = member.key.text
            self.properties[name] = try Self.scalar(properties, name)
        }
        guard let text = try fields.string("recordBytesMax") else { return }
        guard let bytes = Int(text), (1_024...1 << 30).contains(bytes) else {
            throw fields.problem("recordBytesMax", "must be a number of bytes from 1024 to 1073741824")
        }
        recordBytesMax = bytes
    }

    /// `{file: PATH}`: what the file holds, without the line's end.
    private static func secret(_ fields: ConfigurationFields, _ name: String) throws(BadInput) -> String {
        guard let path = try fields.child(name, known: ["file"]).string("file") else {
            throw fields.problem(name, "must be a text, or {file: PATH}")
        }
        var text = try TextFile.read(path, what: "file of \(name)", bytesMax: 1 << 20)
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }

    /// librdkafka takes `true` and numbers as texts.
    private static func scalar(_ fields: ConfigurationFields, _ name: String) throws(BadInput) -> String {
        if let bool = try? fields.bool(name) { return bool ? "true" : "false" }
        if case .object? = fields.object[JSONString(name)] { return try secret(fields, name) }
        return try fields.string(name) ?? ""
    }
}

/// A route of tasks to a pool of workers. What is nil fits anything.
public struct PoolSettings: Sendable, Equatable {
    public var pool: String
    public var integration: String?
    public var cluster: String?
    public var stateMachine: String?

    static let keys = ["pool", "integration", "cluster", "stateMachine"]

    init(_ fields: ConfigurationFields) throws(BadInput) {
        guard let pool = try fields.string("pool") else { throw fields.problem("pool", "is missing") }
        let isName =
            (1...100).contains(pool.utf8.count)
            && pool.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        guard isName else { throw fields.problem("pool", "must be 1 to 100 of a-z, A-Z, 0-9, - and _") }
        self.pool = pool
        integration = try fields.string("integration")
        cluster = try fields.string("cluster")
        stateMachine = try fields.string("stateMachine")
    }
}
