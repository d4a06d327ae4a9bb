/// Why a text is not a regular expression; the offset counts bytes from the pattern's start.
struct RegularExpressionError: Error {
    var message: String
    var offset: Int
}
