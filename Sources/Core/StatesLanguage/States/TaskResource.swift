/// A Task state's `Resource`, taken apart.
public enum TaskResource: Sendable, Equatable {
    /// How a service integration waits for its result.
    public enum Pattern: String, Sendable {
        case requestResponse = ""
        case sync = ".sync"
        case sync2 = ".sync:2"
        case waitForTaskToken = ".waitForTaskToken"
    }

    /// A Lambda function's ARN.
    case lambdaFunction(arn: String)
    /// An activity's ARN.
    case activity(arn: String)
    /// `arn:aws:states:::ecs:runTask.sync`: type `ecs`, action `runTask`. `aws-sdk:dynamodb:putItem`: type `aws-sdk:dynamodb`.
    case service(type: String, action: String, pattern: Pattern)

    /// - Returns: nil when `arn` is none of these.
    public init?(arn: String) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        let rest = parts[5]
        switch parts[2] {
        case "lambda" where rest.hasPrefix("function:"):
            self = .lambdaFunction(arn: arn)
        case "states" where rest.hasPrefix("activity:"):
            self = .activity(arn: arn)
        case "states" where parts[3].isEmpty && parts[4].isEmpty:
            var name = rest
            var pattern = Pattern.requestResponse
            for candidate in [Pattern.sync2, .sync, .waitForTaskToken] where name.hasSuffix(candidate.rawValue) {
                pattern = candidate
                name = name.dropLast(candidate.rawValue.utf8.count)
                break
            }
            guard let colon = name.lastIndex(of: ":") else { return nil }
            self = .service(
                type: String(name[..<colon]), action: String(name[name.index(after: colon)...]), pattern: pattern)
        default:
            return nil
        }
    }
}
