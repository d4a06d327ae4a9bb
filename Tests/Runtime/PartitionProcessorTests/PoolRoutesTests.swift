import Engine
import PartitionProcessor
import Testing

@Suite("Which pool does a task")
struct PoolRoutesTests {
    private static let routes = PoolRoutes([
        .init(pool: "gpu", cluster: "gpu"),
        .init(pool: "billing", integration: "ecs:runTask", stateMachine: "billing"),
        .init(pool: "functions", integration: "lambda:invoke"),
    ])

    private static func request(_ resource: String, machine: String = "orders", input: String = "{}") -> TaskRequest {
        TaskRequest(
            taskID: "t", executionArn: "e",
            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:\(machine)",
            roleArn: "r", stateName: "s", resource: resource, input: input)
    }

    @Test(
        "The first route counts whose integration, cluster and state machine all fit",
        arguments: [
            ("arn:aws:states:::ecs:runTask.sync", "orders", "{}", "default"),
            ("arn:aws:states:::ecs:runTask", "orders", "{\"Cluster\": \"gpu\"}", "gpu"),
            (
                "arn:aws:states:::ecs:runTask", "o",
                "{\"Cluster\": \"arn:aws:ecs:us-east-1:123456789012:cluster/gpu\"}", "gpu"
            ),
            ("arn:aws:states:::ecs:runTask.sync", "billing", "{}", "billing"),
            ("arn:aws:states:::ecs:runTask.sync", "not-billing", "{}", "default"),
            ("arn:aws:states:::lambda:invoke.waitForTaskToken", "billing", "{}", "functions"),
            ("arn:aws:lambda:us-east-1:123456789012:function:f", "orders", "{\"Cluster\": \"gpu\"}", "functions"),
            ("arn:aws:states:us-east-1:123456789012:activity:a", "orders", "{}", "default"),
        ])
    func routes(resource: String, machine: String, input: String, pool: String) {
        #expect(Self.routes.pool(for: Self.request(resource, machine: machine, input: input)) == pool)
    }

    @Test("Every pool is named once, default first")
    func pools() {
        #expect(PoolRoutes().pools == ["default"])
        #expect(Self.routes.pools == ["default", "gpu", "billing", "functions"])
    }
}
