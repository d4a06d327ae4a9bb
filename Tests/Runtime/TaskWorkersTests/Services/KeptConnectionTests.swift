import AWSClient
import Glibc
import JSON
import Testing

@testable import TaskWorkers

@Suite("Connections that are kept for the next request")
struct KeptConnectionTests {
    private func slowService() throws -> ScriptedService {
        try ScriptedService { call in
            if call.action == "/slow" { usleep(1_800_000) }
            return (200, [:])
        }
    }

    @Test("Each request has its own time, whatever the connection was opened with")
    func ownTime() throws {
        let service = try slowService()
        let transport = HTTPTransport()
        let quick = HTTPRequest(endpoint: service.url, path: "/quick")
        let slow = HTTPRequest(endpoint: service.url, path: "/slow")
        #expect(try transport.send(quick, timeoutSeconds: 1).status == 200)
        #expect(try transport.send(slow, timeoutSeconds: 10).status == 200)
        #expect(service.connectionCount == 1)
        #expect(service.actions == ["/quick", "/slow"])
        #expect(throws: HTTPTransport.Failure.self) { try transport.send(slow, timeoutSeconds: 1) }
        #expect(service.connectionCount == 1)
    }
}
