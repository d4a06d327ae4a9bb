import Foundation
import Glibc

/// TLS in front of a broker of the tests, with certificates made for it: what broker and client need to trust one another.
final class TLSFront {
    let folder: URL
    let port: Int
    private let process = Process()

    /// - Parameters:
    ///   - port: where it listens; the broker must name it to its clients.
    ///   - upstream: the broker's own port.
    ///   - asksClients: whether clients must show a certificate that `ca.pem` has signed.
    ///   - brokerNames: for whom the broker's certificate is, as OpenSSL writes it.
    init(port: Int, upstream: Int, asksClients: Bool, brokerNames: String = "IP:127.0.0.1,DNS:localhost") throws {
        self.port = port
        folder = FileManager.default.temporaryDirectory.appending(path: "steplog-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for authority in ["ca", "other-ca"] {
            try openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=\(authority) "
                    + "-keyout \(authority).key -out \(authority).pem")
        }
        try Data("subjectAltName=\(brokerNames)\n".utf8).write(to: folder.appending(path: "names"))
        for (name, authority) in [("broker", "ca"), ("client", "ca"), ("other-client", "other-ca")] {
            try openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=\(name) -keyout \(name).key -out \(name).csr"
            )
            try openssl(
                "x509 -req -in \(name).csr -CA \(authority).pem -CAkey \(authority).key -CAcreateserial -days 2 -extfile names -out \(name).pem"
            )
        }
        let script = URL(filePath: #filePath + "/../../../../Support/TLSTerminator/tls_terminator.py").standardized
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["python3", script.path, "\(port)", "\(upstream)", path("broker.pem"), path("broker.key")]
            + (asksClients ? [path("ca.pem")] : [])
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // It says so when it listens.
        _ = output.fileHandleForReading.readData(ofLength: 5)
    }

    deinit {
        // It has inherited a thread's signal mask, which blocks SIGTERM.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    private func openssl(_ arguments: String) throws {
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/env")
        tool.arguments = ["openssl"] + arguments.split(separator: " ").map { String($0) }
        tool.currentDirectoryURL = folder
        tool.standardError = FileHandle.nullDevice
        tool.standardOutput = FileHandle.nullDevice
        try tool.run()
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    /// A port that nobody listens on.
    static func freePort() throws -> Int {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // SAFETY: the address lives for the time of both calls, and length is its size.
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(listener, generic, length) == 0 && getsockname(listener, generic, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileReadUnknown) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
