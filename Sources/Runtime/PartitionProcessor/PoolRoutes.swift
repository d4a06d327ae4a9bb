public import Engine
import JSON
import StatesLanguage

/// Which pool of workers does a task: that of the first route that fits, else `default`.
public struct PoolRoutes: Sendable, Equatable {
    /// All that it names must fit; what is nil fits anything.
    public struct Route: Sendable, Equatable {
        public var pool: String
        /// `ecs:runTask`, `lambda:invoke`, `activity` or the like: service and action of the `Resource`, whatever its pattern.
        public var integration: String?
        /// Of ECS tasks: the cluster's short name; `default` is that of a request that names none.
        public var cluster: String?
        /// A state machine's ARN or name.
        public var stateMachine: String?

        public init(pool: String, integration: String? = nil, cluster: String? = nil, stateMachine: String? = nil) {
            self.pool = pool
            self.integration = integration
            self.cluster = cluster
            self.stateMachine = stateMachine
        }
    }

    public static let defaultPool = "default"

    public var routes: [Route]

    public init(_ routes: [Route] = []) { self.routes = routes }

    /// Every pool that tasks can go to, `default` first. Who gives a task up tells all of them: the routes may have changed since.
    public var pools: [String] {
        var pools = [Self.defaultPool]
        for route in routes where !pools.contains(route.pool) { pools.append(route.pool) }
        return pools
    }

    public func pool(for request: TaskRequest) -> String {
        routes.first { Self.fits($0, request) }?.pool ?? Self.defaultPool
    }

    private static func fits(_ route: Route, _ request: TaskRequest) -> Bool {
        if let machine = route.stateMachine, machine != request.stateMachineArn {
            guard request.stateMachineArn.hasSuffix(":" + machine) else { return false }
        }
        if let integration = route.integration, integration != self.integration(request.resource) { return false }
        if let cluster = route.cluster {
            guard self.integration(request.resource) == "ecs:runTask", cluster == self.cluster(request.input) else {
                return false
            }
        }
        return true
    }

    private static func integration(_ resource: String) -> String? {
        switch TaskResource(arn: resource) {
        case .service(let service, let action, _)?: "\(service):\(action)"
        case .lambdaFunction?: "lambda:invoke"
        case .activity?: "activity"
        case nil: nil
        }
    }

    /// A cluster is named shortly or by its ARN, which ends in `cluster/NAME`.
    private static func cluster(_ input: String) -> String {
        let named = (try? JSONParser.parse(Array(input.utf8)))?["Cluster"]?.string
        return named?.split(separator: "/").last.map(String.init) ?? "default"
    }
}
