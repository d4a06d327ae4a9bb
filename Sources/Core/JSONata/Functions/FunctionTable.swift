import JSON

/// Every function of the language by its name without `$`.
///
/// Source: JSONata documentation § Function library; Step Functions Developer Guide § Transforming data with JSONata.
enum FunctionTable {
    static let functions: [String: BuiltIn] = {
        var table: [String: BuiltIn] = [:]
        let groups = [
            StringFunctions.all, NumberFunctions.all, ArrayFunctions.all, ObjectFunctions.all, HigherOrderFunctions.all,
            RegexFunctions.all, EncodingFunctions.all, DateFunctions.all, StepFunctionsFunctions.all,
        ]
        for function in groups.joined() { table[function.name] = function }
        return table
    }()
}

/// Signatures of functions that the language provides.
enum Signatures {
    static let transform = builtIn("<(oa):o>")

    /// - Parameter text: well-formed, as each of the language's own is.
    static func builtIn(_ text: String) -> Signature? {
        do {
            return try Signature(text)
        } catch {
            preconditionFailure("The signature \(text) of a built-in function is well-formed")
        }
    }
}

extension BuiltIn {
    convenience init(_ name: String, _ signature: String, arity: Int, _ body: @escaping Body) {
        self.init(name, Signatures.builtIn(signature), arity: arity, body)
    }
}

/// Reading arguments that a signature has checked.
extension [Value] {
    /// The argument at `index`; nothing where it was not given.
    func value(_ index: Int) -> Value { index < count ? self[index] : .undefined }

    func number(_ index: Int) -> Double? {
        guard index < count, case .number(let number) = self[index] else { return nil }
        return number
    }

    func text(_ index: Int) -> JSONString? {
        guard index < count, case .string(let text) = self[index] else { return nil }
        return text
    }

    func function(_ index: Int) -> Function? {
        guard index < count, case .function(let function) = self[index] else { return nil }
        return function
    }
}

extension Double {
    /// The number as an index: without its fraction, and within what an index may be.
    var index: Int {
        if isNaN { return 0 }
        return Int(Swift.max(-1e15, Swift.min(1e15, rounded(.towardZero))))
    }
}
