import NIOCore

extension Broker {
    /// The request in `frame`, with a place among the answers; nil when it was answered already.
    /// - Throws: `WireError` for bytes that are no request.
    func admit(_ frame: ByteBuffer, from connection: ConnectionID, node: Int) throws -> Request? {
        var header = WireReader(frame, isFlexible: false)
        let key = try header.int16()
        let version = try header.int16()
        let correlationID = try header.int32()
        guard let api = API(rawValue: key) else {
            throw WireError("request \(key) is none that this broker answers")
        }
        let isKnown = api.versions.contains(version)
        if !isKnown, api != .apiVersions {
            throw WireError(
                "\(api) has versions \(api.versions.lowerBound) to \(api.versions.upperBound), no \(version)")
        }
        let clientID = isKnown ? try header.nullableString() : nil
        var body = header.flexible(api.isFlexible(version))
        if isKnown { try body.tags() }
        let request = Request(
            api: api, version: version, correlationID: correlationID, clientID: clientID ?? "", connection: connection,
            slot: reserveSlot(connection), node: node, body: body)
        guard isKnown else {
            refuseVersion(request)
            return nil
        }
        return request
    }

    /// Does what `request` asks for.
    /// - Throws: `WireError` when its fields are not those of its version.
    func handle(_ request: Request) throws {
        switch request.api {
        case .produce: try produce(request)
        case .fetch: try fetch(request)
        case .listOffsets: try listOffsets(request)
        case .metadata: try metadata(request)
        case .offsetCommit: try commitOffsets(request)
        case .offsetFetch: try fetchOffsets(request)
        case .findCoordinator: try findCoordinator(request)
        case .joinGroup: try joinGroup(request)
        case .heartbeat: try heartbeat(request)
        case .leaveGroup: try leaveGroup(request)
        case .syncGroup: try syncGroup(request)
        case .describeGroups: try describeGroups(request)
        case .listGroups: try listGroups(request)
        case .saslHandshake: try saslHandshake(request)
        case .apiVersions: apiVersions(request)
        case .createTopics: try createTopics(request)
        case .deleteTopics: try deleteTopics(request)
        case .deleteRecords: try deleteRecords(request)
        case .initProducerId: try initProducerID(request)
        case .offsetForLeaderEpoch: try offsetForLeaderEpoch(request)
        case .addPartitionsToTxn: try addPartitionsToTransaction(request)
        case .addOffsetsToTxn: try addOffsetsToTransaction(request)
        case .endTxn: try endTransaction(request)
        case .txnOffsetCommit: try commitOffsetsInTransaction(request)
        case .describeConfigs: try describeConfigs(request)
        case .alterConfigs: try alterConfigs(request)
        case .createPartitions: try createPartitions(request)
        case .deleteGroups: try deleteGroups(request)
        case .incrementalAlterConfigs: try incrementalAlterConfigs(request)
        case .saslAuthenticate: try saslAuthenticate(request)
        case .offsetDelete: try deleteOffsets(request)
        case .describeCluster: try describeCluster(request)
        case .describeProducers: try describeProducers(request)
        case .describeTransactions: try describeTransactions(request)
        case .listTransactions: try listTransactions(request)
        }
    }

    private func apiVersions(_ request: Request) {
        answer(request) { writer in
            writer.error(request.injectedError ?? .none)
            writer.array(API.allCases) { writer, api in
                writer.int16(api.rawValue)
                writer.int16(api.versions.lowerBound)
                writer.int16(api.versions.upperBound)
                writer.tags()
            }
            if request.version >= 1 { writer.int32(0) }
            writer.tags()
        }
    }

    /// A client that is too new learns in the oldest form what this broker speaks. Source: KIP-511.
    private func refuseVersion(_ request: Request) {
        let oldest = Request(
            api: .apiVersions, version: 0, correlationID: request.correlationID, clientID: "",
            connection: request.connection, slot: request.slot, node: request.node, body: request.body)
        answer(oldest) { writer in
            writer.error(.unsupportedVersion)
            writer.array([API.apiVersions]) { writer, api in
                writer.int16(api.rawValue)
                writer.int16(api.versions.lowerBound)
                writer.int16(api.versions.upperBound)
            }
        }
    }
}
