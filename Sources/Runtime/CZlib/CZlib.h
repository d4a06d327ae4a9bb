// zlib 1: service models are gzip files. Declarations and one-line wrappers of macros only: the functions are zlib's. Its own header
// brings the system's with it, which then would belong to this module and no longer to Swift's Glibc.
#pragma once

/// z_stream of <zlib.h>; zlib checks its size when a stream begins.
typedef struct z_stream_s {
    const unsigned char *next_in;
    unsigned int avail_in;
    unsigned long total_in;
    unsigned char *next_out;
    unsigned int avail_out;
    unsigned long total_out;
    const char *msg;
    void *state;
    void *(*zalloc)(void *, unsigned int, unsigned int);
    void (*zfree)(void *, void *);
    void *opaque;
    int data_type;
    unsigned long adler;
    unsigned long reserved;
} z_stream;

extern int inflateInit2_(z_stream *stream, int window_bits, const char *version, int stream_size);
extern int inflate(z_stream *stream, int flush);
extern int inflateEnd(z_stream *stream);

/// Z_OK, Z_STREAM_END, Z_NO_FLUSH.
enum { steplog_zlib_ok = 0, steplog_zlib_end = 1, steplog_zlib_no_flush = 0 };

/// Starts reading a gzip file (window of 15 bits, 16 for gzip's own head): inflateInit2.
static inline int steplog_gunzip_begin(z_stream *stream) {
    return inflateInit2_(stream, 15 + 16, "1", (int)sizeof(z_stream));
}
