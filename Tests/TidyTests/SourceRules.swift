import Foundation

/// Rules that one file can break by itself.
enum SourceRules {
    static let longestFile = 450
    static let longestLine = 160

    /// Short sequences of tokens that a file may not hold.
    struct Ban {
        var sequence: [String]
        var advice: String
    }

    /// Core decides; it cannot wait, look at a clock, roll dice, lock or print.
    static let coreBans: [Ban] = [
        Ban(sequence: ["async"], advice: "Core is synchronous; the shell waits."),
        Ban(sequence: ["await"], advice: "Core is synchronous; the shell waits."),
        Ban(sequence: ["actor"], advice: "Core has values, not actors."),
        Ban(sequence: ["Task", "{"], advice: "Core starts nothing; return what is to be done."),
        Ban(sequence: ["Task", ".", "detached"], advice: "Core starts nothing; return what is to be done."),
        Ban(sequence: ["Mutex"], advice: "Core needs no lock: it has no shared state."),
        Ban(sequence: ["Date", "("], advice: "Take the time as an argument (`moment`)."),
        Ban(sequence: ["ContinuousClock"], advice: "Take the time as an argument (`moment`)."),
        Ban(sequence: ["SuspendingClock"], advice: "Take the time as an argument (`moment`)."),
        Ban(sequence: ["UUID"], advice: "Take ids as arguments (`moment`)."),
        Ban(sequence: [".", "random", "("], advice: "Take random bits as an argument (`moment`)."),
        Ban(sequence: ["SystemRandomNumberGenerator"], advice: "Take random bits as an argument (`moment`)."),
        Ban(sequence: [".", "shuffled", "("], advice: "Take random bits as an argument (`moment`)."),
        Ban(sequence: [".", "randomElement", "("], advice: "Take random bits as an argument (`moment`)."),
        Ban(sequence: [".", "hashValue"], advice: "Hashes differ between processes; compare the values."),
        Ban(sequence: ["nonisolated", "(", "unsafe", ")"], advice: "Core has no shared state."),
        Ban(sequence: ["@unchecked"], advice: "Core's types are plain values; make the type Sendable by its parts."),
    ]

    /// What no shipped code does.
    static let shippedBans: [Ban] = [
        Ban(sequence: ["try", "!"], advice: "Handle the error, or state with `precondition` why it cannot happen."),
        Ban(sequence: ["as", "!"], advice: "Use `as?` and handle the other case."),
        Ban(
            sequence: ["fatalError", "("],
            advice: "Throw on bad input; use `precondition` with a sentence for what cannot happen."),
        Ban(sequence: ["debugPrint", "("], advice: "Log it, or delete it."),
        Ban(sequence: ["dump", "("], advice: "Log it, or delete it."),
    ]

    /// All findings of these rules in a file under Sources.
    static func findings(in file: SourceFile) -> [Finding] {
        var found: [Finding] = []
        found += bans(shippedBans, in: file)
        if file.layer == "Core" { found += bans(coreBans, in: file) }
        if file.layer != "Programs" {
            found += bans(
                [Ban(sequence: ["print", "("], advice: "Only programs print; return the text or log it.")], in: file)
        }
        found += forcedUnwraps(in: file)
        found += unsafeWithoutReason(in: file)
        found += looseTasks(in: file)
        found += lengths(in: file)
        found += unfinishedWork(in: file)
        found += typeNamedAsModule(in: file)
        found += undocumentedTypes(in: file)
        if file.module == "Engine" { found += unorderedCollections(in: file) }
        return found
    }

    static func bans(_ bans: [Ban], in file: SourceFile) -> [Finding] {
        bans.flatMap { ban in
            file.occurrences(of: ban.sequence).map {
                file.finding($0.line, "`\(ban.sequence.joined())` has no place here. \(ban.advice)")
            }
        }
    }

    /// `value!`, `call()!`, `list[0]!` and `Type!`.
    static func forcedUnwraps(in file: SourceFile) -> [Finding] {
        file.indices(of: "!").filter { $0 > 0 }.compactMap { index in
            let token = file.tokens[index]
            let previous = file.tokens[index - 1].text
            guard token.text == "!", token.touchesPrevious, !["try", "as"].contains(previous) else { return nil }
            let endsValue =
                previous == ")" || previous == "]" || previous.first?.isLetter == true || previous.first == "_"
            let isComparison =
                index + 1 < file.tokens.count && file.tokens[index + 1].text == "="
                && file.tokens[index + 1].touchesPrevious
            return endsValue && !isComparison
                ? file.finding(
                    token.line,
                    "Forced unwrap after `\(previous)`: use `guard let`, or a `precondition` with a sentence.") : nil
        }
    }

