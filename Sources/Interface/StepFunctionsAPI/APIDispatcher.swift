import Engine
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
    /// nil: everybody may do everything.
    var access: AccessControl?

    /// - Parameter isConnected: whether somebody still waits for the answer.
    func answer(
        _ wire: WireRequest, isConnected: @escaping @Sendable () -> Bool = { true },
        body: () async throws(APIError) -> [UInt8]
    ) async -> Answer {
        let requestID = UniqueID.make()
        var action = "-"
        do {
            let bytes = try await body()
            guard wire.method == "POST", let target = wire.value("x-amz-target"),
                target.hasPrefix(Self.targetPrefix)
            else {
                throw APIError.unknownOperation
            }
            let name = String(target.dropFirst(Self.targetPrefix.count))
            guard let operation = Operations.named(name) else { throw APIError.unknownOperation }
            action = name
            let identity = try access?.authenticate(wire, body: bytes, now: services.now())
            var request = APIRequest(
                members: try Self.members(bytes), region: identity?.region ?? region(wire.value("authorization")))
            request.isConnected = isConnected
            var reader = ShapeReader()
            let members = OperationShapes.members(of: name, payloadMax: services.limits.payloadBytesMax)
            try reader.read(request.members, members, at: "")
            if let identity { try access?.authorize(identity, name, request, wire, services) }
            if let error = APIError(violations: reader.violations) { throw error }
            if let reason = services.unavailability() { throw APIError.throttled(reason) }
            let answer = try await operation(&request, services)
            return Answer(requestID: requestID, action: action, status: 200, body: answer)
        } catch let error as APIError {
            return Answer(
                requestID: requestID, action: action, status: error.status, body: JSONWriter.bytes(error.body))
        } catch let error where APIError(unavailable: error) != nil {
            let refusal = APIError(unavailable: error) ?? .unknownOperation
            return Answer(
                requestID: requestID, action: action, status: refusal.status, body: JSONWriter.bytes(refusal.body))
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
        // By bytes: it is done for each request, and a search by characters takes longer than the rest of the dispatch.
        let mark = Array("Credential=".utf8)
        guard let bytes = authorization.map({ Array($0.utf8) }), bytes.count > mark.count,
            let start = (0...(bytes.count - mark.count)).first(where: { bytes[$0...].starts(with: mark) })
        else {
            return services.region
        }
        let scope = bytes[(start + mark.count)...].prefix { $0 != UInt8(ascii: ",") }
        let parts = scope.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 5 else { return services.region }
        let region = String(decoding: parts[2], as: UTF8.self)
        return RegionName.isValid(region) ? region : services.region
    }
}

extension APIError {
    static let unknownOperation = APIError(
        "UnknownOperationException", "The request names no operation of AWSStepFunctions.", space: .service)
}
