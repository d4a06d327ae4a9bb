import Digests
import Foundation
import JSON

/// `credential_process` of a profile: a command whose standard output is a JSON object with keys.
/// Source: AWS SDKs and Tools Reference Guide, process credential provider.
enum CredentialProcess {
    static func credentials(_ command: String) throws(ServiceFailure) -> TemporaryCredentials {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw .noCredentials("credential_process can't be started")
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw .noCredentials("credential_process ended with status \(process.terminationStatus)")
        }
        guard let value = try? JSONParser.parse(Array(bytes)), value["Version"]?.number?.int64 == 1,
            let made = TemporaryCredentials(json: value)
        else { throw .noCredentials("credential_process printed no credentials of version 1") }
        return made
    }

    /// The name of SSO's token in its cache.
    static func cacheName(_ key: String) -> String { Digest.hexadecimal(Digest.sha1(Array(key.utf8))) }
}
