import Signatures
import StepFunctionsClient
import Testing

/// The expected signatures were made by botocore 1.44.5's SigV4Auth from the same requests.
@Suite("Signed requests")
struct SignerTests {
    private let headers = [
        (name: "Content-Type", value: "application/x-amz-json-1.0"),
        (name: "X-Amz-Target", value: "AWSStepFunctions.ListStateMachines"),
        (name: "Host", value: "127.0.0.1:8083"),
    ]

    private func authorization(_ credentials: Credentials, body: String) -> String? {
        RequestSigner(credentials, region: "eu-west-1").headers(
            signing: headers, body: Array(body.utf8), date: "20261122T140509Z"
        ).first { $0.name == "Authorization" }?.value
    }

    @Test("A request is signed as botocore signs it")
    func longTerm() {
        let value = authorization(Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI"), body: "{}")
        #expect(
            value
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-west-1/states/aws4_request"
                + ", SignedHeaders=content-type;host;x-amz-date;x-amz-target"
                + ", Signature=c74b303fdccaee36f93bcb3397367d0ee5632463616623d5a6579486e652c663")
    }

    @Test("A session token is sent and signed")
    func session() {
        let value = authorization(
            Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI", sessionToken: "t0ken"),
            body: #"{"name":"ä"}"#)
        #expect(
            value
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-west-1/states/aws4_request"
                + ", SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target"
                + ", Signature=42ccbccc8823a52a03d7e5fea5fcfbe52072248463dcd8407510f7943e67bbf7")
    }
}
