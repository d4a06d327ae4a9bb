import Foundation
import JSON
import StatesLanguage
import Testing

/// An environment whose every part a test sets.
struct FixedEnvironment: EvaluationEnvironment {
    var context: JSONValue = ["Execution": ["Name": "run-1"]]
    var variables: [String: JSONValue] = [:]
    var nowMilliseconds: Int64 = 1_700_000_000_000
    var randomBits: UInt64 = 0x0123_4567_89AB_CDEF

    func contextObject() -> JSONValue { context }
    func variable(_ name: String) -> JSONValue? { variables[name] }

    mutating func nextRandomBits() -> UInt64 {
        randomBits = randomBits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return randomBits
    }
}

/// The value of JSON text in a test's own words.
func json(_ text: String) -> JSONValue {
    do {
        return try JSONParser.parse(text)
    } catch {
        Issue.record("\(text) is not JSON: \(error)")
        return .null
    }
}

/// What a template gives on `input`.
func evaluate(
    template: JSONValue, on input: JSONValue, in environment: FixedEnvironment = FixedEnvironment()
) throws -> JSONValue {
    var environment = environment
    let compiled = try Template.compileJSONPath(template, field: "Parameters")
    return try compiled.evaluate(on: EvaluationInput(input), in: &environment)
}

/// What a call of an intrinsic function gives on `input`.
func evaluate(
    call: String, on input: JSONValue = .null, in environment: FixedEnvironment = FixedEnvironment()
) throws -> JSONValue {
    var environment = environment
    return try IntrinsicCall(parsing: call).evaluate(on: EvaluationInput(input), in: &environment)
}

/// The error that `body` throws.
func evaluationError(_ body: () throws -> Void) -> EvaluationError? {
    do {
        try body()
        return nil
    } catch {
        return error as? EvaluationError
    }
}

/// The folder of reference data that stands beside the repository; nil where it is not there.
enum SharedData {
    static func url(_ path: String, from file: String = #filePath) -> URL? {
        let root: URL
        if let given = ProcessInfo.processInfo.environment["STEPLOG_SHARED"] {
            root = URL(fileURLWithPath: given)
        } else {
            var folder = URL(fileURLWithPath: file)
            while folder.path != "/",
                !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
            {
                folder.deleteLastPathComponent()
            }
            root = folder.deletingLastPathComponent().appending(path: "shared")
        }
        let url = root.appending(path: path)
        guard FileManager.default.fileExists(atPath: url.path) else {
            print("skipped: \(url.path) is not there (STEPLOG_SHARED names another place)")
            return nil
        }
        return url
    }
}
