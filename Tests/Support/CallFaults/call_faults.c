// Stands between a program and librdkafka, for tests of crashes: preloaded (LD_PRELOAD), it kills the process or lets a call hang at a
// chosen moment. Nothing of it is built into the program.
//
//   STEPLOG_CALL_FAULT="kill before commit 7"     kill -9 before the 7th call of the process that commits a transaction
//   STEPLOG_CALL_FAULT="kill after produce 40"    kill -9 behind the 40th record that was handed over
//   STEPLOG_CALL_FAULT="hang before offsets 3"    the 3rd call that adds offsets never returns
//
// Calls: begin, produce, offsets, commit. Several faults are parted by commas.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum call { BEGIN, PRODUCE, OFFSETS, COMMIT, CALLS };
static const char *names[CALLS] = {"begin", "produce", "offsets", "commit"};
static struct fault { int hangs, isAfter, call; long number; } faults[16];
static int faultCount;
static atomic_long counts[CALLS];
static void *real[CALLS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    const char *symbols[CALLS] = {"rd_kafka_begin_transaction", "rd_kafka_producev",
                                  "rd_kafka_send_offsets_to_transaction", "rd_kafka_commit_transaction"};
    for (int i = 0; i < CALLS; i++) real[i] = dlsym(RTLD_NEXT, symbols[i]);
    const char *text = getenv("STEPLOG_CALL_FAULT");
    char copy[1024];
    snprintf(copy, sizeof copy, "%s", text ? text : "");
    char *rest = copy;
    for (char *part; (part = strsep(&rest, ",")) && faultCount < 16;) {
        char what[16], when[16], call[16];
        long number;
        if (sscanf(part, " %15s %15s %15s %ld", what, when, call, &number) != 4) continue;
        for (int i = 0; i < CALLS; i++)
            if (!strcmp(call, names[i]))
                faults[faultCount++] = (struct fault){!strcmp(what, "hang"), !strcmp(when, "after"), i, number};
    }
}

static long count(enum call call) {
    pthread_once(&once, load);
    return atomic_fetch_add(&counts[call], 1) + 1;
}

static void strike(enum call call, int isAfter, long number) {
    for (int i = 0; i < faultCount; i++) {
        if (faults[i].call != call || faults[i].isAfter != isAfter || faults[i].number != number) continue;
        if (!faults[i].hangs) kill(getpid(), SIGKILL);
        while (1) pause();
    }
}

rd_kafka_error_t *rd_kafka_begin_transaction(rd_kafka_t *client) {
    long number = count(BEGIN);
    strike(BEGIN, 0, number);
    rd_kafka_error_t *result = ((rd_kafka_error_t * (*)(rd_kafka_t *)) real[BEGIN])(client);
    strike(BEGIN, 1, number);
    return result;
}

rd_kafka_error_t *rd_kafka_send_offsets_to_transaction(rd_kafka_t *client, const rd_kafka_topic_partition_list_t *offsets,
                                                       const rd_kafka_consumer_group_metadata_t *group, int timeout) {
    long number = count(OFFSETS);
    strike(OFFSETS, 0, number);
    rd_kafka_error_t *result =
        ((rd_kafka_error_t * (*)(rd_kafka_t *, const rd_kafka_topic_partition_list_t *,
                                 const rd_kafka_consumer_group_metadata_t *, int)) real[OFFSETS])(client, offsets, group, timeout);
    strike(OFFSETS, 1, number);
    return result;
}

rd_kafka_error_t *rd_kafka_commit_transaction(rd_kafka_t *client, int timeout) {
    long number = count(COMMIT);
    strike(COMMIT, 0, number);
    rd_kafka_error_t *result = ((rd_kafka_error_t * (*)(rd_kafka_t *, int)) real[COMMIT])(client, timeout);
    strike(COMMIT, 1, number);
    return result;
}

// The arguments of a variadic function can't be passed on, so they are taken apart and handed over as an array.
rd_kafka_resp_err_t rd_kafka_producev(rd_kafka_t *client, ...) {
    long number = count(PRODUCE);
    strike(PRODUCE, 0, number);
    rd_kafka_vu_t list[16];
    size_t length = 0;
    va_list arguments;
    va_start(arguments, client);
    for (rd_kafka_vtype_t type; length < 16 && (type = va_arg(arguments, rd_kafka_vtype_t)) != RD_KAFKA_VTYPE_END;) {
        rd_kafka_vu_t *item = &list[length++];
        item->vtype = type;
        switch (type) {
        case RD_KAFKA_VTYPE_RKT: item->u.rkt = va_arg(arguments, rd_kafka_topic_t *); break;
        case RD_KAFKA_VTYPE_PARTITION: item->u.i32 = va_arg(arguments, int32_t); break;
        case RD_KAFKA_VTYPE_MSGFLAGS: item->u.i = va_arg(arguments, int); break;
        case RD_KAFKA_VTYPE_TIMESTAMP: item->u.i64 = va_arg(arguments, int64_t); break;
        case RD_KAFKA_VTYPE_OPAQUE: item->u.ptr = va_arg(arguments, void *); break;
        case RD_KAFKA_VTYPE_HEADERS: item->u.headers = va_arg(arguments, rd_kafka_headers_t *); break;
        case RD_KAFKA_VTYPE_KEY:
        case RD_KAFKA_VTYPE_VALUE:
            item->u.mem.ptr = va_arg(arguments, void *);
            item->u.mem.size = va_arg(arguments, size_t);
            break;
        default: abort();
        }
    }
    va_end(arguments);
    rd_kafka_error_t *error = rd_kafka_produceva(client, list, length);
    rd_kafka_resp_err_t code = error ? rd_kafka_error_code(error) : RD_KAFKA_RESP_ERR_NO_ERROR;
    if (error) rd_kafka_error_destroy(error);
    strike(PRODUCE, 1, number);
    return code;
}
