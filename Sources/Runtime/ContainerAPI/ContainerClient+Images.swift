public import JSON
import NIOHTTP1

extension ContainerClient {
    /// Whether an image is here.
    public func hasImage(_ name: String) throws(ContainerFailure) -> Bool {
        try Self.value(begin(.GET, "/images/\(name)/json"), elseNilFor: [404]) != nil
    }

    /// Begins to fetch an image from its registry. Without tag and digest: `latest`.
    public func pull(_ name: String) -> ContainerCall {
        let isTagged = name.contains("@") || name.split(separator: "/").last?.contains(":") == true
        return begin(
            .POST, "/images/create", query: [("fromImage", isTagged ? name : "\(name):latest")], timeout: nil)
    }

    /// Waits until an image is fetched.
    /// - Throws: with what the registry said.
    public func finish(pull call: ContainerCall) throws(ContainerFailure) {
        let answer = try call.wait()
        guard answer.status == 200 else { throw Self.refusal(answer) }
        // The answer is progress, a line of JSON each; errors come as such lines, after the status.
        for line in answer.body.split(separator: 0x0A) {
            guard let message = (try? JSONParser.parse(Array(line)))?["error"]?.string else { continue }
            throw ContainerFailure(.refused(status: 500), message)
        }
    }

    // MARK: - Volumes

    /// Makes a volume, unless there is one of this name.
    public func createVolume(_ name: String, labels: JSONValue) throws(ContainerFailure) {
        _ = try Self.value(
            begin(.POST, "/volumes/create", body: ["Name": .string(name), "Labels": labels]), elseNilFor: [409])
    }

    /// Removes a volume that no container uses.
    public func removeVolume(_ name: String) throws(ContainerFailure) {
        _ = try Self.value(begin(.DELETE, "/volumes/\(name)", query: [("force", "1")]), elseNilFor: [404])
    }
}
