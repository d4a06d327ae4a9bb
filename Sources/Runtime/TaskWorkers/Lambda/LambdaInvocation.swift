import JSON

/// A call of a Lambda function.
struct LambdaInvocation: Sendable, Equatable {
    var function: LambdaFunctionName
    /// The event as JSON text.
    var payload: String
    /// The state's Resource is the function's ARN: its result is the output, without an envelope.
    var isDirect: Bool

    init(function: LambdaFunctionName, payload: String, isDirect: Bool) {
        self.function = function
        self.payload = payload
        self.isDirect = isDirect
    }

    /// - Parameter parameters: those of `lambda:invoke`, as JSON text. A missing Payload is an empty object.
    /// - Throws: `Lambda.ValidationException` with the member that is wrong.
    init(parameters: String) throws(ServiceError) {
        do {
            let fields = try JSONFields(JSONParser.parse(parameters))
            var name = try fields.requiredString("FunctionName")
            if let qualifier = try fields.string("Qualifier"), LambdaFunctionName(name).qualifier == nil {
                name += ":\(qualifier)"
            }
            if let type = try fields.string("InvocationType"), type != "RequestResponse" {
                throw fields.problem(
                    "InvocationType", "on this machine only RequestResponse can be called, not \"\(type)\"")
            }
            function = LambdaFunctionName(name)
            payload = fields.object["Payload"].map { JSONWriter.text($0) } ?? "{}"
            isDirect = false
        } catch {
            throw .lambda("ValidationException", "\(error)", statusCode: 400)
        }
    }
}
