public import AccessPolicy
import Engine
import JSON
import ReadModel

/// Who may do what: requests are believed by their signature and allowed by the policies of who signed them.
public struct AccessControl: Sendable {
    private let authenticator: RequestAuthenticator

    public init(_ users: [AccessUser]) { authenticator = RequestAuthenticator(users) }

    /// - Throws: what `RequestAuthenticator` throws.
    func authenticate(
        _ request: WireRequest, body: [UInt8], now: Int64
    ) throws(APIError) -> RequestAuthenticator.Identity {
        try authenticator.identity(of: request, body: body, now: now)
    }

    /// - Throws: AccessDeniedException in AWS's words.
    func authorize(
        _ identity: RequestAuthenticator.Identity, _ operation: String, _ request: APIRequest, _ wire: WireRequest,
        _ services: APIServices
    ) throws(APIError) {
        for var access in OperationAccess.requests(operation, request, account: services.account) {
            circumstances(&access, identity, wire, services)
            let decision = access.decide(by: identity.user.policies)
            guard decision != .allowed else { continue }
            let reason =
                decision == .deniedExplicitly
                ? "with an explicit deny in an identity-based policy"
                : "because no identity-based policy allows the \(access.action) action"
            throw .authentication(
                "AccessDeniedException",
                "User: \(identity.user.arn) is not authorized to perform: \(access.action) on resource: "
                    + "\(access.resource) \(reason)")
        }
    }

    /// The global condition keys. Source: IAM User Guide, AWS global condition context keys.
    private func circumstances(
        _ access: inout AccessRequest, _ identity: RequestAuthenticator.Identity, _ wire: WireRequest,
        _ services: APIServices
    ) {
        let now = services.now()
        let user = identity.user
        access.set("aws:RequestedRegion", [identity.region])
        access.set("aws:CurrentTime", [SignatureTime.iso8601(now)])
        access.set("aws:EpochTime", [String(now / 1_000)])
        access.set("aws:username", [user.name])
        access.set("aws:userid", [identity.accessKeyID])
        access.set("aws:PrincipalArn", [user.arn])
        access.set("aws:PrincipalType", [user.arn.contains(":assumed-role/") ? "AssumedRole" : "User"])
        access.set("aws:SecureTransport", ["false"])
        let arnParts = user.arn.split(separator: ":", omittingEmptySubsequences: false)
        if arnParts.count > 4 { access.set("aws:PrincipalAccount", [String(arnParts[4])]) }
        if let address = wire.sourceAddress { access.set("aws:SourceIp", [address]) }
        if let agent = wire.value("user-agent") { access.set("aws:UserAgent", [agent]) }
        if let referer = wire.value("referer") { access.set("aws:Referer", [referer]) }
        for tag in user.tags { access.set("aws:PrincipalTag/\(tag.key)", [tag.value]) }
        let resource = access.resource.split(separator: ":", omittingEmptySubsequences: false)
        if resource.count > 5 { access.set("aws:ResourceAccount", [String(resource[4])]) }
        let registry = services.readModel.registry
        let tags = registry.machines[access.resource]?.tags ?? registry.activities[access.resource]?.tags ?? []
        for tag in tags {
            guard let key = tag["key"]?.string else { continue }
            access.set("aws:ResourceTag/\(key)", [tag["value"]?.string ?? ""])
        }
    }
}
