/// A stable sort whose comparison may fail, and is asked in the order of the reference implementation's merge sort.
enum MergeSort {
    /// - Parameter isBehind: whether the first goes behind the second.
    static func sorted<Element>(
        _ items: [Element], _ context: EvaluationContext,
        by isBehind: (Element, Element) throws(JSONataError) -> Bool
    ) throws(JSONataError) -> [Element] {
        guard items.count > 2 else {
            guard items.count == 2, try isBehind(items[0], items[1]) else { return items }
            return [items[1], items[0]]
        }
        let middle = items.count / 2
        let left = try sorted(Array(items[..<middle]), context, by: isBehind)
        let right = try sorted(Array(items[middle...]), context, by: isBehind)
        try context.spend(items.count)
        var result: [Element] = []
        result.reserveCapacity(items.count)
        var (l, r) = (0, 0)
        while l < left.count, r < right.count {
            if try isBehind(left[l], right[r]) {
                result.append(right[r])
                r += 1
            } else {
                result.append(left[l])
                l += 1
            }
        }
        result.append(contentsOf: left[l...])
        result.append(contentsOf: right[r...])
        return result
    }
}
