import ContainerAPI

/// What there is to say of a container's end beside its exit code.
enum ContainerEnd {
    /// - Parameters:
    ///   - isKilled: Steplog had it killed, so that 137 says nothing more.
    ///   - memoryBytesMax: its limit; nil for none.
    ///   - kernelSaysMemory: asks the kernel's log; nil where that can't be read.
    /// - Returns: ECS's words for a container that had too little memory; the engine's for one that could not start; else nil.
    static func reason(
        _ state: ContainerState, isKilled: Bool, memoryBytesMax: Int64?, kernelSaysMemory: () -> Bool?
    ) -> String? {
        let outOfMemory = "OutOfMemoryError: Container killed due to memory usage"
        if state.isOutOfMemory { return outOfMemory }
        // A limit's victim may also be a child of the first process, which then ends with a code of its own.
        if let memoryBytesMax, !isKilled, state.exitCode != 0 {
            switch kernelSaysMemory() {
            case true?: return outOfMemory
            case nil where state.exitCode == 137:
                return "The container was killed, and not by Steplog; its memory limit is \(memoryBytesMax >> 20) MiB, "
                    + "and neither the engine nor the kernel's log can be asked whether that was why"
            case false?, nil: break
            }
        }
        return state.error.isEmpty ? nil : state.error
    }
}
