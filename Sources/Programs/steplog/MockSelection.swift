import StatesLanguage
import TaskWorkers
import Terminal

/// The mocks of a run: a configuration and the test case chosen from it.
struct MockSelection {
    let configuration: MockConfiguration?
    let testCase: String?

    /// - Parameters:
    ///   - argument: `FILE` or `FILE#CASE`; nil for no mocks.
    ///   - caseOfFile: the test case that was named behind the definition's file.
    init(_ argument: String?, caseOfFile: String?, machineName: String) throws(BadInput) {
        guard let argument else {
            guard let caseOfFile else {
                configuration = nil
                testCase = nil
                return
            }
            throw BadInput(
                "#\(caseOfFile) names a test case, but there are no mocks: give them with --mock-config FILE.")
        }
        let mark = argument.lastIndex(of: "#")
        let path = mark.map { String(argument[..<$0]) } ?? argument
        let named = mark.map { String(argument[argument.index(after: $0)...]) } ?? caseOfFile
        let read = try MockConfiguration(file: path)
        let known = read.testCases(machine: machineName)
        guard !known.isEmpty else {
            throw BadInput(
                "\(path): StateMachines.\(machineName) has no test cases; the machine is called \"\(machineName)\" after its file."
            )
        }
        guard let chosen = named ?? (known.count == 1 ? known.first : nil) else {
            throw BadInput(
                "Which test case? Write --mock-config \(path)#CASE; CASE is one of: \(known.joined(separator: ", ")).")
        }
        guard known.contains(chosen) else {
            let hint =
                SpellingSuggestion.hint(for: chosen, among: known) ?? "there are: \(known.joined(separator: ", "))"
            throw BadInput("\(path): StateMachines.\(machineName).TestCases has no \"\(chosen)\"; \(hint)")
        }
        configuration = read
        testCase = chosen
    }
}
