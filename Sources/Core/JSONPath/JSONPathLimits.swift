/// Bounds that keep a hostile path or document from exhausting the stack, the memory or the time.
///
/// Ours; Step Functions documents none. All lie far above what real definitions use (the longest of 1,525 published
/// paths has 9 steps).
public enum JSONPathLimits {
    /// Bytes of a path's text.
    public static let textBytesMax = 16_384
    /// Steps of a path.
    public static let stepsMax = 256
    /// Comparisons joined by `&&` and `||` in one filter.
    public static let filterCriteriaMax = 256
    /// How deep `..` descends into a document.
    public static let documentDepthMax = 1_000
    /// Values that one evaluation visits: `$..*..*..*` multiplies with each scan.
    public static let visitsMax = 5_000_000
    /// Steps that a regular expression takes on one value, backtracking included.
    public static let patternStepsMax = 1_000_000
    /// Instructions of a compiled regular expression, counted repetitions written out.
    public static let patternInstructionsMax = 10_000
    /// Groups within groups of a regular expression.
    public static let patternDepthMax = 50
}
