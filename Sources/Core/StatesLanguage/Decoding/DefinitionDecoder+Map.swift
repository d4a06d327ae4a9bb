import JSON

/// Decoding of Map states.
extension DefinitionDecoder {
    mutating func decodeMap(_ fields: Fields, place: Place, in graph: inout TransitionGraph) -> MapState? {
        let isJSONPath = fields.language == .jsonPath
        let itemsPath =
            fields["ItemsPath"].map { $0.isNull } == true
            ? nullItemsPath(of: fields) : pathField("ItemsPath", of: fields)
        let items = isJSONPath ? nil : items(of: fields)
        let selectorField =
            isJSONPath && fields.has("Parameters") && !fields.has("ItemSelector") ? "Parameters" : "ItemSelector"
        if isJSONPath { allowOne(of: ["ItemSelector", "Parameters"], in: fields) }
        let selector = template(selectorField, of: fields)
        if !isJSONPath, fields.has("Arguments") {
            warn(.noEffect, "Field 'Arguments' has no effect on a Map state", at: fields.path("Arguments"))
        }
        let concurrency = numberField("MaxConcurrency", of: fields, in: 0...Double(Int64.max))
        let tolerated = numberField("ToleratedFailureCount", of: fields, in: 0...Double(Int64.max))
        let percentage = numberField("ToleratedFailurePercentage", of: fields, in: 0...100, isWhole: false)
        checkItemReader(of: fields)
        checkItemBatcher(of: fields)
        checkResultWriter(of: fields)
        checkLabel(of: fields)
        let processing = processing(of: fields, parameters: nil, place: place, in: &graph)
        let transition = transition(of: fields, place: place, in: &graph)

        requireOne(of: ["ItemProcessor", "Iterator"], in: fields)
        let processorField = fields.has("ItemProcessor") ? "ItemProcessor" : "Iterator"
        let processor = fields[processorField]
        let config = processorConfig(of: processor, at: fields.path(processorField))
        let start = decodeMachine(processor, at: fields.path(processorField), depth: place.depth + 1, isProcessor: true)
        guard let start, let transition else { return nil }
        return MapState(
            mode: config.mode, processorStartAt: start, itemsPath: itemsPath, items: items, itemSelector: selector,
            itemSelectorField: selectorField, maxConcurrency: concurrency, toleratedFailureCount: tolerated,
            toleratedFailurePercentage: percentage, processing: processing, transition: transition,
            distributed: distributedFields(of: fields, executionType: config.executionType))
    }

    /// `ItemsPath` is the one path that cannot be null.
    private mutating func nullItemsPath(of fields: Fields) -> PathField {
        reportType("STRING", of: .null, at: fields.path("ItemsPath"))
        return .whole
    }

    /// JSONata: an array, an object, or an expression.
    private mutating func items(of fields: Fields) -> Template? {
        guard let value = fields["Items"] else { return nil }
        switch value {
        case .array, .object:
            return template("Items", of: fields)
        case .string(let text) where QueryExpression(delimited: text.text, field: "Items") != nil:
            return template("Items", of: fields)
        case .null, .bool, .number, .string:
            if !holdsPlaceholder(value) {
                report("Value must be an array, an object or a JSONata expression", at: fields.path("Items"))
            }
            return nil
        }
    }

    private mutating func processorConfig(
        of processor: JSONValue?, at path: DefinitionPath
    ) -> (mode: MapState.Mode, executionType: String?) {
        guard let object = processor?.object else { return (.inline, nil) }
        let outer = Fields(object: object, path: path, language: machineLanguage)
        guard let config = self.object("ProcessorConfig", of: outer) else { return (.inline, nil) }
        let fields = Fields(object: config, path: outer.path("ProcessorConfig"), language: machineLanguage)
        refuseUnknownFields(of: fields, known: ["Mode", "ExecutionType"])
        let mode =
            oneOf(["INLINE", "DISTRIBUTED"], "Mode", of: fields).flatMap(MapState.Mode.init(rawValue:)) ?? .inline
        let executionType = oneOf(["STANDARD", "EXPRESS"], "ExecutionType", of: fields)
        if mode == .distributed {
            requireFields(["ExecutionType"], of: fields)
            if options.type == .express {
                report("Express state machine does not support Map states in DISTRIBUTED mode", at: fields.path)
            }
        }
        return (mode, executionType)
    }

