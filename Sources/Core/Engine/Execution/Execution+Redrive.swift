import StatesLanguage

/// A RedriveExecution that was taken, by the token of its request.
struct RedriveToken: Sendable, Equatable {
    var text: String
    /// Epoch milliseconds.
    var redrivenAt: Int64

    /// Source: RedriveExecution, `clientToken`: the last 10 of the last 15 minutes are kept.
    static let keptMax = 10
    static let keptMilliseconds: Int64 = 15 * 60_000
}

extension Execution {
    /// When the redrive took place that was asked for with this token; nil when it is not known any more.
    func redriveTime(token: String, at time: Int64) -> Int64? {
        let known = redriveTokens.last { $0.text.utf8.elementsEqual(token.utf8) }
        guard let known, time - known.redrivenAt <= RedriveToken.keptMilliseconds else { return nil }
        return known.redrivenAt
    }

    // MARK: - Folding

    /// Notes a Parallel or Map state at work and all below it, which its failure is about to take away.
    func keepInterrupted(_ group: FrameID) {
        keepInterrupted(([group] + descendants(of: group)).compactMap { frames[$0] })
    }

    /// At the execution's end: what a redrive goes on from.
    func keepInterruptedFrames() {
        guard status != .succeeded else {
            interrupted = []
            return
        }
        keepInterrupted(Array(frames.live))
        interrupted.sort { $0.id < $1.id }
    }

    /// What was noted first counts: a later note finds the frame without what it was doing.
    private func keepInterrupted(_ frames: [Frame]) {
        // ORDER: only asked for membership.
        let noted = Set(interrupted.map(\.id))
        interrupted += frames.filter { !noted.contains($0.id) }
    }

    /// The execution runs again: every frame goes on where it was interrupted, with its retries counted anew.
    func redrive(_ redriven: ExecutionRedriven, at event: Event) {
        status = .running
        stoppedAt = nil
        error = nil
        cause = nil
        redriveCount = redriven.redriveCount
        redrivenAt = event.timestamp
        if let text = redriven.clientToken {
            redriveTokens.append(RedriveToken(text: text, redrivenAt: event.timestamp))
            if redriveTokens.count > RedriveToken.keptMax { redriveTokens.removeFirst() }
        }
        deadline = redriven.deadline
        if let deadline { timers.insert(deadline: deadline, frame: nil) }
        for interrupted in interrupted {
            let frame = interrupted.resumed(event, machine.states[interrupted.stateID])
            frames.append(frame)
            switch frame.activity {
            case .waiting(let deadline), .retrying(let deadline): timers.insert(deadline: deadline, frame: frame.id)
            case .deciding, .task, .parallel, .map: break
            }
        }
        interrupted = []
        hasAllMapItems = false
    }
}

extension Frame {
    /// The frame as it goes on after a redrive. The work of a Task, Parallel or Map state is begun again without a second Entered
    /// event; branches and iterations that had ended keep their results; any other state is entered again; a Wait goes on waiting.
    /// Source: surface § 7.
    fileprivate func resumed(_ event: Event, _ state: State) -> Frame {
        var frame = self
        frame.retriesByRetrier = []
        frame.lastEventID = event.id
        switch activity {
        case .waiting: return frame
        case .parallel(let branches) where branches.remaining > 0: return frame
        case .map(let iterations) where iterations.remaining > 0: return frame
        case .deciding where enteredEventID == 0: return frame
        case .deciding, .task, .retrying, .parallel, .map: break
        }
        if state.processing == nil {
            frame.activity = .deciding
            frame.enteredEventID = 0
        } else {
            frame.activity = .retrying(deadline: event.timestamp)
        }
        return frame
    }
}
