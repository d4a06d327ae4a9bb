import Signatures
import StepFunctionsClient
import Testing

@Suite("Where the client finds its settings")
struct SettingsTests {
    private static let config = """
        # a comment
        [default]
        region = eu-west-1

        [profile work]
        region=eu-central-1
        endpoint_url = http://sfn.work.internal:8083
        services = local

        [services local]
        s3 =
          endpoint_url = http://127.0.0.1:9000
        sfn =
          endpoint_url = http://127.0.0.1:9999

        [profile plain]
        endpoint_url = http://plain.internal
        """
    private static let credentials = """
        [work]
        aws_access_key_id = AKIAWORK
        aws_secret_access_key = secret=with=equals
        aws_session_token = token

        [half]
        aws_access_key_id = AKIAHALF
        """

    private func settings(
        endpoint: String? = nil, profile: String? = nil, _ environment: [String: String] = [:]
    ) throws -> ClientSettings {
        try ClientSettings(
            endpoint: endpoint, profile: profile, environment: environment.merging(["HOME": "/home/ada"]) { $1 }
        ) {
            switch $0 {
            case "/home/ada/.aws/config": Self.config
            case "/home/ada/.aws/credentials": Self.credentials
            default: nil
            }
        }
    }

    @Test("Where nothing is set the API is steplog dev on this machine, and requests are not signed")
    func defaults() throws {
        let found = try ClientSettings(environment: [:]) { _ in nil }
        #expect(found == ClientSettings(endpoint: "http://127.0.0.1:8083", region: "us-east-1", credentials: nil))
        #expect(try settings().region == "eu-west-1")
    }

    @Test("A profile has a region, keys, and an endpoint for Step Functions alone before one for all")
    func profile() throws {
        let found = try settings(profile: "work")
        #expect(found.endpoint == "http://127.0.0.1:9999")
        #expect(found.region == "eu-central-1")
        #expect(
            found.credentials
                == Credentials(accessKeyID: "AKIAWORK", secretAccessKey: "secret=with=equals", sessionToken: "token"))
        #expect(try settings(profile: "plain").endpoint == "http://plain.internal")
        #expect(try settings(["AWS_PROFILE": "work"]) == found)
    }

    @Test("Options go before the environment, the environment before the profile")
    func precedence() throws {
        let environment = [
            "AWS_PROFILE": "plain", "AWS_ENDPOINT_URL": "http://all", "AWS_REGION": "ap-south-1",
            "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s",
        ]
        let found = try settings(environment)
        #expect(found.endpoint == "http://all")
        #expect(found.region == "ap-south-1")
        #expect(found.credentials?.accessKeyID == "AKIAENV")
        #expect(
            try settings(environment.merging(["AWS_ENDPOINT_URL_SFN": "http://sfn"]) { $1 }).endpoint == "http://sfn")
        #expect(try settings(endpoint: "http://option", environment).endpoint == "http://option")
        #expect(try settings(profile: "work", environment).credentials?.accessKeyID == "AKIAWORK")
        let ignoring = environment.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 }
        #expect(try settings(ignoring).endpoint == ClientSettings.endpointDefault)
    }

    @Test("A profile that is nowhere, and half of a key, are errors")
    func errors() {
        #expect(throws: ClientFailure.self) { try settings(profile: "typo") }
        #expect(throws: ClientFailure.self) { try settings(profile: "half") }
    }
}
