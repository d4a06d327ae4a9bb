import PartitionProcessor
import Testing

@Suite struct WatchdogTests {
    @Test func `An execution that is open for longer than it may is told of once, with what it waits for`() throws {
        var settings = WatchdogSettings()
        settings.intervalMilliseconds = 1_000
        settings.openMillisecondsMaxByMachine = ["M": 5_000]
        let rig = try ProcessorRig(watchdog: settings)
        try rig.start("late", Machines.wait)
        let lane = rig.startLane()
        #expect(try rig.wait { try $0.events()[ProcessorRig.arn("late")] != nil })
        rig.advance(milliseconds: 4_000)
        try rig.start("early", Machines.wait)
        #expect(try rig.wait { try $0.events()[ProcessorRig.arn("early")] != nil })
        rig.advance(milliseconds: 2_000)
        let told = ProcessorNotice.overdue(
            executionArn: ProcessorRig.arn("late"), openSeconds: 6, secondsMax: 5, waitsFor: "W: timer, a Wait state")
        #expect(try rig.wait { $0.noted == [told] })
        rig.advance(milliseconds: 1_500)
        try rig.start("third", Machines.wait)
        #expect(try rig.wait { try $0.events()[ProcessorRig.arn("third")] != nil })
        lane.stop()
        #expect(rig.noted == [told])
        #expect(rig.failed.isEmpty)
    }

    @Test func `A state machine's own limit goes before that of all, and without any nothing is overdue`() throws {
        var settings = WatchdogSettings()
        settings.intervalMilliseconds = 1_000
        settings.openMillisecondsMax = 1_000
        settings.openMillisecondsMaxByMachine = ["M": 100_000]
        for settings in [settings, WatchdogSettings()] {
            let rig = try ProcessorRig(watchdog: settings)
            try rig.start("one", Machines.wait)
            let lane = rig.startLane()
            #expect(try rig.wait { try $0.events()[ProcessorRig.arn("one")] != nil })
            rig.advance(milliseconds: 50_000)
            try rig.start("two", Machines.wait)
            #expect(try rig.wait { try $0.events()[ProcessorRig.arn("two")] != nil })
            lane.stop()
            #expect(rig.noted.isEmpty)
        }
    }
}