    private func distributedFields(of fields: Fields, executionType: String?) -> JSONObject {
        var distributed = JSONObject()
        for name in ["ItemReader", "ItemBatcher", "ResultWriter", "Label"] as [JSONString] {
            if let value = fields.object[name] { distributed.append(name, value) }
        }
        if let executionType { distributed.append("ExecutionType", .string(executionType)) }
        return distributed
    }
}

/// What takes effect in DISTRIBUTED mode; fields that AWS adds from time to time are let pass.
extension DefinitionDecoder {
    private mutating func checkItemReader(of fields: Fields) {
        guard let object = object("ItemReader", of: fields) else { return }
        let reader = Fields(object: object, path: fields.path("ItemReader"), in: fields)
        requireFields(["Resource"], of: reader)
        _ = text("Resource", of: reader)
        _ = template(fields.language == .jsonPath ? "Parameters" : "Arguments", of: reader)
        guard let config = self.object("ReaderConfig", of: reader) else { return }
        let settings = Fields(object: config, path: reader.path("ReaderConfig"), in: fields)
        _ = text("InputType", of: settings)
        let location = oneOf(["FIRST_ROW", "GIVEN"], "CSVHeaderLocation", of: settings)
        let headers = array("CSVHeaders", of: settings)
        if location == "GIVEN", headers == nil { requireFields(["CSVHeaders"], of: settings) }
        _ = numberField("MaxItems", of: settings, in: Double(Int64.min)...Double(Int64.max))
    }

    private mutating func checkItemBatcher(of fields: Fields) {
        guard let object = object("ItemBatcher", of: fields) else { return }
        let batcher = Fields(object: object, path: fields.path("ItemBatcher"), in: fields)
        refuseUnknownFields(
            of: batcher,
            known: [
                "BatchInput", "MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch",
                "MaxInputBytesPerBatchPath",
            ])
        let maxima = ["MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"]
        if !maxima.contains(where: { batcher.has($0) }) {
            report("One of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]", at: batcher.path)
        }
        _ = numberField("MaxItemsPerBatch", of: batcher, in: 1...Double(Int64.max))
        _ = numberField("MaxInputBytesPerBatch", of: batcher, in: 1...262_144)
        _ = template("BatchInput", of: batcher)
    }

    private mutating func checkResultWriter(of fields: Fields) {
        guard let object = object("ResultWriter", of: fields) else { return }
        let writer = Fields(object: object, path: fields.path("ResultWriter"), in: fields)
        if !writer.has("WriterConfig") { requireFields(["Resource"], of: writer) }
        _ = text("Resource", of: writer)
        _ = template(fields.language == .jsonPath ? "Parameters" : "Arguments", of: writer)
        guard let config = self.object("WriterConfig", of: writer) else { return }
        let settings = Fields(object: config, path: writer.path("WriterConfig"), in: fields)
        requireFields(["OutputType"], of: settings)
        _ = oneOf(["JSON", "JSONL"], "OutputType", of: settings)
        _ = oneOf(["NONE", "COMPACT", "FLATTEN"], "Transformation", of: settings)
    }

    /// Source: Step Functions Developer Guide § Distributed Map state fields, Label.
    private mutating func checkLabel(of fields: Fields) {
        guard let label = text("Label", of: fields), !holdsPlaceholder(.string(label)) else { return }
        let path = fields.path("Label")
        if label.isEmpty {
            report(.invalidLabel, "Label cannot be empty", at: path)
        } else if label.unicodeScalars.count > Self.labelLengthMax {
            report(.invalidLabel, "Label cannot exceed \(Self.labelLengthMax) characters", at: path)
        } else if let bad = label.unicodeScalars.first(where: { Self.isForbiddenInLabel($0) }) {
            report(.invalidLabel, "Label cannot contain the character '\(bad.escaped(asASCII: true))'", at: path)
        } else if !labels.insert(label).inserted {
            report(.duplicateLabel, "Duplicate Label: \(label)", at: path)
        }
    }

    private static let labelLengthMax = 40

    private static func isForbiddenInLabel(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || "?*<>{}[]\"#%\\^|~`$&,;:/".unicodeScalars.contains(scalar)
    }
}
