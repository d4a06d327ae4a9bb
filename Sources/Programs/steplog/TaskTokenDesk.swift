import Engine
import JSON
import LocalService
import Terminal

/// Answers SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat by what the engine decides.
struct TaskTokenDesk {
    private let service: LocalEngine
    private let key: [UInt8]

    /// - Parameter key: signs the installation's task tokens.
    init(_ service: LocalEngine, _ key: [UInt8]) {
        self.service = service
        self.key = key
    }

    /// The errors have AWS's names and texts. Source: surface § 1.6.
    func answer(_ request: ControlRequest) -> ControlAnswer {
        guard let (executionArn, taskID) = TaskToken.parse(request.taskToken, key: key) else {
            return .refused(error: "InvalidToken", message: "Invalid Token: 'Invalid token'")
        }
        let report: TaskReport
        switch request.action {
        case .sendTaskSuccess(let output):
            do {
                try JSONParser.validate(output)
            } catch {
                return .refused(error: "InvalidOutput", message: "Invalid Output: '\(error)'")
            }
            report = .succeeded(output: output)
        case .sendTaskFailure(let error, let cause): report = .failed(error: error, cause: cause)
        case .sendTaskHeartbeat: report = .heartbeat
        }
        let command = CommandRecord(executionArn: executionArn, command: .reportTask(taskID: taskID, report))
        do {
            switch try service.ask(command, id: request.id) {
            case .accepted?: return .accepted
            case .rejected(let code, let message)?: return .refused(error: code, message: message)
            case nil:
                return .refused(error: "ServiceUnavailable", message: "The engine has not answered for 10 seconds.")
            }
        } catch {
            return .refused(error: "ServiceUnavailable", message: "\(error)")
        }
    }
}
