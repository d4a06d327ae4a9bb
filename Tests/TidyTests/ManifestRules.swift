/// Rules for Package.swift, the map: one line a target, lowest layer first, arrows only up the list.
enum ManifestRules {
    /// A line such as `core("JSONPath", ["JSON"])`.
    struct Entry: Equatable {
        var helper: String
        var name: String
        /// Targets of this package only; products of others are left out.
        var targets: [String]
        var namesProducts: Bool
        var line: Int
    }

    /// What a line can begin with, and the level of what it declares; C headers stand with the runtime, which alone needs them.
    private static let levels: [(helper: String, level: Int)] = [
        ("core", 0), ("log", 1), ("library", 1), ("headers", 2), ("runtime", 2), ("interface", 3), ("program", 4),
        ("testSupport", 5),
        ("testProgram", 5), ("tests", 5),
    ]

    static func entries(in file: SourceFile) -> [Entry] {
        file.lines.indices.compactMap { index in
            let text = statement(from: index, in: file)
            guard let helper = levels.map(\.helper).first(where: { text.hasPrefix("\($0)(\"") }) else { return nil }
            let name = text.dropFirst(helper.count + 2).prefix { $0 != "\"" }
            let items = text.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }.split(separator: ",")
            let targets = items.filter { $0.hasPrefix("\"") }.map { String($0.filter { $0 != "\"" }) }
            return Entry(
                helper: helper, name: String(name), targets: targets, namesProducts: targets.count < items.count,
                line: index + 1)
        }
    }

    /// The call that begins on a line, up to its closing parenthesis, without white space.
    private static func statement(from first: Int, in file: SourceFile) -> String {
        var text = ""
        var depth = 0
        for line in file.lines[first...] {
            for character in line where character != " " {
                text.append(character)
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                if character == ")", depth == 0 { return text }
            }
            if depth == 0 { return text }
        }
        return text
    }

    static func findings(in file: SourceFile) -> [Finding] {
        var found: [Finding] = []
        var known: [String: Int] = [:]
        var highest = 0
        for entry in entries(in: file) {
            let level = levels.first { $0.helper == entry.helper }?.level ?? 0
            if known[entry.name] != nil {
                found.append(file.finding(entry.line, "\(entry.name) is declared twice; keep one line."))
            }
            if level < highest {
                found.append(
                    file.finding(
                        entry.line,
                        "\(entry.helper)(\"\(entry.name)\") stands below a higher layer; move it up to its own."))
            }
            highest = max(highest, level)
            if entry.helper == "core", entry.namesProducts {
                found.append(
                    file.finding(entry.line, "\(entry.name) is a core target and may name no package's product."))
            }
            for target in entry.targets {
                guard let below = known[target] else {
                    found.append(
                        file.finding(entry.line, "\(entry.name) names \(target), which no line above it declares."))
                    continue
                }
                if entry.helper == "core", below > level {
                    found.append(file.finding(entry.line, "\(entry.name) is a core target and may not name \(target)."))
                }
                if entry.helper == "log", below == 0, !LayerRules.helpersOfBytes.contains(target) {
                    found.append(
                        file.finding(
                            entry.line,
                            "\(entry.name) is a log target: to it payloads are bytes; it may not name \(target)."))
                }
            }
            known[entry.name] = level
        }
        return found
    }
}
