import JSON
import StatesLanguage

/// What TestState shows of the way from a state's input to its output: the engine notes it down while it works on the state.
///
/// Source: the API's model, InspectionData; what each state type and query language shows is as recorded on AWS.
public final class StateInspection {
    /// A member of InspectionData that holds JSON text.
    public enum Step: String, Sendable {
        case afterInputPath, afterParameters, afterArguments, result, afterResultSelector, afterResultPath
        case afterItemsPath, afterItemsPointer, afterItemSelector, afterItemBatcher
    }

    /// In the order in which they were noted.
    public private(set) var texts: [(step: Step, text: String)] = []
    /// Of a Map state; 0 is no limit.
    public internal(set) var maxConcurrency: Int64?
    public internal(set) var toleratedFailureCount: Int64?
    public internal(set) var toleratedFailurePercentage: Double?
    /// The catcher that took the failure, from 0.
    public internal(set) var catchIndex: Int?
    /// The retrier that covers the failure, from 0, whether or not it has attempts left.
    public internal(set) var retryIndex: Int?
    /// Until the next attempt; nil when there is none.
    public internal(set) var retryDelaySeconds: Int64?

    /// The last failure that reached the state's retriers and catchers.
    var failure: Failure?
    /// True once the state has been left: what comes after it is not shown.
    var isClosed = false
    private let language: QueryLanguage
    private let context: JSONObject
    private let isContextGiven: Bool

    /// - Parameters:
    ///   - context: what stands for the context object.
    ///   - isContextGiven: true when the caller gave it: then it is as given, without a token of ours.
    init(language: QueryLanguage, context: JSONObject, isContextGiven: Bool) {
        self.language = language
        self.context = context
        self.isContextGiven = isContextGiven
    }

    /// Notes a step, unless it is one of the other query language.
    func note(_ step: Step, _ payload: Payload) {
        guard !isClosed, step.isShown(in: language) else { return }
        texts.removeAll { $0.step == step }
        texts.append((step, payload.text))
    }

    /// The context object of the state under test.
    func contextObject(taskToken: String?, mapItem: JSONValue?) -> JSONValue {
        var object = context
        if let taskToken, !isContextGiven { object["Task"] = ["Token": .string(taskToken)] }
        if let mapItem { object["Map"] = ["Item": mapItem] }
        return .object(object)
    }
}

extension StateInspection.Step {
    fileprivate func isShown(in language: QueryLanguage) -> Bool {
        switch self {
        case .afterInputPath, .afterParameters, .afterResultSelector, .afterResultPath, .afterItemsPath:
            language == .jsonPath
        case .afterArguments: language == .jsonata
        case .result, .afterItemsPointer, .afterItemSelector, .afterItemBatcher: true
        }
    }
}
