/// Columns of text, padded to the widest cell; the last one as it is.
enum TextTable {
    /// - Parameters:
    ///   - rows: the head first, all of one length.
    ///   - rightAligned: how many of the first columns stand at the right, as numbers do.
    static func lines(_ rows: [[String]], rightAligned: Int = 0) -> [String] {
        let columns = (rows.first?.count ?? 1) - 1
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < rightAligned ? padding + cell.0 : cell.0 + padding
            }
            let line = (cells + [row[columns]]).joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
