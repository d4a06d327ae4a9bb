import Foundation

/// Rules for the tree as a whole: what may be committed and what its texts may say.
enum RepositoryRules {
    /// Files that a build makes, or that depend on one machine.
    static func findings(inFileNames files: [String]) -> [Finding] {
        files.compactMap { path in
            let parts = path.split(separator: "/")
            let isBuilt =
                parts.last == "Package.resolved"
                || parts.contains { $0.hasPrefix(".build") || $0 == "__pycache__" || $0 == ".venv" }
            return isBuilt
                ? Finding(path: path, line: 1, message: "A built file is tracked: `git rm --cached` it.") : nil
        }
    }

    /// Hosts from which packages or images come. They belong to a machine's configuration, never to the project.
    private static let registryHosts: [String] = [
        ["docker", "io"], ["ghcr", "io"], ["quay", "io"], ["gcr", "io"], ["public", "ecr", "aws"], ["dkr", "ecr"],
        ["pypi", "org"], ["files", "pythonhosted", "org"], ["registry", "npmjs", "org"], ["crates", "io"],
        ["proxy", "golang", "org"], ["rubygems", "org"], ["repo1", "maven", "org"], ["deb", "debian", "org"],
    ].map { $0.joined(separator: ".") }

    static func registryHosts(inText text: String, path: String) -> [Finding] {
        let named = registryHosts.filter { text.contains($0) }
        guard !named.isEmpty else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            named.filter { line.contains($0) }.map {
                Finding(
                    path: path, line: index + 1,
                    message: "Names the registry host \($0): let the machine's own client settings choose it.")
            }
        }
    }

    /// Hand-made bugs whose lines do not stand in their file, once: the list has fallen behind. Source: scripts/check-mutations.
    static func mutations(inText text: String, path: String, source: (String) -> String) -> [Finding] {
        text.components(separatedBy: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n")
            guard lines.count > 1 else { return nil }
            let old = lines.filter { $0.hasPrefix("- ") }.map { $0.dropFirst(2) }.joined(separator: "\n")
            let count = source(String(lines[1])).components(separatedBy: old).count - 1
            return count == 1
                ? nil
                : Finding(path: path, line: 1, message: "\(lines[0]): its lines stand \(count) times in \(lines[1]).")
        }
    }

    /// Relative links of a Markdown page whose target is not in `files`. Folders count when a file lies in them.
    static func brokenLinks(inText text: String, path: String, files: Set<String>) -> [Finding] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            line.components(separatedBy: "](").dropFirst().compactMap { rest in
                let target = String(rest.prefix { $0 != ")" && $0 != "#" && $0 != " " })
                guard !target.isEmpty, !target.contains("://"), !target.hasPrefix("mailto:") else { return nil }
                let resolved = resolve(target, from: path)
                let isThere = files.contains(resolved) || files.contains { $0.hasPrefix(resolved + "/") }
                return isThere
                    ? nil
                    : Finding(
                        path: path, line: index + 1, message: "The link \(target) leads nowhere; mend or delete it.")
            }
        }
    }

    private static func resolve(_ target: String, from page: String) -> String {
        var parts = page.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}
