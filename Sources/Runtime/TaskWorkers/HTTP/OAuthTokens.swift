import AWSClient
import Glibc
import Synchronization

/// Access tokens by connection, kept until shortly before their end. One thread at a time asks for a connection's token; the others wait
/// for what it gets, the failure too. From any thread.
final class OAuthTokens: Sendable {
    /// What a request is authorized with. Its text tells nothing that is secret.
    struct Token: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
        /// The value of the header.
        var authorization: String
        /// In milliseconds since 1970; nil: until it is refused.
        var goodUntil: Int64?

        var description: String { "OAuth token" }
        var debugDescription: String { description }
    }

    private enum Entry {
        case known(Token, OAuthClient)
        /// One that still asks, with a number of its own.
        case asking(Int)
        /// Whoever waited for this number has this failure.
        case failed(Int, TaskFailure)
    }

    private struct Book {
        var entries: [String: Entry] = [:]
        var asked = 0
    }

    /// Source: EventBridge User Guide § Connections: a token that is about to expire is refreshed ahead.
    private static let aheadSeconds: Int64 = 60
    private static let lifetimeSecondsMax: Int64 = 366 * 86_400
    private static let pauseMicroseconds: UInt32 = 5_000

    private let book = Mutex(Book())
    private let now: @Sendable () -> Int64

    /// - Parameter now: milliseconds since 1970.
    init(now: @escaping @Sendable () -> Int64 = { SystemClock.epochMilliseconds }) {
        self.now = now
    }

    /// How long a token is used: until a minute before its end, short ones for half of their time.
    static func goodMilliseconds(lifetimeSeconds: Int64) -> Int64 {
        let seconds = min(max(0, lifetimeSeconds), lifetimeSecondsMax)
        return max(seconds - aheadSeconds, seconds / 2) * 1000
    }

    /// The token of a connection, asked for where there is none that is good.
    /// - Parameters:
    ///   - client: as the connection is now; a token of another one is not used.
    ///   - refused: a token that was answered with 401 or 407: another one is wanted.
    func token(
        _ connection: String, _ client: OAuthClient, _ task: ServiceTask, refused: Token?
    ) throws(TaskFailure) -> Token {
        var awaited: Int?
        while true {
            let now = now()
            switch look(connection, client, refused, awaited, now) {
            case .good(let token): return token
            case .failed(let failure): throw failure
            case .wait(let number):
                awaited = number
                // The answer comes in tenths of a second.
                usleep(Self.pauseMicroseconds)
            case .ask(let number):
                do throws(TaskFailure) {
                    let token = try client.token(task, now: now)
                    book.withLock { $0.entries[connection] = .known(token, client) }
                    return token
                } catch {
                    book.withLock { $0.entries[connection] = .failed(number, error) }
                    throw error
                }
            }
        }
    }

    private enum Next {
        case good(Token)
        case failed(TaskFailure)
        case wait(Int)
        case ask(Int)
    }

    private func look(
        _ connection: String, _ client: OAuthClient, _ refused: Token?, _ awaited: Int?, _ now: Int64
    ) -> Next {
        book.withLock { book in
            switch book.entries[connection] {
            case .known(let token, let its)
            where its == client && token != refused && token.goodUntil.map { now < $0 } ?? true:
                return .good(token)
            case .failed(let number, let failure) where number == awaited: return .failed(failure)
            case .asking(let number): return .wait(number)
            default:
                book.asked += 1
                book.entries[connection] = .asking(book.asked)
                return .ask(book.asked)
            }
        }
    }
}
