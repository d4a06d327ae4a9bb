import GRDB
import Synchronization

extension Projection {
    /// Lets go of the file. After `stop`.
    public func close() throws { try serving.withLock { $0.store }.close() }
}
