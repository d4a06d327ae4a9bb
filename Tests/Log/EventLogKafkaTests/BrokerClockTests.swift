import EventLog
import EventLogKafka
import Foundation
import KafkaTesting
import Testing

@Suite("The brokers' clock")
struct BrokerClockTests {
    private static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    @Test(
        "A host's clock that is wrong by more than an answer takes is told, ahead or behind",
        arguments: [0, 60_000, -60_000])
    func difference(shift: Int64) throws {
        let broker = try TestBroker()
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        try log.createClock("clock")
        try log.createClock("clock")
        let clock = BrokerClock(log: log, topic: "clock") { Self.now() + shift }
        for _ in 0..<2 {
            let ahead = try #require(try clock.millisecondsAhead())
            // The least that it can be: a slow answer takes away from it.
            #expect(shift == 0 ? ahead == 0 : (abs(shift) - 10_000...abs(shift)).contains(abs(ahead)))
            #expect(ahead.signum() == shift.signum())
        }
    }

    @Test("A topic that its writers stamp is no clock")
    func otherTopic() throws {
        let broker = try TestBroker()
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        try log.createTopic("clock", TopicConfiguration(partitions: 1))
        #expect(throws: EventLogError.self) { try log.checkClock("clock") }
        #expect(throws: EventLogError.self) { try log.checkClock("missing") }
    }
}
