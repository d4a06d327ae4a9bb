import Glibc

/// A system call that failed: which one, on what, and the system's reason.
public struct SystemCallError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call's name, e.g. `open`.
    public var operation: String
    /// The file, directory, program or address it was about.
    public var subject: String
    /// The value of `errno`.
    public var code: Int32

    public init(_ operation: String, _ subject: String, code: Int32) {
        self.operation = operation
        self.subject = subject
        self.code = code
    }

    /// The system's text for `code`, e.g. "No such file or directory".
    public var reason: String { Self.text(of: code) }

    public var description: String { "\(subject): \(operation): \(reason)" }

    /// The system's text for an `errno` value.
    static func text(of code: Int32) -> String {
        // SAFETY: glibc's strerror returns a text of its own for each thread, which ends in zero and is copied at once.
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
