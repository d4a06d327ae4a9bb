/// What an expression refers to, as far as it can be told without evaluating it.
public struct JSONataReferences: Sendable, Equatable {
    /// A reference to the input document, which a Step Functions expression does not have.
    public struct DocumentReference: Sendable, Equatable {
        /// As it is written: `phone`, `$`, `$$`.
        public var text: String
        /// Just behind it, in UTF-16 code units.
        public var position: Int

        /// AWS's words for it when a definition is made (code UNSUPPORTED_JSONATA_EXPRESSION).
        public var refusal: String {
            text == "$$"
                ? "Reference to '$$' is not supported." : "Reference to '\(text)' at the top level is not supported."
        }
    }

    /// Names and contexts that stand outside any path, predicate or function; and `$$` anywhere.
    public internal(set) var document: [DocumentReference] = []
    /// Variables that the expression reads and does not define itself, without `$`, each once, in their order. Functions of
    /// the language are among them only where they are used like any other variable.
    public internal(set) var variables: [String] = []
    /// The names read from `$states`: `input` for `$states.input.order`. Nil stands for `$states` itself.
    public internal(set) var states: [String?] = []

    public init() {}
}
