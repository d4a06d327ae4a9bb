import AccessPolicy
import JSON
import Testing

@Suite struct PolicyDocumentTests {
    private let arn = "arn:aws:states:us-east-1:000000000000:stateMachine:orders"

    private func decide(
        _ policy: String, _ action: String = "states:StartExecution", on resource: String? = nil,
        with keys: [String: [String]] = [:]
    ) throws -> AccessDecision {
        var request = AccessRequest(action: action, resource: resource ?? arn)
        for (key, values) in keys { request.set(key, values) }
        return request.decide(by: [try PolicyDocument(try JSONParser.parse(policy))])
    }

    private func allow(_ rest: String) -> String {
        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow",\#(rest)}}"#
    }

    @Test func `What nothing allows is denied, and a Deny wins over an Allow`() throws {
        let policy = #"""
            {"Version":"2012-10-17","Statement":[
                {"Effect":"Deny","Action":"states:Delete*","Resource":"*"},
                {"Effect":"Allow","Action":"states:*","Resource":"arn:aws:states:*:000000000000:stateMachine:ord?rs"}]}
            """#
        #expect(try decide(policy) == .allowed)
        #expect(try decide(policy, "states:DeleteStateMachine") == .deniedExplicitly)
        #expect(try decide(policy, on: arn + "2") == .deniedImplicitly)
        #expect(try decide(policy, "STATES:startexecution") == .allowed)
    }

    @Test(arguments: [
        (#""NotAction":"states:Delete*","Resource":"*""#, true),
        (#""NotAction":"states:Start*","Resource":"*""#, false),
        (#""Action":"*","NotResource":"arn:aws:states:*:*:activity:*""#, true),
        (#""Action":["states:List*","states:Start*"],"NotResource":"*:stateMachine:*""#, false),
    ])
    func `NotAction and NotResource select everything else`(_ rest: String, _ isAllowed: Bool) throws {
        #expect(try decide(allow(rest)) == (isAllowed ? .allowed : .deniedImplicitly))
    }

    @Test(
        "A statement applies when all its conditions hold",
        arguments: [
            (#"{"StringEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}"#, true),
            (#"{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","us-east-1"]}}"#, false),
            (#"{"StringLike":{"aws:requestedregion":"us-*"}}"#, true),
            (#"{"StringEquals":{"aws:RequestedRegion":"us-*"}}"#, false),
            (#"{"StringEqualsIgnoreCase":{"aws:RequestedRegion":"US-EAST-1"}}"#, true),
            (#"{"StringEquals":{"aws:Absent":"x"}}"#, false), (#"{"StringNotEquals":{"aws:Absent":"x"}}"#, true),
            (#"{"StringEqualsIfExists":{"aws:Absent":"x"}}"#, true),
            (#"{"Null":{"aws:Absent":"true"}}"#, true), (#"{"Null":{"aws:RequestedRegion":"true"}}"#, false),
            (#"{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/25"]}}"#, true),
            (#"{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"#, false),
            (#"{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}"#, false),
            (#"{"DateLessThan":{"aws:CurrentTime":"2026-02-01T00:00:00Z"}}"#, true),
            (#"{"DateGreaterThan":{"aws:EpochTime":"1700000000"}}"#, true),
            (#"{"DateGreaterThan":{"aws:CurrentTime":"2026-01-31T12:00:00+02:00"}}"#, false),
            (#"{"NumericLessThanEquals":{"aws:EpochTime":1769853600}}"#, true),
            (#"{"Bool":{"aws:SecureTransport":true}}"#, false),
            (#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/de*"}}"#, true),
            (#"{"ArnLike":{"aws:PrincipalArn":"arn:*:user/deploy"}}"#, false),
            (#"{"StringEquals":{"aws:ResourceTag/team":"${aws:username}"}}"#, true),
            (#"{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team, 'deploy'}"}}"#, true),
            (#"{"ForAllValues:StringEquals":{"aws:TagKeys":["team","cost"]}}"#, true),
            (#"{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}"#, false),
            (#"{"ForAnyValue:StringEquals":{"aws:TagKeys":["team"]}}"#, true),
            (#"{"ForAllValues:StringEquals":{"aws:Absent":["team"]}}"#, true),
            (#"{"ForAnyValue:StringEquals":{"aws:Absent":["team"]}}"#, false),
            (#"{"StringEquals":{"aws:RequestedRegion":"us-east-1"},"Bool":{"aws:SecureTransport":"true"}}"#, false),
        ])
    func conditionsHold(_ condition: String, _ holds: Bool) throws {
        let policy = allow(#""Action":"states:*","Resource":"*","Condition":\#(condition)"#)
        let decision = try decide(
            policy,
            with: [
                "aws:RequestedRegion": ["us-east-1"], "aws:SourceIp": ["192.0.2.7"],
                "aws:CurrentTime": ["2026-01-31T10:00:00Z"], "aws:EpochTime": ["1769853600"],
                "aws:SecureTransport": ["false"], "aws:PrincipalArn": ["arn:aws:iam::000000000000:user/deploy"],
                "aws:ResourceTag/team": ["deploy"], "aws:username": ["deploy"], "aws:TagKeys": ["team", "cost"],
            ])
        #expect(decision == (holds ? .allowed : .deniedImplicitly))
    }

    @Test func `What a variable brings in has no wildcards, and a variable without a value matches nothing`() throws {
        let policy = allow(
            #""Action":"states:*","Resource":"arn:aws:states:us-east-1:000000000000:stateMachine:${aws:username}-*""#)
        let prefix = "arn:aws:states:us-east-1:000000000000:stateMachine:"
        #expect(try decide(policy, on: prefix + "a-1", with: ["aws:username": ["a"]]) == .allowed)
        #expect(try decide(policy, on: prefix + "b-1", with: ["aws:username": ["*"]]) == .deniedImplicitly)
        #expect(try decide(policy, on: prefix + "a-1") == .deniedImplicitly)
    }

    @Test(
        "A policy that is wrong is refused with the place",
        arguments: [
            (#"[]"#, "a policy must be an object"),
            (#"{"Statement":[{"Effect":"Permit","Action":"*","Resource":"*"}]}"#, "/Statement/0/Effect: must be"),
            (#"{"Statement":[{"Effect":"Allow","Resource":"*"}]}"#, "must have either Action or NotAction"),
            (#"{"Statement":[{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}]}"#, "either Action or"),
            (#"{"Statement":[{"Effect":"Allow","Action":"Start","Resource":"*"}]}"#, "names no service"),
            (#"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"orders"}]}"#, "neither an ARN nor"),
            (
                #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}]}"#,
                "/Statement/0/Principal"
            ),
            (#"{"Version":"2020-01-01","Statement":[]}"#, "/Version"),
            (
                #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Equals":{"a":"b"}}}]}"#,
                "no operator of conditions"
            ),
            (
                #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"a":"b"}}}]}"#,
                "\"b\" is no value for IpAddress"
            ),
        ])
    func isRefused(_ text: String, _ message: String) throws {
        let error = #expect(throws: PolicyError.self) { try PolicyDocument(try JSONParser.parse(text)) }
        #expect("\(try #require(error))".contains(message))
    }

    @Test func `A pattern of many stars takes no exponential time`() throws {
        let stars = String(repeating: "*a", count: 200)
        let policy = allow(#""Action":"states:*","Resource":"*\#(stars)b""#)
        #expect(try decide(policy, on: String(repeating: "a", count: 4_000)) == .deniedImplicitly)
    }
}
