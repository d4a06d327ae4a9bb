import Foundation
import JSON
import JSONPath
import Testing

@Suite("JSONPath corpora")
struct JSONPathCorpusTests {
    /// The folder `shared` beside the repository, or what STEPLOG_SHARED names; nil when there is none.
    static var folder: URL? {
        var shared = URL(filePath: #filePath)
        for _ in 0..<5 { shared.deleteLastPathComponent() }
        shared.append(path: "shared")
        if let path = ProcessInfo.processInfo.environment["STEPLOG_SHARED"] { shared = URL(filePath: path) }
        let folder = shared.appending(path: "conformance/jsonpath")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }

    @Test("Every answer is of Jayway 2.0.0's kind and value", arguments: ["asl-paths", "jayway-tests", "rfc9535"])
    func corpus(name: String) throws {
        guard let folder = Self.folder else {
            print("skipped: JSONPath corpus \(name), for want of ../shared (set STEPLOG_SHARED)")
            return
        }
        let text = try String(contentsOf: folder.appending(path: "\(name).jsonl"), encoding: .utf8)
        var (cases, passed) = (0, 0)
        for line in text.split(separator: "\n") {
            let entry = try JSONParser.parse(String(line))
            guard let path = entry["path"]?.string, let document = entry["document"], let expected = entry["sfn"] else {
                continue
            }
            cases += 1
            let answer = Self.answer(path, document)
            let isRight = answer.kind == expected["kind"]?.string && answer.value == expected["value"]
            if isRight {
                passed += 1
            } else {
                print("differs: \(name) \(entry["id"]?.string ?? "") \(path): \(answer)")
            }
        }
        print("JSONPath corpus \(name): \(passed) of \(cases)")
        #expect(cases > 0)
        #expect(passed == cases)
    }

    private static func answer(_ path: String, _ document: JSONValue) -> (kind: String, value: JSONValue?) {
        do {
            return ("value", try JSONPathExpression(path).evaluate(on: document))
        } catch let error as JSONPathEvaluationError {
            switch error.kind {
            case .pathNotFound: return ("not_found", nil)
            case .invalidPath: return ("invalid", nil)
            case .filterFailure: return ("error", nil)
            case .limitExceeded: return ("limit", nil)
            }
        } catch {
            return ("invalid", nil)
        }
    }
}
