import ArgumentParser
import Foundation
import JSON
import StepFunctionsClient
import TaskWorkers
import Terminal

/// What all commands that ask a Step Functions API have in common.
struct ClientOptions: ParsableArguments {
    enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, json }

    @Option(
        help:
            "Where the API is; else AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL or the profile's endpoint_url, else http://127.0.0.1:8083."
    )
    var endpointURL: String?

    @Option(help: "The region of ARNs; else AWS_REGION, AWS_DEFAULT_REGION or the profile's, else us-east-1.")
    var region: String?

    @Option(help: "A profile of ~/.aws/config and ~/.aws/credentials; else AWS_PROFILE.")
    var profile: String?

    @Option(help: "table for people, json as the API answers.")
    var output: OutputFormat = .table

    static let exitCodes = "Exit codes: 0 done, 2 wrong use, 3 the API refused, 4 no API answers."

    /// - Throws: `ClientFailure` when the settings can't be used.
    func client() throws -> APIClient {
        let settings = try ClientSettings(
            endpoint: endpointURL, region: region, profile: profile, environment: ProcessInfo.processInfo.environment,
            file: { path in
                FileManager.default.isReadableFile(atPath: path)
                    ? try TextFile.read(path, what: "AWS settings", bytesMax: 1 << 20) : nil
            })
        return APIClient(settings) { Self.now }
    }

    /// Epoch milliseconds.
    static var now: Int64 { Int64((Date().timeIntervalSince1970 * 1_000).rounded()) }

    /// Prints an answer: as it is with `--output json`, else in the lines that `table` makes.
    func show(_ answer: JSONObject, table: () -> [String]) {
        switch output {
        case .json: ProgressView.write(JSONWriter.prettyText(.object(answer)) + "\n", to: 1)
        case .table: ProgressView.write(table().map { $0 + "\n" }.joined(), to: 1)
        }
    }
}

extension ClientFailure {
    var exitStatus: Int32 {
        switch self {
        case .settings: 2
        case .refused: 3
        case .unreachable, .unexpected: 4
        }
    }
}

extension JSONObject {
    /// Members of both, those of the left first.
    static func + (left: JSONObject, right: JSONObject) -> JSONObject {
        var result = left
        for member in right { result[member.key] = member.value }
        return result
    }
}
