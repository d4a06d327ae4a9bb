extension QueryExpression {
    /// The workflow variables that the expression reads, in no order.
    var variableNames: Set<String> { [] }
}
