import Foundation
import JSON
import Testing

@testable import StepFunctionsAPI

/// The short form of `scripts/fuzz-api`: the dispatcher alone, from a seed. `STEPLOG_FUZZ_REQUESTS` sends more.
@Suite struct MalformedRequestTests {
    private struct Generator {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }

        mutating func pick<Item>(_ items: [Item]) -> Item { items[next(items.count)] }

        mutating func text() -> String {
            pick([
                "", " ", "\u{0}", "é", "x", "arn", "arn:aws:states:us-east-1:000000000000:stateMachine:a:1",
                "arn:aws:states:us-east-1:000000000000:execution::", "arn:aws:states:::mapRun:a/b:c", "%00", "{}",
                String(repeating: "x", count: pick([80, 81, 257, 1_025])), "MTox", "arn:::::::::", "#", "STANDARD",
            ])
        }

        mutating func value(_ depth: Int = 0) -> JSONValue {
            switch next(depth < 3 ? 8 : 5) {
            case 0, 1: return .string(text())
            case 2: return .integer(pick([0, -1, 1_001, Int.max, Int.min]))
            case 3: return .bool(next(2) == 0)
            case 4: return pick([.null, .double(1e308), .double(-0.5)])
            case 5: return .array((0..<next(4)).map { _ in value(depth + 1) })
            default:
                var object = JSONObject()
                for _ in 0..<next(4) { object[JSONString(name())] = value(depth + 1) }
                return .object(object)
            }
        }

        mutating func name() -> String {
            pick([
                "stateMachineArn", "executionArn", "activityArn", "mapRunArn", "resourceArn", "stateMachineAliasArn",
                "name", "definition", "roleArn", "input", "taskToken", "output", "nextToken", "maxResults", "tags",
                "tagKeys", "key", "value", "weight", "routingConfiguration", "loggingConfiguration", "type", "",
                "stateMachineVersionArn", "mock", "stateConfiguration", "includedData", "statusFilter",
            ])
        }

        mutating func body() -> [UInt8] {
            var object = JSONObject()
            for _ in 0..<next(7) { object[JSONString(name())] = value() }
            var bytes = JSONWriter.bytes(.object(object))
            switch next(6) {
            case 0: bytes = Array(bytes.prefix(next(bytes.count + 1)))
            case 1: for _ in 0..<3 { bytes[next(bytes.count)] = UInt8(next(256)) }
            case 2: bytes = Array(repeating: UInt8(ascii: "["), count: pick([1, 65, 10_000]))
            default: break
            }
            return bytes
        }
    }

    @Test func `Whatever is asked is answered with a result or with a modelled error`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let count = ProcessInfo.processInfo.environment["STEPLOG_FUZZ_REQUESTS"].flatMap { Int($0) } ?? 400
        // A poll would wait for its 55 seconds.
        let operations = (Array(Operations.all.keys) + Operations.writing.keys).sorted().filter {
            $0 != "GetActivityTask"
        }
        var generator = Generator(state: 20_260_131)
        for number in 0..<count {
            let operation = generator.next(10) == 0 ? generator.text() : generator.pick(operations)
            var wire = WireRequest(fields: [.init(name: "x-amz-target", value: "AWSStepFunctions.\(operation)")])
            if generator.next(5) == 0 { wire.fields.append(.init(name: "authorization", value: generator.text())) }
            if generator.next(20) == 0 { wire.method = "GET" }
            let body = generator.body()
            let answer = try await api.send(wire, body)
            let shown = "request \(number) of seed 20260131: \(operation) \(String(decoding: body, as: UTF8.self))"
            if answer.status == 200 { continue }
            #expect((400..<500).contains(answer.status), "\(shown) gave \(answer.status)")
            #expect(answer.body["__type"]?.string?.contains("#") == true, "\(shown)")
            #expect(answer.body["message"]?.string != nil, "\(shown)")
        }
    }

    @Test func `Constraints of nested members are named as Coral names them`() async throws {
        let api = try APIHarness()
        defer { api.stop() }
        let answer = try await api.call(
            "CreateActivity",
            [
                "name": .string(String(repeating: "n", count: 81)), "tags": [["key": "", "value": "v"]],
                "encryptionConfiguration": ["kmsDataKeyReusePeriodSeconds": 59],
            ])
        #expect(answer.body["__type"] == "com.amazon.coral.validate#ValidationException")
        #expect(
            answer.body["message"]
                == .string(
                    "4 validation errors detected: Value '\(String(repeating: "n", count: 81))' at 'name' failed to "
                        + "satisfy constraint: Member must have length less than or equal to 80; "
                        + "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length "
                        + "greater than or equal to 1; Value '59' at "
                        + "'encryptionConfiguration.kmsDataKeyReusePeriodSeconds' failed to satisfy constraint: Member "
                        + "must have value greater than or equal to 60; Value null at 'encryptionConfiguration.type' "
                        + "failed to satisfy constraint: Member must not be null"))
        let mistyped = try await api.call("ListStateMachines", ["maxResults": "ten"])
        #expect(mistyped.body["__type"] == "com.amazon.coral.service#SerializationException")
        let secret = try await api.call("SendTaskHeartbeat", ["taskToken": ""])
        #expect(secret.body["message"]?.string?.contains("Value at 'taskToken' failed") == true)
    }
}
