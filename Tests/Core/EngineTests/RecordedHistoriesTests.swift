import Testing

@Suite("Histories recorded on AWS")
struct RecordedHistoriesTests {
    /// The share that issue 2 asks for, in per cent.
    private static let passedMin = 97

    @Test("The engine's histories are AWS's, ids, links and details included")
    func recordedHistories() throws {
        guard let folder = RecordedCase.folder else {
            print("skipped: AWS-recorded histories, for want of ../shared (set STEPLOG_SHARED)")
            return
        }
        var (applicable, passed) = (0, 0)
        var excluded: [String: Int] = [:]
        for recorded in try RecordedCase.all(in: folder) {
            if let reason = recorded.exclusion {
                excluded[reason, default: 0] += 1
                continue
            }
            applicable += 1
            let (difference, problems) = try recorded.difference()
            #expect(problems.isEmpty, "\(recorded.name)")
            if let difference { print("differs: \(recorded.name): \(difference)") } else { passed += 1 }
        }
        let left = excluded.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }.joined(separator: ", ")
        print("AWS-recorded histories: \(passed) of \(applicable); not applicable: \(left)")
        #expect(passed * 100 >= applicable * Self.passedMin)
    }
}
