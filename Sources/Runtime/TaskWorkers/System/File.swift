import Glibc

/// Files and directories, by path. All calls block; paths are absolute or relative to the process's directory.
///
/// SAFETY: every `unsafe` call here that takes a path gets a String, which lives, and ends in zero, for that call.
enum File {
    /// Opens a file. Started programs do not inherit it.
    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(SystemCallError) -> OwnedDescriptor {
        while true {
            let number = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
            if number >= 0 { return OwnedDescriptor(number) }
            if errno != EINTR { throw SystemCallError("open", path, code: errno) }
        }
    }

    /// The whole content of a file; `EFBIG` where it is longer than `countMax` bytes.
    static func read(_ path: String, countMax: Int = 64 << 20) throws(SystemCallError) -> [UInt8] {
        let file = try open(path, O_RDONLY)
        var status = stat()
        // SAFETY: fstat fills one stat that outlives the call.
        guard unsafe fstat(file.number, &status) == 0 else { throw SystemCallError("stat", path, code: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemCallError("read", path, code: EISDIR) }
        guard status.st_size <= countMax else { throw SystemCallError("read", path, code: EFBIG) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size) + 1)
        while true {
            let part = try file.read(countMax: max(Int(status.st_size) - bytes.count + 1, 4096))
            guard let part, !part.isEmpty else { return bytes }
            bytes += part
            guard bytes.count <= countMax else { throw SystemCallError("read", path, code: EFBIG) }
        }
    }

    /// The last `count` bytes of a file, or all of a shorter one.
    static func tail(_ path: String, count: Int) throws(SystemCallError) -> [UInt8] {
        let file = try open(path, O_RDONLY)
        let length = lseek(file.number, 0, SEEK_END)
        _ = lseek(file.number, max(0, length - count), SEEK_SET)
        var bytes: [UInt8] = []
        while let part = try file.read(countMax: count), !part.isEmpty { bytes += part }
        return bytes
    }

    /// Writes a file that is either wholly there or not at all, through a temporary file in the same directory.
    /// - Parameter durable: wait until the bytes are on the disk, so that they also survive the machine.
    static func writeAtomically(_ bytes: [UInt8], to path: String, durable: Bool) throws(SystemCallError) {
        let temporary = "\(path).\(getpid()).new"
        do throws(SystemCallError) {
            let file = try open(temporary, O_WRONLY | O_CREAT | O_TRUNC)
            try file.write(bytes)
            if durable, fsync(file.number) != 0 { throw SystemCallError("fsync", temporary, code: errno) }
            guard unsafe rename(temporary, path) == 0 else { throw SystemCallError("rename", path, code: errno) }
        } catch {
            unsafe unlink(temporary)
            throw error
        }
    }

    /// Creates a file that must not exist yet.
    /// - Returns: false when it exists.
    static func create(_ path: String, _ bytes: [UInt8]) throws(SystemCallError) -> Bool {
        do throws(SystemCallError) {
            try open(path, O_WRONLY | O_CREAT | O_EXCL).write(bytes)
            return true
        } catch {
            guard error.code == EEXIST else { throw error }
            return false
        }
    }

    /// Whether there is a file, directory or anything else at `path`.
    static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        // SAFETY: stat fills one stat that outlives the call.
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether `path` is a file that this user can execute.
    static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 && !isDirectory(path) }

    /// Creates a directory for this user alone.
    /// - Returns: false when it exists.
    static func makeDirectory(_ path: String) throws(SystemCallError) -> Bool {
        if unsafe mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw SystemCallError("mkdir", path, code: errno) }
        return false
    }

    /// Creates a directory and those above it, as far as they are missing.
    static func makeDirectories(_ path: String) throws(SystemCallError) {
        guard !path.isEmpty, !isDirectory(path) else { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeDirectories(String(path[..<slash]))
        }
        _ = try makeDirectory(path)
    }

    static func makeFIFO(_ path: String) throws(SystemCallError) {
        guard unsafe mkfifo(path, 0o600) == 0 else { throw SystemCallError("mkfifo", path, code: errno) }
    }

    /// The names in a directory, in order, without `.` and `..`.
    static func names(in directory: String) throws(SystemCallError) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw SystemCallError("opendir", directory, code: errno) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: d_name ends in zero, and the entry lives until the next readdir.
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Gives a directory its name.
    /// - Returns: false when something of that name is there already.
    static func moveDirectory(_ path: String, to target: String) throws(SystemCallError) -> Bool {
        if unsafe rename(path, target) == 0 { return true }
        guard errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR else {
            throw SystemCallError("rename", target, code: errno)
        }
        return false
    }

    /// Removes a directory that holds files only.
    static func removeDirectory(_ path: String) {
        for name in (try? names(in: path)) ?? [] { unsafe unlink("\(path)/\(name)") }
        unsafe rmdir(path)
    }
}
