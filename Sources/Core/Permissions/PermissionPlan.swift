public import JSON

/// The grants that definitions need from the role of their state machine.
public struct PermissionPlan: Sendable, Equatable {
    /// One statement of the policy; its effect is Allow.
    public struct Grant: Sendable, Equatable {
        public var actions: [String]
        public var resources: [String]
        /// As a statement's `Condition`: operator, key, values; empty for none.
        public var condition: JSONObject
    }

    /// A grant that is wider than the calls are, and why.
    public struct Remark: Sendable, Equatable {
        public var state: String
        public var actions: [String]
        /// What is granted.
        public var resource: String
        public var reason: String

        /// `State "A": ecs:RunTask on arn:…:task-definition/*: …`.
        public var text: String {
            "state \"\(state)\": \(actions.joined(separator: ", ")) on \(resource): \(reason)"
        }
    }

    public private(set) var grants: [Grant] = []
    public private(set) var remarks: [Remark] = []

    /// A plan without grants.
    public init() {}

    /// Adds a grant; to those there with the same actions and condition the resources are added, and the other way round.
    mutating func allow(_ actions: [String], on resources: [String], when condition: JSONObject = [:]) {
        let same = grants.firstIndex {
            $0.condition == condition
                && (Set($0.actions) == Set(actions) || Set($0.resources) == Set(resources))
        }
        guard let same else {
            grants.append(Grant(actions: actions, resources: resources, condition: condition))
            return
        }
        if Set(grants[same].actions) == Set(actions) {
            grants[same].resources += resources.filter { !grants[same].resources.contains($0) }
        } else {
            grants[same].actions += actions.filter { !grants[same].actions.contains($0) }
        }
    }

    mutating func remark(_ remark: Remark) {
        if !remarks.contains(remark) { remarks.append(remark) }
    }

    /// Takes in what another definition needs.
    public mutating func merge(_ other: PermissionPlan) {
        for grant in other.grants { allow(grant.actions, on: grant.resources, when: grant.condition) }
        for remark in other.remarks { self.remark(remark) }
    }

    /// The policy document. Source: IAM User Guide, grammar of the JSON policy language.
    public var policy: JSONValue {
        let statements = grants.map { grant -> JSONValue in
            var statement: JSONObject = [
                "Effect": "Allow", "Action": .array(grant.actions.map { .string($0) }),
                "Resource": .array(grant.resources.map { .string($0) }),
            ]
            if !grant.condition.isEmpty { statement.append("Condition", .object(grant.condition)) }
            return .object(statement)
        }
        return ["Version": "2012-10-17", "Statement": .array(statements)]
    }

    /// The remarks as JSON: a list of `{"state", "actions", "resource", "reason"}`.
    public var remarksJSON: JSONValue {
        .array(
            remarks.map {
                [
                    "state": .string($0.state), "actions": .array($0.actions.map { .string($0) }),
                    "resource": .string($0.resource), "reason": .string($0.reason),
                ]
            })
    }
}
