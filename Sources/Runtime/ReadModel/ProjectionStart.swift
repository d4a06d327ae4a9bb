import EventLog

/// Where a projection begins; state machines and activities are projected from the log's beginning in any case.
public enum ProjectionStart: Sendable, Equatable {
    /// Executions that began before that time, in epoch milliseconds, are left out.
    case time(Int64)
    /// The same by the offset of their first event in its partition.
    case offset(Int64)

    func covers(_ record: EventLog.Record) -> Bool {
        switch self {
        case .time(let time): record.timestamp >= time
        case .offset(let offset): record.offset >= offset
        }
    }
}
