import Glibc
import Signatures
import Synchronization

/// Credentials by whom they are for, made anew ahead of their end, by one thread at a time: the others wait for it, or go on with
/// what holds still. From any thread.
final class CredentialCache: Sendable {
    private enum Entry {
        case known(TemporaryCredentials, isRefreshing: Bool)
        case making
    }

    /// A new set is asked for when the old one holds less than this.
    private static let aheadMilliseconds: Int64 = 5 * 60_000
    /// One that holds less is not used any more.
    private static let leastMilliseconds: Int64 = 10_000

    private let entries = Mutex<[String: Entry]>([:])

    /// - Parameter make: asks the source; one thread for a key at a time.
    func credentials(
        _ key: String, make: () throws(ServiceFailure) -> TemporaryCredentials
    ) throws(ServiceFailure) -> Credentials {
        while true {
            let now = Moment.epochMilliseconds
            let (ready, isMine) = entries.withLock { entries -> (Credentials?, Bool) in
                switch entries[key] {
                case .known(let held, _) where held.holds(forMilliseconds: Self.aheadMilliseconds, now: now):
                    return (held.credentials, false)
                case .known(let held, true) where held.holds(forMilliseconds: Self.leastMilliseconds, now: now):
                    return (held.credentials, false)
                case .known(let held, false) where held.holds(forMilliseconds: Self.leastMilliseconds, now: now):
                    entries[key] = .known(held, isRefreshing: true)
                    return (held.credentials, true)
                case .making, .known(_, true): return (nil, false)
                case .known, nil:
                    entries[key] = .making
                    return (nil, true)
                }
            }
            if !isMine {
                if let ready { return ready }
                // Another thread is asking; its answer comes in milliseconds.
                usleep(5_000)
                continue
            }
            do throws(ServiceFailure) {
                let made = try make()
                entries.withLock { $0[key] = .known(made, isRefreshing: false) }
                return made.credentials
            } catch {
                // What still holds is good enough, and the next call tries again.
                entries.withLock { entries in
                    if case .known(let held, _) = entries[key] {
                        entries[key] = .known(held, isRefreshing: false)
                    } else {
                        entries[key] = nil
                    }
                }
                if let ready { return ready }
                throw error
            }
        }
    }
}
