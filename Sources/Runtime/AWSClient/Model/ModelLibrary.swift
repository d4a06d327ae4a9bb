import Foundation
import JSON
import Synchronization

/// The models of services: those of a directory in botocore's layout (`SERVICE/VERSION/service-2.json`, or `….json.gz`), and those
/// that are built in for the services that are called most. Each is read once, when it is first asked for.
final class ModelLibrary: Sendable {
    let directory: String?
    private let models = Mutex<[String: ServiceModel?]>([:])

    /// Services whose folder has another name than Step Functions gives them. Source: botocore's folder names, Java SDK's packages.
    private static let folders = [
        "sfn": "stepfunctions", "states": "stepfunctions", "eventbridge": "events", "cloudwatchlogs": "logs",
        "cloudwatchevents": "events", "cognitoidentityprovider": "cognito-idp", "cognitoidentity": "cognito-identity",
        "elasticloadbalancing": "elb", "elasticloadbalancingv2": "elbv2", "databasemigration": "dms",
        "elasticsearch": "es", "sesv2": "sesv2", "emr": "emr", "elasticmapreduce": "emr", "costexplorer": "ce",
        "applicationautoscaling": "application-autoscaling", "configservice": "config", "lambda": "lambda",
        "iotdataplane": "iot-data", "directconnect": "directconnect", "servicecatalog": "servicecatalog",
    ]

    /// - Parameter directory: nil: one that is found in the usual places, if any.
    init(directory: String?, environment: [String: String]) {
        self.directory = directory ?? Self.found(environment)
    }

    /// A service's model, by its id without spaces (`secretsmanager`), its folder's name (`cognito-idp`) or Step Functions' name (`sfn`).
    func model(_ service: String) -> ServiceModel? {
        let key = service.lowercased()
        if let known = models.withLock({ $0[key] }) { return known }
        let model = read(key) ?? BuiltInModels.model(Self.folders[key] ?? key)
        models.withLock { $0[key] = .some(model) }
        return model
    }

    private func read(_ key: String) -> ServiceModel? {
        guard let directory else { return nil }
        if let model = file(directory, Self.folders[key] ?? key) { return model }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
        if let name = names.first(where: { $0.filter { $0 != "-" } == key }) { return file(directory, name) }
        for name in names {
            guard let model = file(directory, name) else { continue }
            if model.serviceID.lowercased().filter({ $0 != " " && $0 != "-" }) == key { return model }
        }
        return nil
    }

    private func file(_ directory: String, _ name: String) -> ServiceModel? {
        guard !name.contains("/"), !name.contains("..") else { return nil }
        let folder = "\(directory)/\(name)"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().reversed()
        for version in versions {
            let path = "\(folder)/\(version)/service-2.json"
            let bytes =
                FileManager.default.contents(atPath: path).map { Array($0) }
                ?? FileManager.default.contents(atPath: path + ".gz").flatMap { Gzip.decompress(Array($0)) }
            if let bytes, let document = try? JSONParser.parse(bytes) { return ServiceModel(document) }
        }
        return nil
    }

    /// `AWS_DATA_PATH` and `~/.aws/models`, as botocore has them, then the botocore of a virtual environment or of the system.
    private static func found(_ environment: [String: String]) -> String? {
        var roots = (environment["AWS_DATA_PATH"] ?? "").split(separator: ":").map(String.init)
        roots.append("\(environment["HOME"] ?? "")/.aws/models")
        let manager = FileManager.default
        let prefixes = [environment["VIRTUAL_ENV"], "/usr/local", "/usr", "/opt/venv"].compactMap { $0 }
        for prefix in prefixes {
            let pythons = ((try? manager.contentsOfDirectory(atPath: "\(prefix)/lib")) ?? []).filter {
                $0.hasPrefix("python3")
            }
            for python in pythons.sorted() {
                roots += ["site-packages", "dist-packages"].map { "\(prefix)/lib/\(python)/\($0)/botocore/data" }
            }
        }
        return roots.first { manager.fileExists(atPath: "\($0)/sts") || manager.fileExists(atPath: "\($0)/sqs") }
    }
}
