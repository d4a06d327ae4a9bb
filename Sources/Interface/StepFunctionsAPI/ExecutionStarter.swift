import Digests
import Engine
import JSON
import ReadModel

/// What StartExecution and StartSyncExecution have in common.
struct ExecutionStarter {
    let services: APIServices
    /// As asked for, without a test case behind `#`.
    let machineText: String
    let testCase: String?
    let name: String?
    let input: String
    let traceHeader: String?

    /// Reads and checks the request.
    init(_ request: inout APIRequest, _ services: APIServices) throws {
        let text = try request.string("stateMachineArn", 1...256)
        name = try request.optionalString("name", 1...80)
        let input = try request.optionalString("input", 0...services.limits.payloadBytesMax)
        traceHeader = try request.optionalString("traceHeader", 0...256)
        try request.check()
        self.services = services
        self.input = input ?? "{}"
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        machineText = String(parts[0])
        testCase = parts.count == 2 ? String(parts[1]) : nil
        if let name { try ResourceName.check(name) }
    }

    /// Puts the start on the log.
    /// - Returns: once it is decided: the execution's ARN and its start, epoch milliseconds.
    func start(isSync: Bool) async throws -> (arn: String, startedAt: Int64) {
        try checkInput()
        let reference = try MachineReference(machineText)
        let machine = try await services.machineToStart(reference.machineArn, askedAs: machineText)
        let isExpress = machine.type == "EXPRESS"
        guard isExpress || !isSync else { throw APIError.typeNotSupported }
        let (settings, versionArn, aliasArn) = try resolve(reference, machine)
        let name = name ?? UniqueID.make()
        let prefix = machine.arn.split(separator: ":").prefix(5).joined(separator: ":")
        let arn =
            isExpress
            ? "\(prefix):express:\(machine.name):\(name):\(UniqueID.make())"
            : "\(prefix):execution:\(machine.name):\(name)"
        if let testCase, !services.hasTestCase(machine.name, testCase) {
            throw APIError.invalidArn("The mock configuration has no test case '\(testCase)' for '\(machine.name)'")
        }
        let hash = Digest.hexadecimal(Digest.sha256(Array(settings.definition.utf8)))
        let start = StartExecution(
            executionArn: arn, name: name, stateMachineArn: machine.arn, stateMachineVersionArn: versionArn,
            stateMachineAliasArn: aliasArn, roleArn: settings.roleArn, definitionHash: hash, input: input,
            traceHeader: traceHeader, testCase: testCase)
        let isKnown = services.isDefinitionOnLog(hash)
        let startedAt = try await services.decide(
            CommandRecord(
                executionArn: arn, command: .startExecution(start), definition: isKnown ? nil : settings.definition))
        return (arn, startedAt)
    }

    /// In the words of AWS's parser, Jackson.
    private func checkInput() throws(APIError) {
        guard !input.isEmpty else {
            throw APIError("InvalidExecutionInput", "Invalid State Machine Execution Input: 'Invalid execution input.'")
        }
        do {
            _ = try JSONParser.parse(input)
        } catch {
            throw APIError("InvalidExecutionInput", "Invalid State Machine Execution Input: '\(error.message)'")
        }
    }

    /// The settings that count: the machine's, a version's, or those of the version that an alias leads to this time.
    private func resolve(
        _ reference: MachineReference, _ machine: RegisteredMachine
    ) throws(APIError) -> (MachineSettings, versionArn: String?, aliasArn: String?) {
        switch reference.qualifier {
        case nil: return (machine.settings, nil, nil)
        case .version(let number):
            guard let version = machine.version(number) else { throw .machineDoesNotExist(machineText) }
            return (version.settings, machineText, nil)
        case .alias(let name):
            guard let alias = machine.alias(name) else { throw .machineDoesNotExist(machineText) }
            var drawn = Int64.random(in: 0..<100)
            for route in alias.routing {
                drawn -= route["weight"]?.number?.int64 ?? 0
                guard drawn < 0, let arn = route["stateMachineVersionArn"]?.string else { continue }
                let number = arn.split(separator: ":").last.flatMap { Int($0) } ?? 0
                guard let version = machine.version(number) else { break }
                return (version.settings, arn, machineText)
            }
            throw .machineDoesNotExist(machineText)
        }
    }
}
