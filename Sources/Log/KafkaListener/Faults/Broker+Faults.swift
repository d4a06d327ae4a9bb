import BatchStore
import NIOCore

/// What a fault holds back until its time comes.
enum HeldBack {
    case request(Request)
    case answer(ByteBuffer, Request)
    case broker(Int)
}

extension Broker {
    /// Takes a request, unless a script of faults has other plans.
    func intercept(_ request: Request) throws {
        guard let action = faults?.action(for: request.api, clientID: request.clientID) else {
            return try handle(request)
        }
        log("fault: \(action) for \(request.api) of \"\(request.clientID)\"")
        var request = request
        switch action {
        case .close: close(request.connection, reason: "a fault says so")
        case .drop: break
        case .closeAfter:
            request.isAnswerLost = true
            try handle(request)
            commit()
            close(request.connection, reason: "a fault says so")
        case .delay(let milliseconds): hold(.request(request), milliseconds)
        case .delayAnswer(let milliseconds):
            request.answerDelay = milliseconds
            try handle(request)
        case .error(let code):
            request.injectedError = code
            try handle(request)
        case .moveCoordinator(let key):
            cluster.moveCoordinator(of: key)
            try handle(request)
        case .loseBroker(let node, let milliseconds):
            lose(node)
            if let milliseconds { hold(.broker(node), milliseconds) }
            if connections[request.connection] != nil { try handle(request) }
        case .restart(let losesUnsynced): restart(losesUnsynced: losesUnsynced)
        }
    }

    /// Whether a fault keeps an answer for later.
    func holdBack(_ buffer: ByteBuffer, _ request: Request) -> Bool {
        if request.isAnswerLost { return true }
        guard let delay = request.answerDelay else { return false }
        hold(.answer(buffer, request), delay)
        return true
    }

    /// The time of what was held back has come.
    func releaseHeldBack(_ number: Int) {
        switch heldBack.removeValue(forKey: number) {
        case .request(let request):
            guard connections[request.connection] != nil else { return }
            do {
                try handle(request)
            } catch {
                close(request.connection, reason: "\(error)")
            }
        case .answer(let buffer, let request): deliver(buffer, request)
        case .broker(let node): cluster.restore(node)
        case nil: break
        }
    }

    private func hold(_ what: HeldBack, _ milliseconds: Int64) {
        heldBackCount += 1
        heldBack[heldBackCount] = what
        timers.add(.fault(heldBackCount), at: moment.elapsed + milliseconds)
    }

    /// Broker `node` of the pretended cluster is gone: its clients are cut off, and the others lead in its place.
    private func lose(_ node: Int) {
        guard cluster.nodes.indices.contains(node) else { return }
        cluster.lose(node)
        for (connection, queue) in connections where queue.node == node {
            close(connection, reason: "broker \(node) is lost")
        }
    }

    /// Dies and starts anew: what was not committed is gone, and so are groups and connections.
    private func restart(losesUnsynced: Bool) {
        for connection in connections.keys.sorted(by: { $0.number < $1.number }) {
            close(connection, reason: "the broker starts anew")
        }
        abandonStaged()
        if losesUnsynced, let crashed = (storage as? MemoryBatchStorage)?.crash() { storage = crashed }
        groups = [:]
        do {
            try load()
        } catch {
            log("what the log holds can't be read: \(error)")
        }
    }
}
