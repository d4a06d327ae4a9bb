import Testing

@testable import KafkaListener

struct GroupTests {
    /// Two members that share a group, the first one leading.
    private func pair(_ rig: BrokerRig) throws -> (GroupClient, GroupClient) {
        let first = GroupClient(rig, "g")
        let second = GroupClient(rig, "g")
        #expect(try first.join()?.memberIDs == [first.memberID])
        #expect(try first.sync([first.memberID: "all"])?.1 == "all")
        #expect(try second.join() == nil)
        #expect(try first.heartbeat() == .rebalanceInProgress)
        let led = try #require(try first.join())
        #expect(led.memberIDs.count == 2)
        #expect(try second.joinAnswer()?.leaderID == first.memberID)
        #expect(try second.sync() == nil)
        #expect(try first.sync([first.memberID: "half", second.memberID: "other"])?.1 == "half")
        #expect(try second.syncAnswer()?.1 == "other")
        return (first, second)
    }

    @Test("Members that join share what the leader assigns, in one generation")
    func rebalance() throws {
        let rig = try BrokerRig()
        let (first, second) = try pair(rig)
        #expect(first.generation == 2)
        #expect(second.generation == 2)
        #expect(try first.heartbeat() == ErrorCode.none)
        #expect(try second.heartbeat() == ErrorCode.none)
    }

    @Test("A member that is silent for its session is taken out, and one that leaves at once")
    func sessionEnds() throws {
        let rig = try BrokerRig()
        let (first, second) = try pair(rig)
        rig.pass(milliseconds: 3_000)
        #expect(try first.heartbeat() == ErrorCode.none)
        rig.pass(milliseconds: 3_000)
        #expect(try first.heartbeat() == .rebalanceInProgress)
        #expect(try first.join()?.memberIDs == [first.memberID])
        #expect(try second.heartbeat() == .unknownMemberID)
        _ = try first.sync([first.memberID: "all"])
        first.leave()
        #expect(try first.heartbeat() == .unknownMemberID)
    }

    @Test("A member that does not join again holds the others up no longer than their patience")
    func rebalanceTimeout() throws {
        let rig = try BrokerRig()
        let (first, second) = try pair(rig)
        let third = GroupClient(rig, "g")
        #expect(try third.join() == nil)
        for _ in 0..<11 {
            rig.pass(milliseconds: 5_000)
            _ = try second.heartbeat()
        }
        #expect(try first.heartbeat() == .unknownMemberID)
        #expect(try third.joinAnswer() == nil)
        rig.pass(milliseconds: 5_000)
        #expect(try third.joinAnswer()?.memberIDs == [third.memberID])
        #expect(try second.heartbeat() == .unknownMemberID)
    }

    @Test("A static member that comes back keeps its assignment without a rebalance, and its double is fenced")
    func staticMember() throws {
        let rig = try BrokerRig()
        let before = GroupClient(rig, "g", instanceID: "one")
        _ = try before.join()
        #expect(try before.sync([before.memberID: "mine"])?.1 == "mine")
        let after = GroupClient(rig, "g", instanceID: "one")
        #expect(try after.join()?.error == ErrorCode.none)
        #expect(after.generation == before.generation)
        #expect(after.memberID != before.memberID)
        #expect(try after.sync()?.1 == "mine")
        #expect(try before.heartbeat() == .fencedInstanceID)
        #expect(try after.heartbeat() == ErrorCode.none)
    }

    @Test("Who has no assignment protocol in common with the group stays out")
    func protocols() throws {
        let rig = try BrokerRig()
        let first = GroupClient(rig, "g")
        #expect(try first.join(["range", "roundrobin"])?.protocolName == "range")
        _ = try first.sync([first.memberID: "all"])
        let alien = GroupClient(rig, "g")
        #expect(try alien.join(["cooperative-sticky"])?.error == .inconsistentGroupProtocol)
        let second = GroupClient(rig, "g")
        #expect(try second.join(["roundrobin"]) == nil)
        #expect(try first.join(["range", "roundrobin"])?.protocolName == "roundrobin")
    }

    @Test("Offsets are committed by members of the present generation alone, and outlive them")
    func offsets() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let stranger = GroupClient(rig, "g")
        #expect(try stranger.commit(3, in: "t") == ErrorCode.none)
        let (first, second) = try pair(rig)
        #expect(try stranger.commit(4, in: "t") == .unknownMemberID)
        #expect(try first.commit(5, in: "t") == ErrorCode.none)
        #expect(try first.commit(5, in: "nowhere") == .unknownTopicOrPartition)
        second.leave()
        #expect(try first.join()?.memberIDs.count == 1)
        #expect(try first.commit(6, in: "t") == .rebalanceInProgress)
        _ = try first.sync([first.memberID: "all"])
        #expect(try first.commit(7, in: "t") == ErrorCode.none)
        first.leave()
        #expect(try rig.committedOffset(of: "g", in: "t", stable: true) == (ErrorCode.none, 7))
    }

    @Test("A member whose connection is lost while it waits to join counts as gone when its session ends")
    func lostWhileJoining() throws {
        let rig = try BrokerRig()
        let (first, _) = try pair(rig)
        let third = GroupClient(rig, "g")
        #expect(try third.join() == nil)
        rig.disconnect(third.connection)
        #expect(try first.join() == nil)
        rig.pass(milliseconds: 6_001)
        #expect(try first.joinAnswer()?.memberIDs == [first.memberID])
    }
}
