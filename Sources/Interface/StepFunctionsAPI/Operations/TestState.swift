import Engine
import Foundation
import JSON

extension Operations {
    /// Runs one state by itself. A task without a mock is done by the workers of this installation.
    @Sendable static func testState(_ request: inout APIRequest, _ services: APIServices) async throws -> JSONObject {
        let asked = StateTestReader(request)
        let roleArn = try asked.roleArn.map { text throws(APIError) in try ARN.role(text) }

        let identity = identity(roleArn: roleArn, region: request.region, account: services.account)
        let settings = Decider.Settings(region: request.region, limits: services.limits, tokenKey: services.tokenKey)
        let moment = Moment(time: services.now(), seed: UInt64.random(in: 0 ... .max))
        do {
            var test = try asked.test.prepared()
            var answer = try test.run(as: identity, settings: settings, moment: moment)
            if case .needsTask(let task) = answer {
                test.mock = mock(await services.runTask(task))
                answer = try test.run(as: identity, settings: settings, moment: moment)
            }
            guard case .finished(let outcome) = answer else { return [:] }
            return members(of: outcome, level: asked.inspectionLevel)
        } catch {
            throw APIError(error)
        }
    }

    /// AWS runs the state as an Express execution of a state machine that is never there.
    private static func identity(roleArn: String?, region: String, account: String) -> StateTest.Identity {
        let machine = UUID().uuidString.lowercased()
        let name = UUID().uuidString.lowercased()
        let prefix = "arn:aws:states:\(region):\(account)"
        return StateTest.Identity(
            executionArn: "\(prefix):express:\(machine):\(name)", executionName: name,
            stateMachineArn: "\(prefix):stateMachine:\(machine)", roleArn: roleArn)
    }

    private static func mock(_ report: TaskReport) -> StateMock {
        switch report {
        case .succeeded(let output): .result(Payload(text: output))
        case .failed(let error, let cause): .failure(error: error, cause: cause)
        case .started, .claimed, .submitted, .heartbeat: .failure(error: "States.Timeout", cause: nil)
        }
    }

    private static func members(of outcome: StateTestOutcome, level: String) -> JSONObject {
        var answer: JSONObject = ["status": .string(outcome.status.rawValue)]
        answer["output"] = outcome.output.map { .string($0) }
        answer["error"] = outcome.error.map { .string($0) }
        answer["cause"] = outcome.cause.map { .string($0) }
        answer["nextState"] = outcome.nextState.map { .string($0) }
        if level != "INFO" { answer["inspectionData"] = .object(outcome.inspectionData) }
        return answer
    }
}

extension APIError {
    /// What TestState refuses.
    fileprivate init(_ refusal: StateTestRefusal) {
        switch refusal {
        case .validation(let message): self.init("ValidationException", message)
        case .invalidDefinition(let message): self.init("InvalidDefinition", message)
        case .invalidInput(let message):
            self.init("InvalidExecutionInput", "Invalid State Machine Execution Input: '\(message)'")
        }
    }
}
