public import JSON

/// Runs its processor once for each item of an array; its result is the array of their outputs.
public struct MapState: Sendable {
    public enum Mode: String, Sendable {
        case inline = "INLINE"
        case distributed = "DISTRIBUTED"
    }

    public let mode: Mode
    /// The first state of the `ItemProcessor`.
    public let processorStartAt: StateID
    /// JSONPath mode; the items are the value at this path of the effective input.
    public let itemsPath: PathField
    /// JSONata mode: `Items`.
    public let items: Template?
    /// `ItemSelector`, or `Parameters` as it was called before.
    public let itemSelector: Template?
    /// The field's name as written: `ItemSelector` or `Parameters`.
    public let itemSelectorField: String
    /// 0 or nil: no limit.
    public let maxConcurrency: NumberField?
    public let toleratedFailureCount: NumberField?
    public let toleratedFailurePercentage: NumberField?
    public let processing: WorkProcessing
    public let transition: Transition
    /// What only takes effect in DISTRIBUTED mode: `ItemReader`, `ItemBatcher`, `ResultWriter`, `Label`, `ExecutionType`, as written.
    public let distributed: JSONObject

    public init(
        mode: Mode, processorStartAt: StateID, itemsPath: PathField, items: Template?, itemSelector: Template?,
        itemSelectorField: String, maxConcurrency: NumberField?, toleratedFailureCount: NumberField?,
        toleratedFailurePercentage: NumberField?, processing: WorkProcessing, transition: Transition,
        distributed: JSONObject
    ) {
        self.mode = mode
        self.processorStartAt = processorStartAt
        self.itemsPath = itemsPath
        self.items = items
        self.itemSelector = itemSelector
        self.itemSelectorField = itemSelectorField
        self.maxConcurrency = maxConcurrency
        self.toleratedFailureCount = toleratedFailureCount
        self.toleratedFailurePercentage = toleratedFailurePercentage
        self.processing = processing
        self.transition = transition
        self.distributed = distributed
    }
}
