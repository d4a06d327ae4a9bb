// OpenSSL 3: TLS for requests to AWS. Declarations and one-line wrappers of macros only: the functions are OpenSSL's. Its own headers
// bring the system's with them, which then would belong to this module and no longer to Swift's Glibc.
#pragma once

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_method_st SSL_METHOD;

extern const SSL_METHOD *TLS_client_method(void);
extern SSL_CTX *SSL_CTX_new(const SSL_METHOD *method);
extern int SSL_CTX_set_default_verify_paths(SSL_CTX *context);
extern void SSL_CTX_set_verify(SSL_CTX *context, int mode, int (*callback)(int, void *));
extern long SSL_CTX_ctrl(SSL_CTX *context, int command, long number, void *pointer);
extern SSL *SSL_new(SSL_CTX *context);
extern void SSL_free(SSL *ssl);
extern long SSL_ctrl(SSL *ssl, int command, long number, void *pointer);
extern int SSL_set_fd(SSL *ssl, int descriptor);
extern int SSL_set1_host(SSL *ssl, const char *name);
extern int SSL_connect(SSL *ssl);
extern int SSL_read(SSL *ssl, void *bytes, int count);
extern int SSL_write(SSL *ssl, const void *bytes, int count);
extern int SSL_get_error(const SSL *ssl, int result);
extern long SSL_get_verify_result(const SSL *ssl);
extern const char *X509_verify_cert_error_string(long code);

/// Values of <openssl/ssl.h>: SSL_VERIFY_PEER, SSL_ERROR_ZERO_RETURN.
enum { steplog_tls_verify_peer = 1, steplog_tls_closed = 6 };

/// Names the server that is meant, for servers of several names: SSL_set_tlsext_host_name.
static inline long steplog_tls_set_server_name(SSL *ssl, const char *name) { return SSL_ctrl(ssl, 55, 0, (void *)name); }

/// Refuses what is older than TLS 1.2: SSL_CTX_set_min_proto_version.
static inline long steplog_tls_require_12(SSL_CTX *context) { return SSL_CTX_ctrl(context, 123, 0x0303, (void *)0); }
