import CZlib

/// Reads gzip files.
///
/// SAFETY: zlib's stream is used by one call only; input and output outlive each `inflate`.
enum Gzip {
    private static let bytesMax = 128 << 20

    /// - Returns: nil for what is no whole gzip file, or too long.
    static func decompress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe steplog_gunzip_begin(&stream) == Int32(steplog_zlib_ok) else { return nil }
        defer { unsafe inflateEnd(&stream) }
        var output: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 18)
        return unsafe bytes.withUnsafeBufferPointer { source -> [UInt8]? in
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            while output.count < bytesMax {
                let (status, count) = unsafe part.withUnsafeMutableBufferPointer { target -> (Int32, Int) in
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(target.count)
                    let status = unsafe inflate(&stream, Int32(steplog_zlib_no_flush))
                    return (status, target.count - Int(unsafe stream.avail_out))
                }
                output += part[..<count]
                if status == Int32(steplog_zlib_end) { return output }
                let left = unsafe stream.avail_in
                guard status == Int32(steplog_zlib_ok), count > 0 || left > 0 else { return nil }
            }
            return nil
        }
    }
}
