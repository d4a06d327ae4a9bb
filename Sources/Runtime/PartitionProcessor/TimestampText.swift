import StatesLanguage

/// The text of the last timestamp: events of one decision share it.
struct TimestampText {
    private var milliseconds: Int64 = .min
    private var value = ""

    mutating func text(_ epochMilliseconds: Int64) -> String {
        if epochMilliseconds != milliseconds {
            milliseconds = epochMilliseconds
            value = Timestamp(epochMilliseconds: epochMilliseconds).text
        }
        return value
    }
}
