import AccessPolicy
import Foundation
import JSON
import Testing

@testable import StepFunctionsAPI

@Suite struct SignatureTests {
    /// 2026-01-31T10:00:00Z, when the cases were signed.
    private static let signedAt: Int64 = 1_769_853_600_000

    /// A request that botocore signed; `make_cases.py` makes them.
    struct Case: Sendable, CustomTestStringConvertible {
        var number: Int64
        var wire: WireRequest
        var body: [UInt8]
        var key: AccessKey

        var testDescription: String { "case \(number)" }
    }

    private static func cases() throws -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "cases.json")
        let all = try JSONParser.parse(try String(contentsOf: file, encoding: .utf8)).array ?? []
        return all.map { value in
            let target = (value["target"]?.string ?? "").split(separator: "?", maxSplits: 1).map(String.init)
            var wire = WireRequest(path: target[0], query: target.count == 2 ? target[1] : "")
            for field in value["fields"]?.array ?? [] {
                wire.fields.append(.init(name: field[0]?.string?.lowercased() ?? "", value: field[1]?.string ?? ""))
            }
            return Case(
                number: value["number"]?.number?.int64 ?? 0, wire: wire,
                body: Array((value["body"]?.string ?? "").utf8),
                key: AccessKey(
                    id: "AKIAEXAMPLE", secret: value["secret"]?.string ?? "",
                    sessionToken: value["sessionToken"]?.string, expiresAt: nil))
        }
    }

    private func authenticator(_ key: AccessKey) -> RequestAuthenticator {
        RequestAuthenticator([
            AccessUser(
                name: "deploy", arn: "arn:aws:iam::000000000000:user/deploy", tags: [], keys: [key], policies: [])
        ])
    }

    private func refusal(
        _ item: Case, _ wire: WireRequest? = nil, body: [UInt8]? = nil, key: AccessKey? = nil, now: Int64 = signedAt
    ) -> String? {
        do throws(APIError) {
            _ = try authenticator(key ?? item.key).identity(of: wire ?? item.wire, body: body ?? item.body, now: now)
            return nil
        } catch {
            return error.name
        }
    }

    @Test func `What botocore signed is believed, and the region comes from the credential scope`() throws {
        let cases = try Self.cases()
        #expect(cases.count == 40)
        for item in cases {
            #expect(refusal(item) == nil, "case \(item.number)")
            let identity = try authenticator(item.key).identity(of: item.wire, body: item.body, now: Self.signedAt)
            #expect(["us-east-1", "eu-central-1", "us-gov-west-1"].contains(identity.region))
        }
    }

    @Test func `A request that was changed after it was signed is refused`() throws {
        for item in try Self.cases() {
            let isUnsigned = item.wire.value("x-amz-content-sha256") == "UNSIGNED-PAYLOAD"
            #expect(
                refusal(item, body: item.body + [0x20]) == (isUnsigned ? nil : "InvalidSignatureException"),
                "case \(item.number)")
            var other = item.wire
            for index in other.fields.indices where other.fields[index].name == "x-amz-target" {
                other.fields[index].value = "AWSStepFunctions.DeleteStateMachine"
            }
            #expect(refusal(item, other) == "InvalidSignatureException")
            other = item.wire
            other.fields.append(.init(name: "x-amz-further", value: "1"))
            #expect(refusal(item, other) == "InvalidSignatureException")
            other = item.wire
            other.path = "/elsewhere"
            #expect(refusal(item, other) == "InvalidSignatureException")
        }
    }

    @Test func `Keys that are not known, tokens that are not theirs and keys that are over are refused`() throws {
        for item in try Self.cases() {
            var key = AccessKey(id: "AKIAOTHER", secret: item.key.secret, sessionToken: nil, expiresAt: nil)
            #expect(refusal(item, key: key) == "UnrecognizedClientException")
            key = AccessKey(id: item.key.id, secret: item.key.secret, sessionToken: "another", expiresAt: nil)
            #expect(refusal(item, key: key) == "UnrecognizedClientException")
            key = AccessKey(
                id: item.key.id, secret: item.key.secret, sessionToken: item.key.sessionToken,
                expiresAt: Self.signedAt - 1)
            #expect(refusal(item, key: key) == "ExpiredTokenException")
            key = AccessKey(id: item.key.id, secret: "wrong", sessionToken: item.key.sessionToken, expiresAt: nil)
            #expect(refusal(item, key: key) == "InvalidSignatureException")
        }
    }

    @Test func `A clock may be five minutes off, and a presigned request holds as long as it says`() throws {
        for item in try Self.cases() {
            let isPresigned = item.wire.query.contains("X-Amz-Expires=900")
            let late = Self.signedAt + (isPresigned ? 900_000 : 300_000)
            #expect(refusal(item, now: late) == nil)
            #expect(refusal(item, now: late + 1_000) == "InvalidSignatureException")
            #expect(refusal(item, now: Self.signedAt - 300_000) == nil)
            #expect(refusal(item, now: Self.signedAt - 301_000) == "InvalidSignatureException")
        }
    }

    @Test(
        "A header that says no signature is refused by name",
        arguments: [
            (nil, "MissingAuthenticationTokenException"), ("", "IncompleteSignatureException"),
            ("Basic YTpi", "IncompleteSignatureException"), ("AWS4-HMAC-SHA256", "IncompleteSignatureException"),
            ("AWS4-HMAC-SHA256 Credential", "IncompleteSignatureException"),
            ("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=0", "IncompleteSignatureException"),
            (
                "AWS4-HMAC-SHA256 Credential=k/20260131/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=0",
                "InvalidSignatureException"
            ),
            (
                "AWS4-HMAC-SHA256 Credential=k/20260130/us-east-1/states/aws4_request, SignedHeaders=host, Signature=0",
                "InvalidSignatureException"
            ),
            (
                "AWS4-HMAC-SHA256 Credential=k/20260131/us-east-1/states/aws4_request, SignedHeaders=x-amz-date, Signature=0",
                "InvalidSignatureException"
            ),
            (
                "AWS4-HMAC-SHA256 Credential=k/20260131/us-east-1/states/aws4_request, SignedHeaders=host;x-amz-date, Signature=0",
                "UnrecognizedClientException"
            ),
        ] as [(String?, String)])
    func isRefused(_ header: String?, _ name: String) throws {
        let item = try #require(try Self.cases().first)
        var wire = WireRequest(fields: [.init(name: "x-amz-date", value: "20260131T100000Z")])
        if let header { wire.fields.append(.init(name: "authorization", value: header)) }
        #expect(refusal(item, wire) == name)
    }
}
