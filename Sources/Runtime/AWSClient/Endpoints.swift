/// Where services are: what the environment and profiles say, else AWS's own names.
/// Source: AWS SDKs and Tools Reference Guide, service-specific endpoints; partitions of AWS General Reference.
struct Endpoints: Sendable {
    /// The configured endpoint of all services, and of some by service id (`SQS`, `DYNAMODB`, `S3`).
    var ofAll: String?
    var ofService: [String: String]
    var usesFIPS: Bool

    /// Services that are one for the whole partition; where they sign.
    private static let global: Set<String> = [
        "iam", "route53", "cloudfront", "organizations", "waf", "shield", "importexport", "globalaccelerator",
    ]

    /// - Returns: the endpoint and the region that is signed.
    func resolve(prefix: String, serviceID: String, region: String) -> (endpoint: String, region: String) {
        let key = serviceID.uppercased().replacing(" ", with: "_").replacing("-", with: "_")
        if let own = ofService[key] ?? ofAll { return (own, region) }
        let isChina = region.hasPrefix("cn-")
        let suffix =
            isChina
            ? "amazonaws.com.cn"
            : region.hasPrefix("us-iso-")
                ? "c2s.ic.gov" : region.hasPrefix("us-isob-") ? "sc2s.sgov.gov" : "amazonaws.com"
        let name = usesFIPS ? "\(prefix)-fips" : prefix
        if Self.global.contains(prefix), !isChina, !region.hasPrefix("us-gov"), !region.hasPrefix("us-iso") {
            return ("https://\(name).\(suffix)", "us-east-1")
        }
        return ("https://\(name).\(region).\(suffix)", region)
    }
}
