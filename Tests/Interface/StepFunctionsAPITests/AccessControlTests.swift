import AccessPolicy
import BatchStore
import Foundation
import JSON
import Signatures
import Testing

@testable import StepFunctionsAPI

@Suite struct AccessControlTests {
    private let definition = #"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#

    private static func user(_ name: String, _ policy: String) throws -> AccessUser {
        AccessUser(
            name: name, arn: "arn:aws:iam::000000000000:user/\(name)", tags: [("team", "ops")],
            keys: [AccessKey(id: name, secret: "secret of \(name)", sessionToken: nil, expiresAt: nil)],
            policies: [try PolicyDocument(try JSONParser.parse(policy))])
    }

    private static func access() throws -> AccessControl {
        AccessControl([
            try user(
                "admin",
                #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["states:*","iam:PassRole"],"Resource":"*"}}"#
            ),
            try user(
                "clerk",
                #"""
                {"Version":"2012-10-17","Statement":[
                    {"Effect":"Allow","Action":["states:Start*","states:CreateStateMachine"],
                     "Resource":"arn:aws:states:*:*:stateMachine:*",
                     "Condition":{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}}},
                    {"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/r",
                     "Condition":{"StringEquals":{"iam:PassedToService":"states.amazonaws.com"}}},
                    {"Effect":"Allow","Action":"states:Describe*","Resource":"*",
                     "Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team}"}}},
                    {"Effect":"Deny","Action":"states:StartExecution","Resource":"*",
                     "Condition":{"StringEquals":{"states:StateMachineQualifier":"1"}}},
                    {"Effect":"Deny","Action":"states:*","Resource":"*",
                     "Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}}]}
                """#),
        ])
    }

    @Test func `Each user does what its policies allow, and is refused the rest in AWS's words`() async throws {
        let api = try APIHarness(access: try Self.access())
        defer { api.stop() }
        let prefix = "arn:aws:states:us-east-1:000000000000:stateMachine:"
        func create(
            _ user: String, _ name: String, publish: Bool = false, role: String = "r"
        ) async throws -> JSONValue {
            try await api.signed(
                user, "CreateStateMachine",
                [
                    "name": .string(name), "definition": .string(definition), "publish": .bool(publish),
                    "roleArn": .string("arn:aws:iam::000000000000:role/\(role)"),
                ])
        }
        #expect(try await create("admin", "orders", publish: true)["stateMachineArn"] == .string(prefix + "orders"))
        #expect(try await create("clerk", "second")["stateMachineArn"] == .string(prefix + "second"))
        let publishing = try await create("clerk", "third", publish: true)
        #expect(publishing["__type"] == "com.amazon.coral.service#AccessDeniedException")
        #expect(
            publishing["message"]
                == .string(
                    "User: arn:aws:iam::000000000000:user/clerk is not authorized to perform: "
                        + "states:PublishStateMachineVersion on resource: \(prefix)third because no identity-based policy "
                        + "allows the states:PublishStateMachineVersion action"))

        #expect(
            try await create("clerk", "fourth", role: "administrator")["message"]
                == .string(
                    "User: arn:aws:iam::000000000000:user/clerk is not authorized to perform: iam:PassRole on resource: "
                        + "arn:aws:iam::000000000000:role/administrator because no identity-based policy allows the "
                        + "iam:PassRole action"))

        let orders: JSONValue = ["stateMachineArn": .string(prefix + "orders")]
        #expect(try await api.signed("clerk", "StartExecution", orders)["executionArn"] != nil)
        let version = try await api.signed("clerk", "StartExecution", ["stateMachineArn": .string(prefix + "orders:1")])
        #expect(
            version["message"]
                == .string(
                    "User: arn:aws:iam::000000000000:user/clerk is not authorized to perform: states:StartExecution "
                        + "on resource: \(prefix)orders with an explicit deny in an identity-based policy"))

        #expect(try await api.signed("clerk", "DescribeStateMachine", orders)["__type"] != nil)
        let tags: JSONValue = [["key": "team", "value": "ops"]]
        _ = try await api.signed("admin", "TagResource", ["resourceArn": .string(prefix + "orders"), "tags": tags])
        #expect(try await api.signed("clerk", "DescribeStateMachine", orders)["name"] == "orders")
        #expect(
            try await api.signed("clerk", "DescribeStateMachine", orders, region: "eu-west-1")["message"]?.string?
                .hasSuffix("with an explicit deny in an identity-based policy") == true)
        let list = try await api.signed("clerk", "ListStateMachines", [:])
        #expect(list["message"]?.string?.contains("on resource: \(prefix)*") == true)
    }

    @Test func `Without a signature nothing is done`() async throws {
        let api = try APIHarness(access: try Self.access())
        defer { api.stop() }
        let answer = try await api.call("ListStateMachines", [:])
        #expect(answer.status == 400)
        #expect(answer.body["__type"] == "com.amazon.coral.service#MissingAuthenticationTokenException")
    }
}

extension APIHarness {
    /// Signs with the key and the secret that the users above have, as a client on this machine.
    func signed(
        _ user: String, _ operation: String, _ body: JSONValue, region: String = "us-east-1"
    ) async throws -> JSONValue {
        let bytes = JSONWriter.bytes(body)
        let date = SignatureTime.text(Int64(Date().timeIntervalSince1970 * 1_000))
        var wire = WireRequest(
            fields: [
                .init(name: "host", value: "localhost"), .init(name: "x-amz-date", value: date),
                .init(name: "x-amz-target", value: "AWSStepFunctions.\(operation)"),
            ], sourceAddress: "127.0.0.1")
        let names = "host;x-amz-date;x-amz-target"
        let credential = "\(user)/\(date.prefix(8))/\(region)/states/aws4_request"
        let scope = try #require(SignatureClaim.Scope(credential))
        let canonical = SignatureVersion4.canonicalRequest(
            wire, signedHeaders: names.split(separator: ";").map(String.init),
            payloadHash: SignatureVersion4.payloadHash(bytes))
        wire.fields.append(
            .init(
                name: "authorization",
                value: "AWS4-HMAC-SHA256 Credential=\(credential), SignedHeaders=\(names), Signature=0"))
        let text = SignatureVersion4.stringToSign(canonical, try SignatureClaim(wire))
        let signature = SignatureVersion4.signature(of: text, secret: "secret of \(user)", scope)
        wire.fields[3].value = wire.fields[3].value.replacing("Signature=0", with: "Signature=\(signature)")
        return try await send(wire, bytes).body
    }
}
