import JSON

/// Documents of the shape that Steplog handles: history events whose details hold an order.
enum JSONDocuments {
    /// One event, about 310 bytes.
    static var event: JSONValue { event(1, items: 1) }

    /// A history of events, at least `bytes` long.
    static func history(bytes: Int) -> JSONValue {
        var events: [JSONValue] = []
        var size = 0
        while size < bytes {
            let event = event(events.count + 1, items: events.count % 4)
            size += JSONWriter.bytes(event).count + 1
            events.append(event)
        }
        return [
            "executionArn": "arn:aws:states:eu-west-1:000000000000:execution:ShipOrders:run-1",
            "events": .array(events),
        ]
    }

    private static func event(_ number: Int, items: Int) -> JSONValue {
        let lines: [JSONValue] = (0..<items).map { index in
            [
                "sku": .string("SKU-\(number * 7 + index)"), "quantity": .integer(index + 1),
                "price": .number(.literal("\(number % 90 + 10).\(index + 1)5")), "gift": .bool(index % 2 == 1),
            ]
        }
        return [
            "id": .integer(number), "previousEventId": .integer(number - 1),
            "timestamp": .number(.literal("1735689\(100 + number % 900).\(123 + number % 800)")),
            "type": "TaskStateExited",
            "stateExitedEventDetails": [
                "name": "Ship order",
                "output": [
                    "orderId": .string("A-\(1000 + number)"), "customer": "Zoë \"Z\" Müller",
                    "note": number % 3 == 0 ? "Leave at the door,\nplease." : .null, "paid": true,
                    "lines": .array(lines),
                ],
            ],
        ]
    }
}
