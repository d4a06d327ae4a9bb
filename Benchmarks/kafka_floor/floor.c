// The least that a program on librdkafka pays for what the engine writes: the same number of transactions, records and bytes, with offsets,
// and nothing decided. Each producer has a thread, a transactional id and a partition of its own.
//
//   floor write BROKERS PRODUCERS TRANSACTIONS RECORDS BYTES    prints the seconds; RECORDS a transaction, BYTES a record
//   floor latency BROKERS TRANSACTIONS                          prints the median of one-record transactions in milliseconds
#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *brokers;
static char topic[64], group[64];
static int records, bytes;
static long transactions;

struct producer {
    int number;
    long transactions;
    double *times;
    pthread_t thread;
    rd_kafka_t *client;
    pthread_barrier_t *ready;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void need(int isWell, const char *what) {
    if (isWell) return;
    fprintf(stderr, "floor: %s\n", what);
    exit(1);
}

static void done(rd_kafka_error_t *error, const char *what) {
    if (error) fprintf(stderr, "floor: %s: %s\n", what, rd_kafka_error_string(error));
    if (error) exit(1);
}

static rd_kafka_t *client(rd_kafka_type_t type, const char *name, const char *value) {
    char text[512];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    const char *settings[][2] = {{"bootstrap.servers", brokers}, {"socket.nagle.disable", "true"}, {name, value}};
    for (int i = 0; i < 3; i++)
        if (settings[i][0]) need(!rd_kafka_conf_set(conf, settings[i][0], settings[i][1], text, sizeof text), text);
    if (type == RD_KAFKA_PRODUCER) {
        const char *more[][2] = {{"linger.ms", "0"}, {"queue.buffering.max.messages", "1000000"}};
        for (int i = 0; i < 2; i++) need(!rd_kafka_conf_set(conf, more[i][0], more[i][1], text, sizeof text), text);
    }
    rd_kafka_t *made = rd_kafka_new(type, conf, text, sizeof text);
    need(made != NULL, text);
    return made;
}

static void makeTopic(int partitions) {
    char text[512];
    rd_kafka_t *maker = client(RD_KAFKA_PRODUCER, NULL, NULL);
    rd_kafka_queue_t *queue = rd_kafka_queue_new(maker);
    for (int i = 0; i < 2; i++) {
        char name[80];
        snprintf(name, sizeof name, "%s%s", topic, i ? "-in" : "");
        rd_kafka_NewTopic_t *wanted = rd_kafka_NewTopic_new(name, partitions, 1, text, sizeof text);
        rd_kafka_CreateTopics(maker, &wanted, 1, NULL, queue);
        rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 10000);
        need(event && !rd_kafka_event_error(event), "the topic was not made");
        rd_kafka_event_destroy(event);
        rd_kafka_NewTopic_destroy(wanted);
    }
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy(maker);
}

static void *run(void *argument) {
    struct producer *self = argument;
    char input[80];
    snprintf(input, sizeof input, "%s-in", topic);
    rd_kafka_t *member = client(RD_KAFKA_CONSUMER, "group.id", group);
    rd_kafka_consumer_group_metadata_t *metadata = rd_kafka_consumer_group_metadata(member);
    rd_kafka_topic_t *target = rd_kafka_topic_new(self->client, topic, NULL);
    char *value = malloc(bytes);
    for (int i = 0; i < bytes; i++) value[i] = 'a' + (i * 7 + i / 31) % 26;
    done(rd_kafka_init_transactions(self->client, 20000), "init");
    pthread_barrier_wait(self->ready);
    for (long i = 0; i < self->transactions; i++) {
        double begin = now();
        done(rd_kafka_begin_transaction(self->client), "begin");
        for (int k = 0; k < records; k++)
            while (rd_kafka_produce(target, self->number, RD_KAFKA_MSG_F_COPY, value, bytes, NULL, 0, NULL))
                rd_kafka_poll(self->client, 1);
        rd_kafka_topic_partition_list_t *offsets = rd_kafka_topic_partition_list_new(1);
        rd_kafka_topic_partition_list_add(offsets, input, self->number)->offset = i + 1;
        done(rd_kafka_send_offsets_to_transaction(self->client, offsets, metadata, 10000), "offsets");
        rd_kafka_topic_partition_list_destroy(offsets);
        done(rd_kafka_commit_transaction(self->client, 10000), "commit");
        rd_kafka_poll(self->client, 0);
        if (self->times) self->times[i] = now() - begin;
    }
    rd_kafka_topic_destroy(target);
    rd_kafka_consumer_group_metadata_destroy(metadata);
    rd_kafka_destroy(member);
    return NULL;
}

static double runAll(int count, double *times) {
    pthread_barrier_t ready;
    pthread_barrier_init(&ready, NULL, count + 1);
    struct producer *all = calloc(count, sizeof *all);
    for (int i = 0; i < count; i++) {
        char id[80];
        snprintf(id, sizeof id, "%s-%d", topic, i);
        all[i] = (struct producer){i, transactions / count + (i < transactions % count), times, 0,
                                   client(RD_KAFKA_PRODUCER, "transactional.id", id), &ready};
        pthread_create(&all[i].thread, NULL, run, &all[i]);
    }
    pthread_barrier_wait(&ready);
    double begin = now();
    for (int i = 0; i < count; i++) pthread_join(all[i].thread, NULL);
    double seconds = now() - begin;
    for (int i = 0; i < count; i++) rd_kafka_destroy(all[i].client);
    return seconds;
}

static int compare(const void *left, const void *right) {
    double a = *(double *)left, b = *(double *)right;
    return a < b ? -1 : a > b;
}

int main(int count, char **arguments) {
    need(count >= 4, "floor write BROKERS PRODUCERS TRANSACTIONS RECORDS BYTES | floor latency BROKERS TRANSACTIONS");
    brokers = arguments[2];
    snprintf(topic, sizeof topic, "floor-%d", getpid());
    snprintf(group, sizeof group, "floor-%d", getpid());
    if (!strcmp(arguments[1], "write") && count == 7) {
        int producers = atoi(arguments[3]);
        transactions = atol(arguments[4]), records = atoi(arguments[5]), bytes = atoi(arguments[6]);
        makeTopic(producers);
        printf("%f\n", runAll(producers, NULL));
    } else {
        transactions = atol(arguments[3]), records = 1, bytes = 300;
        double *times = calloc(transactions, sizeof *times);
        makeTopic(1);
        runAll(1, times);
        qsort(times, transactions, sizeof *times, compare);
        printf("%f\n", times[transactions / 2] * 1000);
    }
    return 0;
}
