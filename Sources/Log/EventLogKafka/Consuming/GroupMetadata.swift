// SAFETY: metadata and its serial form are freed in the function that asked for them.
import CRDKafka
import EventLog

/// A member's place in its group, as librdkafka knows it.
enum GroupMetadata {
    /// The place of `client` at this moment. `group` is the contract's name, `prefix` what stands before it on the brokers.
    ///
    /// librdkafka 2.0.2 gives the generation only in a serial form that it calls private: seven letters, then the
    /// generation in the machine's byte order. What is read from it is checked by having librdkafka make the same again.
    static func membership(
        of client: OpaquePointer, group: String, prefix: String, instanceID: String?
    ) throws(EventLogError) -> GroupMembership {
        guard let metadata = unsafe rd_kafka_consumer_group_metadata(client) else {
            throw EventLogError(.fatal, .inputOutput, "a member of group \"\(group)\" has no place in it")
        }
        defer { unsafe rd_kafka_consumer_group_metadata_destroy(metadata) }
        let found = unsafe serialized(metadata)
        let memberID = unsafe memberID(of: client)
        let magicBytes = 7
        guard found.count >= magicBytes + 4 else { throw unreadable(group) }
        let generation = found[magicBytes..<magicBytes + 4].enumerated().reduce(into: Int32(0)) { number, element in
            number |= Int32(element.element) << Int32(8 * element.offset)
        }
        let same = unsafe rd_kafka_consumer_group_metadata_new_with_genid(
            prefix + group, generation, memberID, instanceID)
        guard let same = unsafe same else { throw unreadable(group) }
        defer { unsafe rd_kafka_consumer_group_metadata_destroy(same) }
        guard unsafe serialized(same) == found else { throw unreadable(group) }
        return GroupMembership(group: group, memberID: memberID, generation: Int(generation))
    }

    static func memberID(of client: OpaquePointer) -> String {
        guard let text = unsafe rd_kafka_memberid(client) else { return "" }
        defer { unsafe rd_kafka_mem_free(client, text) }
        return unsafe String(cString: text)
    }

    private static func serialized(_ metadata: OpaquePointer) -> [UInt8] {
        var buffer: UnsafeMutableRawPointer?
        var count = 0
        let error = unsafe LibraryError(
            consuming: rd_kafka_consumer_group_metadata_write(metadata, &buffer, &count))
        guard error == nil, let buffer = unsafe buffer else { return [] }
        defer { unsafe rd_kafka_mem_free(nil, buffer) }
        return unsafe Array(UnsafeRawBufferPointer(start: buffer, count: count))
    }

    private static func unreadable(_ group: String) -> EventLogError {
        EventLogError(
            .fatal, .unsupported,
            "this version of librdkafka (\(unsafe String(cString: rd_kafka_version_str()))) does not tell the generation "
                + "of a member of group \"\(group)\" in a form that is known here")
    }
}
