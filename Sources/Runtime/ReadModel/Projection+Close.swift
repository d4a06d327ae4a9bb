import GRDB

extension Projection {
    /// Lets go of the file. After `stop`.
    public func close() throws { try database.close() }
}
