import Testing

@testable import TaskWorkers

@Suite("A task's lifecycle, without processes")
struct TaskLifecycleTests {
    private func container(
        _ name: String, essential: Bool = true, after: [(String, ContainerDependency.Condition)] = [],
        startTimeout: Int64? = nil,
        stopTimeout: Int64 = 30
    ) -> ContainerPlan {
        ContainerPlan(
            name: name, image: "", arguments: [], environment: [], isEssential: essential,
            dependsOn: after.map { ContainerDependency(containerName: $0.0, condition: $0.1) },
            startTimeoutSeconds: startTimeout,
            stopTimeoutSeconds: stopTimeout)
    }

    @Test("A container without dependencies starts at once, and once")
    func startsOnce() {
        var lifecycle = TaskLifecycle([container("a")])
        #expect(lifecycle.next(at: 0) == [.start(0)])
        lifecycle.started(0, at: 1)
        #expect(lifecycle.next(at: 2) == [])
        #expect(lifecycle.deadline == nil)
    }

    @Test(
        "The end of an essential container terminates the others, kills them after their stop timeout, and then finishes"
    )
    func stop() {
        var lifecycle = TaskLifecycle([container("a"), container("b", essential: false, stopTimeout: 2)])
        _ = lifecycle.next(at: 0)
        lifecycle.started(0, at: 0)
        lifecycle.started(1, at: 0)
        lifecycle.exited(0, code: 0, at: 100)
        #expect(lifecycle.next(at: 100) == [.terminate(1)])
        #expect(lifecycle.deadline == 2100)
        #expect(lifecycle.next(at: 2099) == [])
        #expect(lifecycle.next(at: 2100) == [.kill(1)])
        #expect(lifecycle.next(at: 9999) == [])
        lifecycle.exited(1, code: 137, at: 2200)
        #expect(lifecycle.next(at: 2200) == [.finish])
        #expect(
            lifecycle.stop
                == .init(code: .essentialContainerExited, reason: "Essential container in task exited", at: 100))
    }

    @Test("A stop while a container is being started is said once, and again when it runs after all")
    func stopWhileStarting() {
        var lifecycle = TaskLifecycle([container("a"), container("b", after: [("a", .start)])])
        #expect(lifecycle.next(at: 0) == [.start(0)])
        #expect(lifecycle.next(at: 1) == [])
        lifecycle.requestStop(.userInitiated, "enough", at: 2)
        #expect(lifecycle.next(at: 2) == [.terminate(0)])
        #expect(lifecycle.next(at: 3) == [])
        lifecycle.started(0, at: 4)
        #expect(lifecycle.next(at: 4) == [.terminate(0)])
        lifecycle.exited(0, code: 143, at: 5)
        #expect(lifecycle.next(at: 5) == [.finish])
        #expect(lifecycle.phases[1] == .ended(exitCode: nil, reason: nil))
    }

    @Test("A container of whose end nobody knows ends its task as the infrastructure's fault")
    func lost() {
        var lifecycle = TaskLifecycle([container("a"), container("b", essential: false)])
        lifecycle.started(0, at: 0)
        lifecycle.started(1, at: 0)
        lifecycle.lost(1, reason: "gone", at: 1)
        #expect(lifecycle.stop == .init(code: .infrastructureHealth, reason: "gone", at: 1))
        #expect(lifecycle.next(at: 1) == [.terminate(0)])
    }

    @Test("The end of a container that is not essential changes nothing for the others")
    func notEssential() {
        var lifecycle = TaskLifecycle([container("a"), container("b", essential: false)])
        lifecycle.started(0, at: 0)
        lifecycle.started(1, at: 0)
        lifecycle.exited(1, code: 1, at: 5)
        #expect(lifecycle.next(at: 5) == [])
        #expect(lifecycle.stop == nil)
    }

    @Test("A container that fails to start ends the task if it is essential, with its reason")
    func failedToStart() {
        var lifecycle = TaskLifecycle([container("a"), container("b", essential: false)])
        lifecycle.failedToStart(1, reason: "x", at: 0)
        #expect(lifecycle.stop == nil)
        lifecycle.failedToStart(0, reason: "y", at: 1)
        #expect(lifecycle.stop == .init(code: .taskFailedToStart, reason: "y", at: 1))
        #expect(lifecycle.next(at: 1) == [.finish])
    }

    @Test("A dependency that is not met within its start timeout keeps the task from starting")
    func startTimeout() {
        var lifecycle = TaskLifecycle([
            container("a", after: [("b", .success)]), container("b", essential: false, startTimeout: 3),
        ])
        #expect(lifecycle.next(at: 0) == [.start(1)])
        lifecycle.started(1, at: 0)
        #expect(lifecycle.next(at: 2999) == [])
        #expect(lifecycle.deadline == 3000)
        #expect(lifecycle.next(at: 3000) == [.terminate(1)])
        #expect(lifecycle.stop?.code == .taskFailedToStart)
        #expect(
            lifecycle.stop?.reason
                == "dependency graph: container ordering dependency [b] for target [a] has timed out.")
    }

    @Test("HEALTHY waits for health, and gives up on what is unhealthy")
    func healthy() {
        for (health, isStarted) in [(TaskLifecycle.Health.healthy, true), (.unhealthy, false)] {
            var lifecycle = TaskLifecycle([container("a", after: [("b", .healthy)]), container("b", essential: false)])
            lifecycle.started(1, at: 0)
            #expect(lifecycle.next(at: 1) == [])
            lifecycle.healthChanged(1, health)
            #expect(lifecycle.next(at: 2) == (isStarted ? [.start(0)] : [.terminate(1)]))
        }
    }

    @Test("The first reason to stop stays")
    func firstReason() {
        var lifecycle = TaskLifecycle([container("a")])
        lifecycle.started(0, at: 0)
        lifecycle.requestStop(.userInitiated, "asked", at: 1)
        lifecycle.exited(0, code: 143, at: 2)
        #expect(lifecycle.stop?.reason == "asked")
    }

    @Test("Failed probes count only after the start period, and as many as retries says make a container unhealthy")
    func probes() {
        let check = HealthCheck(
            command: ["CMD", "x"], intervalSeconds: 10, timeoutSeconds: 5, retries: 2, startPeriodSeconds: 0)
        var monitor = HealthMonitor(check, startedAt: 0)
        #expect(monitor.next(at: 0) == .startProbe)
        monitor.probeEnded(isSuccess: false, at: 10)
        #expect(monitor.health == .unknown)
        #expect(monitor.deadline == 10 + HealthMonitor.earlyIntervalMilliseconds)
        for (time, health) in [(Int64(10_000), TaskLifecycle.Health.unknown), (20_000, .unhealthy)] {
            #expect(monitor.next(at: time) == .startProbe)
            monitor.probeEnded(isSuccess: false, at: time)
            #expect(monitor.health == health)
        }
        #expect(monitor.next(at: 30_000) == .startProbe)
        #expect(monitor.next(at: 35_000) == .killProbe)
        monitor.probeEnded(isSuccess: true, at: 35_000)
        #expect(monitor.health == .healthy)
    }
}
