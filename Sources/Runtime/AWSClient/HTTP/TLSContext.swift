import COpenSSL

/// The settings of all TLS connections of the process: the system's certificates, TLS 1.2 or later, servers are verified.
/// `SSL_CERT_FILE` and `SSL_CERT_DIR` name other certificates, as OpenSSL has it.
///
/// SAFETY: an SSL_CTX may be used from any thread once it is set up; it is made once and never freed.
@safe struct TLSContext: @unchecked Sendable {
    static let shared = TLSContext()

    /// nil when OpenSSL has no TLS.
    let pointer: OpaquePointer?

    private init() {
        unsafe pointer = SSL_CTX_new(TLS_client_method())
        guard let pointer = unsafe pointer else { return }
        unsafe _ = steplog_tls_require_12(pointer)
        unsafe SSL_CTX_set_default_verify_paths(pointer)
        unsafe SSL_CTX_set_verify(pointer, Int32(steplog_tls_verify_peer), nil)
    }
}
