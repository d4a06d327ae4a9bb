/// Who may import whom. The table of docs/ARCHITECTURE.md § "Who may do what", read by the machine.
struct LayerRules {
    /// The modules of each layer, by the layer's folder.
    var modules: [String: Set<String>]

    /// Lowest first; a module may name modules of its own layer, and of the layers that `reach` gives.
    static let order = ["Core", "Log", "Runtime", "Interface", "Programs"]

    private static let reach: [String: Set<String>] = [
        "Core": [],
        "Log": [],
        "Runtime": ["Core", "Log"],
        "Interface": ["Core", "Runtime"],
        "Programs": ["Core", "Log", "Runtime", "Interface"],
    ]

    /// Core targets that work on bytes alone: the log layer may name them. Decision 0015.
    static let helpersOfBytes: Set<String> = ["Digests"]

    /// Bans beyond the layers: what a target must never hear of.
    private static let bans: [(module: String, imports: Set<String>, why: String)] = [
        ("JSON", ["JSONPath", "JSONata", "StatesLanguage", "Engine"], "values know nothing of workflows"),
        ("JSONPath", ["StatesLanguage", "Engine"], "queries know nothing of workflows"),
        ("JSONata", ["StatesLanguage", "Engine"], "queries know nothing of workflows"),
        ("StatesLanguage", ["Engine"], "definitions know nothing of executions"),
        (
            "PartitionProcessor",
            ["GRDB", "Hummingbird", "AsyncHTTPClient", "NIOHTTP1", "FoundationNetworking", "AWSClient"],
            "the processor runs the engine on a log and does nothing else"
        ),
        (
            "TaskWorkers", ["ReadModel", "GRDB"],
            "a worker does a task and reports; the engine retries"
        ),
        ("ReadModel", ["CommandGateway", "PartitionProcessor", "TaskWorkers"], "projections never write commands"),
        ("StepFunctionsAPI", ["TaskWorkers", "PartitionProcessor"], "the API asks the gateway and the read model"),
        ("Console", ["TaskWorkers", "PartitionProcessor"], "the console asks the gateway and the read model"),
    ]

    /// What a file imports against the table.
    func findings(in file: SourceFile) -> [Finding] {
        guard let layer = file.layer, let module = file.module else { return [] }
        return file.imports.compactMap { imported, line in
            refusal(of: imported, by: module, in: layer).map { file.finding(line, $0) }
        }
    }

    private func refusal(of imported: String, by module: String, in layer: String) -> String? {
        if let ban = Self.bans.first(where: { $0.module == module && $0.imports.contains(imported) }) {
            return "\(module) may not import \(imported): \(ban.why). Move the code to where the knowledge is."
        }
        if let owner = Self.order.first(where: { modules[$0]?.contains(imported) == true }) {
            let isAllowed =
                owner == layer || Self.reach[layer]?.contains(owner) == true
                || layer == "Log" && Self.helpersOfBytes.contains(imported)
            return isAllowed ? nil : "\(layer) may not import \(imported) of layer \(owner); arrows only point down."
        }
        if layer == "Core" {
            return "Core imports only Core modules; take out `import \(imported)` and pass what it gave as an argument."
        }
        return nil
    }
}