    /// Every step out of memory or data-race safety says in a `SAFETY:` comment why it holds: types and variables right above,
    /// expressions near by, or for the whole file at its head.
    static func unsafeWithoutReason(in file: SourceFile) -> [Finding] {
        let unchecked =
            file.occurrences(of: ["@unchecked"]) + file.occurrences(of: ["nonisolated", "(", "unsafe", ")"])
        let bare = unchecked.filter { !file.hasComment("SAFETY:", atOrAbove: $0.line, within: 6) }
        let isSafeThroughout = file.hasComment("SAFETY:", atOrAbove: 20, within: 20)
        let expressions = file.indices(of: "unsafe").filter { index in
            // `unsafe expression`; not `(unsafe)` and not an argument label or a member of that name.
            index + 1 < file.tokens.count && ![")", ":", ","].contains(file.tokens[index + 1].text)
                && (index == 0 || file.tokens[index - 1].text != ".")
        }.map { file.tokens[$0] }
        let loose =
            isSafeThroughout ? [] : expressions.filter { !file.hasComment("SAFETY:", atOrAbove: $0.line, within: 12) }
        return Set((bare + loose).map(\.line)).sorted().map {
            file.finding(
                $0,
                "Unsafe code without a `SAFETY:` comment near by: say above it, or at the file's head, why it is safe.")
        }
    }

    /// `Task {` outlives its scope unless someone awaits it.
    static func looseTasks(in file: SourceFile) -> [Finding] {
        (file.occurrences(of: ["Task", "{"]) + file.occurrences(of: ["Task", ".", "detached"]))
            .filter { !file.hasComment("await", atOrAbove: $0.line, within: 4) }
            .map {
                file.finding($0.line, "Unstructured task: use a task group, or say in a comment above who awaits it.")
            }
    }

    static func lengths(in file: SourceFile) -> [Finding] {
        var found: [Finding] = []
        if file.lines.count > longestFile {
            found.append(
                file.finding(
                    longestFile + 1,
                    "\(file.lines.count) lines, more than \(longestFile): ask what the file is two of, and split it."))
        }
        for (index, line) in file.lines.enumerated() where line.count > longestLine {
            found.append(file.finding(index + 1, "\(line.count) characters, more than \(longestLine): break the line."))
        }
        return found
    }

    static func unfinishedWork(in file: SourceFile) -> [Finding] {
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        return file.lines.enumerated().flatMap { index, line in
            guard let comment = line.range(of: "//") else { return [Finding]() }
            let spoken = line[comment.upperBound...].split { !$0.isLetter }
            return words.filter { spoken.contains(Substring($0)) }.map {
                file.finding(index + 1, "\($0): finish it now, or open an issue and delete the comment.")
            }
        }
    }

    /// Where a module and a type share a name, the type's members can no longer be told from the module's.
    static func typeNamedAsModule(in file: SourceFile) -> [Finding] {
        guard let module = file.module else { return [] }
        return ["struct", "class", "enum", "actor", "protocol", "typealias"].flatMap { kind in
            file.occurrences(of: [kind, module]).map {
                file.finding($0.line, "A type may not have its module's name \(module); name it after what it is.")
            }
        }
    }

    /// Every public type says in a sentence what it is; a type inside another may be explained there.
    static func undocumentedTypes(in file: SourceFile) -> [Finding] {
        let kinds: Set<String> = ["struct", "class", "enum", "actor", "protocol"]
        return file.lines.enumerated().compactMap { index, line in
            let words = line.split(separator: " ")
            guard line.hasPrefix("public "),
                words.dropFirst().prefix(3).contains(where: { kinds.contains(String($0)) }),
                !words.contains("func"), !words.contains("var")
            else { return nil }
            var above = index - 1
            while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
            let isDocumented = above >= 0 && file.lines[above].drop(while: { $0 == " " }).hasPrefix("///")
            return isDocumented
                ? nil : file.finding(index + 1, "A public type without a doc comment: say in a sentence what it is.")
        }
    }

    /// Swift seeds hashing per process: what iterates a Set or Dictionary in the engine can differ from run to run.
    static func unorderedCollections(in file: SourceFile) -> [Finding] {
        ["Set", "Dictionary"].flatMap { name in file.occurrences(of: [name, "<"]) }
            .filter { !file.hasComment("ORDER:", atOrAbove: $0.line, within: 4) }
            .map {
                file.finding(
                    $0.line,
                    "Unordered collection in the engine: use an array, or say in an `ORDER:` comment why order cannot show."
                )
            }
    }
}
