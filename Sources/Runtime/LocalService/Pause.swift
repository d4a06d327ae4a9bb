import Foundation

/// Waiting on a thread that nothing else needs.
public enum Pause {
    public static func milliseconds(_ count: Int) { Thread.sleep(forTimeInterval: Double(count) / 1_000) }
}
