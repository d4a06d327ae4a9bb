import Engine
import Foundation
import JSON

/// Finds the operation of a request and has it answer; whatever goes wrong becomes an error that AWS's clients know.
struct APIDispatcher {
    struct Answer {
        let requestID: String
        /// The operation, or `-`.
        let action: String
        let status: Int
        let body: [UInt8]
    }

    private static let targetPrefix = "AWSStepFunctions."
    /// Nesting of a request's JSON.
    private static let depthMax = 64

    let services: APIServices

    func answer(
        method: String, target: String?, authorization: String?, body: () async throws(APIError) -> [UInt8]
    ) async -> Answer {
        let requestID = UUID().uuidString.lowercased()
        var action = "-"
        do {
            let bytes = try await body()
            guard method == "POST", let target, target.hasPrefix(Self.targetPrefix) else {
                throw APIError.unknownOperation
            }
            let name = String(target.dropFirst(Self.targetPrefix.count))
            guard let operation = Operations.all[name] else { throw APIError.unknownOperation }
            action = name
            var request = APIRequest(members: try Self.members(bytes), region: region(authorization))
            let answer = try await operation(&request, services)
            return Answer(requestID: requestID, action: action, status: 200, body: JSONWriter.bytes(.object(answer)))
        } catch let error as APIError {
            return Answer(
                requestID: requestID, action: action, status: error.status, body: JSONWriter.bytes(error.body))
        } catch {
            let failure = APIError("InternalFailure", "The request could not be processed: \(error)", space: .service)
            return Answer(
                requestID: requestID, action: action, status: failure.status, body: JSONWriter.bytes(failure.body))
        }
    }

    private static func members(_ bytes: [UInt8]) throws(APIError) -> JSONObject {
        if bytes.isEmpty { return JSONObject() }
        do {
            if case .object(let object) = try JSONParser.parse(bytes, depthMax: depthMax) { return object }
        } catch {
            throw APIError("SerializationException", "The request's body is no JSON: \(error.message)", space: .service)
        }
        throw APIError("SerializationException", "The request's body is no JSON object.", space: .service)
    }

    /// Of the credential scope: `Credential=KEY/DATE/REGION/states/aws4_request`; else the configured one.
    private func region(_ authorization: String?) -> String {
        guard let scope = authorization?.split(separator: "Credential=").dropFirst().first?.split(separator: ",").first
        else {
            return services.region
        }
        let parts = scope.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, !parts[2].isEmpty,
            parts[2].utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        else { return services.region }
        return String(parts[2])
    }
}

extension APIError {
    static let unknownOperation = APIError(
        "UnknownOperationException", "The request names no operation of AWSStepFunctions.", space: .service)
}
