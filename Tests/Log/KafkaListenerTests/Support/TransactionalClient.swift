import Testing

@testable import KafkaListener

/// The broker has said no.
struct RefusedByBroker: Error {
    var code: ErrorCode?
}

/// A producer of a transactional id, request by request.
final class TransactionalClient {
    private let rig: BrokerRig
    private let transactionalID: String
    private let connection: ConnectionID
    private(set) var producer = TestProducer(isTransactional: true)

    init(_ rig: BrokerRig, _ transactionalID: String, continuing other: TransactionalClient? = nil) {
        self.rig = rig
        self.transactionalID = transactionalID
        connection = rig.connect()
        if let other { producer = other.producer }
    }

    func initialize(timeoutMilliseconds: Int32 = 60_000, continuing: TestProducer? = nil) throws {
        var reader = try #require(
            rig.ask(connection, .initProducerId, 4) { writer in
                writer.string(transactionalID)
                writer.int32(timeoutMilliseconds)
                writer.int64(continuing?.id ?? -1)
                writer.int16(continuing?.epoch ?? -1)
            })
        _ = try reader.int32()
        let code = ErrorCode(rawValue: try reader.int16())
        guard code == ErrorCode.none else { throw RefusedByBroker(code: code) }
        producer = TestProducer(id: try reader.int64(), epoch: try reader.int16(), sequence: 0, isTransactional: true)
    }

    func begin(_ topics: String...) throws {
        var reader = try #require(
            rig.ask(connection, .addPartitionsToTxn, 0) { writer in
                writeHolder(&writer)
                writer.array(topics) { writer, topic in
                    writer.string(topic)
                    writer.array([0]) { $0.int32($1) }
                }
            })
        _ = try reader.int32()
        let codes = try reader.array { reader in
            _ = try reader.string()
            return try reader.array { (try $0.int32(), ErrorCode(rawValue: try $0.int16())).1 }
        }
        if let code = codes.joined().first(where: { $0 != ErrorCode.none }) { throw RefusedByBroker(code: code) }
    }

    func produce(_ values: [String], to topic: String) throws -> (ErrorCode?, Int64) {
        let answer = try rig.produce(values, to: topic, as: producer, on: connection)
        if answer.0 == ErrorCode.none { producer.sequence += Int32(values.count) }
        return answer
    }

    func addOffsets(of group: String) throws {
        var reader = try #require(
            rig.ask(connection, .addOffsetsToTxn, 0) { writer in
                writeHolder(&writer)
                writer.string(group)
            })
        _ = try reader.int32()
        let code = ErrorCode(rawValue: try reader.int16())
        guard code == ErrorCode.none else { throw RefusedByBroker(code: code) }
    }

    func commitOffset(
        _ offset: Int64, of group: String, in topic: String, generation: Int32 = -1, memberID: String = ""
    ) throws -> ErrorCode? {
        var reader = try #require(
            rig.ask(connection, .txnOffsetCommit, 3) { writer in
                writer.string(transactionalID)
                writer.string(group)
                writer.int64(producer.id)
                writer.int16(producer.epoch)
                writer.int32(generation)
                writer.string(memberID)
                writer.string(nil)
                writer.array([topic]) { writer, topic in
                    writer.string(topic)
                    writer.array([offset]) { writer, offset in
                        writer.int32(0)
                        writer.int64(offset)
                        writer.int32(-1)
                        writer.string(nil)
                        writer.tags()
                    }
                    writer.tags()
                }
            })
        _ = try reader.int32()
        let codes = try reader.array { reader in
            _ = try reader.string()
            let codes = try reader.array { reader in
                _ = try reader.int32()
                let code = ErrorCode(rawValue: try reader.int16())
                try reader.tags()
                return code
            }
            try reader.tags()
            return codes
        }
        return codes.first?.first ?? nil
    }

    func end(commit: Bool) throws -> ErrorCode? {
        var reader = try #require(
            rig.ask(connection, .endTxn, 1) { writer in
                writeHolder(&writer)
                writer.bool(commit)
            })
        _ = try reader.int32()
        return ErrorCode(rawValue: try reader.int16())
    }

    private func writeHolder(_ writer: inout WireWriter) {
        writer.string(transactionalID)
        writer.int64(producer.id)
        writer.int16(producer.epoch)
    }
}

extension BrokerRig {
    /// A group's offset in partition 0, or why there is none to be told.
    func committedOffset(of group: String, in topic: String, stable: Bool) throws -> (ErrorCode?, Int64) {
        var reader = try #require(
            ask(connect(), .offsetFetch, 7) { writer in
                writer.string(group)
                writer.array([topic]) { writer, topic in
                    writer.string(topic)
                    writer.array([0]) { $0.int32($1) }
                    writer.tags()
                }
                writer.bool(stable)
            })
        _ = try reader.int32()
        let answers = try reader.array { reader in
            _ = try reader.string()
            let answers = try reader.array { reader in
                _ = try reader.int32()
                let offset = try reader.int64()
                _ = try reader.int32()
                _ = try reader.nullableString()
                let code = ErrorCode(rawValue: try reader.int16())
                try reader.tags()
                return (code, offset)
            }
            try reader.tags()
            return answers
        }
        return try #require(answers.first?.first)
    }
}
