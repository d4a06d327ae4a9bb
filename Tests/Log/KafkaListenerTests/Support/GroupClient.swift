import Testing

@testable import KafkaListener

/// A member of a consumer group, request by request.
final class GroupClient {
    private let rig: BrokerRig
    private let group: String
    let connection: ConnectionID
    var instanceID: String?
    private(set) var memberID = ""
    private(set) var generation: Int32 = -1

    /// What JoinGroup gave.
    struct Joined {
        var error: ErrorCode?
        var leaderID: String
        var protocolName: String
        var memberIDs: [String]
    }

    init(_ rig: BrokerRig, _ group: String, instanceID: String? = nil) {
        self.rig = rig
        self.group = group
        self.instanceID = instanceID
        connection = rig.connect()
    }

    /// Asks to join; a member id that is given first is taken at once. Nil while the broker waits for others.
    func join(_ protocols: [String] = ["range"]) throws -> Joined? {
        sendJoin(protocols)
        var joined = try joinAnswer()
        if joined?.error == .memberIDRequired {
            sendJoin(protocols)
            joined = try joinAnswer()
        }
        return joined
    }

    private func sendJoin(_ protocols: [String]) {
        rig.send(connection, .joinGroup, 5) { writer in
            writer.string(group)
            writer.int32(6_000)
            writer.int32(60_000)
            writer.string(memberID)
            writer.string(instanceID)
            writer.string("consumer")
            writer.array(protocols) { writer, name in
                writer.string(name)
                writer.bytes(Array(name.utf8))
            }
        }
    }

    func joinAnswer() throws -> Joined? {
        guard var reader = rig.answer(connection, .joinGroup, 5) else { return nil }
        _ = try reader.int32()
        let error = ErrorCode(rawValue: try reader.int16())
        generation = try reader.int32()
        let name = try reader.string()
        let leader = try reader.string()
        memberID = try reader.string()
        let members = try reader.array { reader in
            let member = try reader.string()
            _ = try reader.nullableString()
            _ = try reader.bytes()
            return member
        }
        return Joined(error: error, leaderID: leader, protocolName: name, memberIDs: members)
    }

    /// Asks for the assignment; the leader gives one to each member. Nil while the leader has not spoken.
    func sync(_ assignments: [String: String] = [:]) throws -> (ErrorCode?, String)? {
        rig.send(connection, .syncGroup, 3) { writer in
            writer.string(group)
            writer.int32(generation)
            writer.string(memberID)
            writer.string(instanceID)
            writer.array(assignments.sorted { $0.key < $1.key }) { writer, assignment in
                writer.string(assignment.key)
                writer.bytes(Array(assignment.value.utf8))
            }
        }
        return try syncAnswer()
    }

    func syncAnswer() throws -> (ErrorCode?, String)? {
        guard var reader = rig.answer(connection, .syncGroup, 3) else { return nil }
        _ = try reader.int32()
        return (ErrorCode(rawValue: try reader.int16()), String(decoding: try reader.bytes(), as: UTF8.self))
    }

    func heartbeat() throws -> ErrorCode? {
        var reader = try #require(
            rig.ask(connection, .heartbeat, 3) { writer in
                writer.string(group)
                writer.int32(generation)
                writer.string(memberID)
                writer.string(instanceID)
            })
        _ = try reader.int32()
        return ErrorCode(rawValue: try reader.int16())
    }

    func leave() {
        _ = rig.ask(connection, .leaveGroup, 1) { writer in
            writer.string(group)
            writer.string(memberID)
        }
    }

    func commit(_ offset: Int64, in topic: String) throws -> ErrorCode? {
        var reader = try #require(
            rig.ask(connection, .offsetCommit, 7) { writer in
                writer.string(group)
                writer.int32(generation)
                writer.string(memberID)
                writer.string(instanceID)
                writer.array([topic]) { writer, topic in
                    writer.string(topic)
                    writer.array([offset]) { writer, offset in
                        writer.int32(0)
                        writer.int64(offset)
                        writer.int32(-1)
                        writer.string("note")
                    }
                }
            })
        _ = try reader.int32()
        let codes = try reader.array { reader in
            _ = try reader.string()
            return try reader.array { (try $0.int32(), ErrorCode(rawValue: try $0.int16())).1 }
        }
        return codes.first?.first ?? nil
    }
}
