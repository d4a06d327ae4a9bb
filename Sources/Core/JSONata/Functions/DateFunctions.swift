import JSON

/// `$now`, `$millis`, `$fromMillis`, `$toMillis`.
enum DateFunctions {
    /// Which argument is a picture.
    static let picturePlaces = ["now": 0, "fromMillis": 1, "toMillis": 1]

    static let all: [BuiltIn] = [
        BuiltIn("now", "<s?s?:s>", arity: 2) { arguments, call throws(JSONataError) in
            .text(
                try text(call.context.environment.nowMilliseconds, arguments.text(0), arguments.text(1), call.picture))
        },
        BuiltIn("millis", "<:n>", arity: 0) { _, call in .number(Double(call.context.environment.nowMilliseconds)) },
        BuiltIn("fromMillis", "<n-s?s?:s>", arity: 3) { arguments, call throws(JSONataError) in
            guard let number = arguments.number(0) else { return .undefined }
            return .text(try text(Int64(number.index), arguments.text(1), arguments.text(2), call.picture))
        },
        BuiltIn("toMillis", "<s-s?:n>", arity: 2) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            if let picture = arguments.text(1) {
                let now = Int(call.context.environment.nowMilliseconds)
                return try Self.picture(picture, call.picture).parse(
                    text, now: now, steps: &call.context.regexStepsLeft
                )
                .map { .number($0) } ?? .undefined
            }
            guard let milliseconds = ISOTimestamp.milliseconds(text) else {
                throw JSONataError("D3110", value: .string(text))
            }
            return .number(milliseconds)
        },
    ]

    private static let iso8601 = try? DateTimePicture(DateTimePicture.iso8601)

    private static func text(
        _ milliseconds: Int64, _ picture: JSONString?, _ zone: JSONString?, _ prepared: PreparedPicture?
    ) throws(JSONataError) -> String {
        let format: DateTimePicture
        if let picture {
            format = try Self.picture(picture, prepared)
        } else if let iso8601 {
            format = iso8601
        } else {
            format = try DateTimePicture(DateTimePicture.iso8601)
        }
        return try format.format(milliseconds: Int(milliseconds), offset: zone.map { offset($0.text) } ?? 0)
    }

    private static func picture(
        _ text: JSONString, _ prepared: PreparedPicture?
    ) throws(JSONataError) -> DateTimePicture {
        if let prepared, prepared.text == text { return prepared.picture }
        return try DateTimePicture(text.text)
    }

    /// `±hhmm` as a number.
    private static func offset(_ text: String) -> Int {
        let isNegative = text.hasPrefix("-")
        let digits = (isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]).prefix { $0.isNumber }
        let value = min(Int(digits) ?? 0, 9999)
        return isNegative ? -value : value
    }
}
