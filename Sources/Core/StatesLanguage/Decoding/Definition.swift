public import JSON

/// Compiles definitions in Amazon States Language, or says all that is wrong with them.
public enum Definition {
    /// Nesting of arrays and objects in a definition that is read at most.
    public static let depthMax = 256
    /// State machines within one another (branches, item processors) that are read at most.
    public static let machineDepthMax = 32
    /// Diagnostics that are given at most; one more says that there were more.
    public static let diagnosticsMax = 1_000

    /// - Parameter text: a definition as JSON text.
    public static func compile(_ text: String, options: CompileOptions = CompileOptions()) -> Compilation {
        compile(text, at: .root, options: options) { decoder, value in decoder.decodeDefinition(value) }
    }

    /// - Parameter value: a definition that came in another form, e.g. YAML. Its diagnostics have no positions.
    public static func compile(_ value: JSONValue, options: CompileOptions = CompileOptions()) -> Compilation {
        var decoder = DefinitionDecoder(options: options)
        let machine = decoder.decodeDefinition(value)
        return decoder.compilation(of: machine, from: value)
    }

    /// Compiles one state by itself, as TestState takes it. States that it leads to are taken to exist; they are
    /// compiled as
    /// Succeed states.
    /// - Parameters:
    ///   - text: the definition of one state as JSON text.
    ///   - name: what the state is called, in locations too. AWS says `StateName`.
    public static func compileState(
        _ text: String, named name: String = "StateName", options: CompileOptions = CompileOptions()
    ) -> Compilation {
        let place = DefinitionPath([.key("States"), .key(name)])
        return compile(text, at: place, options: options) { decoder, value in
            decoder.decodeSingleState(value, named: name)
        }
    }

    /// - Parameter place: where in a definition the text's value stands.
    private static func compile(
        _ text: String, at place: DefinitionPath, options: CompileOptions,
        decode: (inout DefinitionDecoder, JSONValue) -> StateMachine?
    ) -> Compilation {
        guard text.utf8.count <= options.definitionBytesMax else {
            return refusal(ofLength: text.utf8.count, options: options)
        }
        let value: JSONValue
        do {
            value = try JSONParser.parse(text, depthMax: depthMax)
        } catch {
            return refusal(of: text, because: error)
        }
        var decoder = DefinitionDecoder(options: options)
        let duplicates = DuplicateFieldCheck.paths(in: text.utf8Span.span, limit: diagnosticsMax)
        decoder.report(duplicates: duplicates.map { DefinitionPath(place.steps + $0.steps) })
        let machine = decode(&decoder, value)
        let compilation = decoder.compilation(of: machine, from: value)
        let paths = compilation.diagnostics.map { DefinitionPath(Array($0.path.steps.dropFirst(place.steps.count))) }
        let positions = SourceLocator.positions(of: paths, in: text.utf8Span.span)
        let located = zip(compilation.diagnostics, positions).map { diagnostic, position in
            var located = diagnostic
            located.position = position
            return located
        }
        return Compilation(machine: compilation.machine, diagnostics: located)
    }

    private static func refusal(ofLength length: Int, options: CompileOptions) -> Compilation {
        let message =
            "The definition has \(length) bytes: Member must have length less than or equal to \(options.definitionBytesMax)"
        let start = SourcePosition(offset: 0, line: 1, column: 1)
        return Compilation(
            machine: nil,
            diagnostics: [Diagnostic(code: .tooLarge, message: message, location: nil, path: .root, position: start)])
    }

    /// AWS locates what is no JSON as its parser, Jackson, does: `[Source: (String)"…"; line: 1, column: 4]`.
    private static func refusal(of text: String, because error: JSONSyntaxError) -> Compilation {
        let isBlank = text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        if isBlank { return Compilation(machine: nil, diagnostics: [DefinitionDecoder.notAnObject]) }
        let location =
            "[Source: (String)\(excerpt(of: text)); line: \(error.line), column: \(error.column + consumed(by: error))]"
        return Compilation(
            machine: nil,
            diagnostics: [
                Diagnostic(
                    code: .invalidJSON, message: error.message, location: location, path: .root,
                    position: SourcePosition(offset: error.offset, line: error.line, column: error.column))
            ])
    }

    /// The first 500 characters in quotes, and how many are left out.
    private static func excerpt(of text: String) -> String {
        let units = text.utf16
        guard let end = units.index(units.startIndex, offsetBy: 500, limitedBy: units.endIndex), end < units.endIndex
        else {
            return "\"\(text)\""
        }
        let shown = String(decoding: units[..<end], as: UTF16.self)
        return "\"\(shown)\"[truncated \(units[end...].count) chars]"
    }

    /// Characters from the error's place that Jackson has read when it gives up: its columns count them.
    private static func consumed(by error: JSONSyntaxError) -> Int {
        if error.message.hasPrefix("Unrecognized token '") {
            return error.message.dropFirst("Unrecognized token '".count).prefix { $0 != "'" }.count
        }
        return error.message.hasPrefix("Unexpected character") || error.message.hasPrefix("Illegal unquoted") ? 1 : 0
    }
}
