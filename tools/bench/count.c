/*
 * count.c - a plugin for QEMU's TCG that counts how often each guest instruction ran.
 *
 *   -plugin build/tools/count.so,report=FILE,start=0x7c00,mark=ADDRESS[,watch=FIRST-END]
 *
 * The run has three phases: the firmware, up to the first instruction at
 * `start`; the loader, up to the first at `mark` (the kernel's entry); the
 * kernel.  The report is written when `mark` is reached and again when QEMU
 * ends: one line per address, "address firmware loader kernel", one number in
 * hexadecimal and three in decimal, unsorted.  Addresses are linear: in real mode
 * segment base + offset.  tools/shared/guest.py reads it and names the regions.
 *
 * With `watch`, the kernel's accesses to the linear addresses from FIRST up to END are
 * also counted: the report's last line is then "watched READS WRITES".
 *
 * An instruction is counted when TCG starts to execute it.  One that faults and is
 * repeated counts twice.  Up to QEMU 9 every iteration of a REP counts, plus one
 * for the check of CX = 0; QEMU 10 runs many at once, so only compare counts
 * from the same QEMU.  One CPU only: with more, counts of code that two run at the
 * same time may be too low.
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qemu_plugin.h"

enum phase { FIRMWARE, LOADER, KERNEL, PHASES };

struct instruction {
    struct instruction *next; /* in the same bucket */
    uint64_t address;
    uint64_t count[PHASES];
};

#define BUCKETS 65536u /* a boot runs about 20,000 different instructions */

#define USER_DATA_FOR_ALL 7 /* from this version of the interface on */
int qemu_plugin_version = 1;

static struct instruction *buckets[BUCKETS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of `buckets`: all CPUs translate */
static enum phase phase;
static uint64_t start = 0x7c00;
static uint64_t mark = UINT64_MAX;
static uint64_t watch_first, watch_end;
static uint64_t watched_reads, watched_writes;
static const char *report_path;

/*
 * Each QEMU accepts a range of versions: 7.2 the first, 9.0 to 10.2 from 2 on,
 * 11.1 only 7.  The functions that it exports tell which.  Runs before QEMU
 * reads the number.
 */
__attribute__((constructor)) static void choose_version(void)
{
    if (qemu_plugin_set_pc != NULL)
        qemu_plugin_version = USER_DATA_FOR_ALL;
    else if (qemu_plugin_scoreboard_new != NULL)
        qemu_plugin_version = 2;
}

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "count.so: %s: %s\n", what, why);
}

/* One line for each instruction that ran; readers see a complete report or none. */
static void write_report(void)
{
    char temporary[4096];
    FILE *out;

    snprintf(temporary, sizeof temporary, "%s.tmp", report_path);
    out = fopen(temporary, "w");
    if (out == NULL) {
        fail(temporary, strerror(errno));
        return;
    }
    pthread_mutex_lock(&lock);
    for (unsigned b = 0; b < BUCKETS; b++)
        for (const struct instruction *i = buckets[b]; i != NULL; i = i->next)
            if (i->count[FIRMWARE] + i->count[LOADER] + i->count[KERNEL] != 0)
                fprintf(out, "%" PRIx64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", i->address,
                        i->count[FIRMWARE], i->count[LOADER], i->count[KERNEL]);
    pthread_mutex_unlock(&lock);
    if (watch_end != 0)
        fprintf(out, "watched %" PRIu64 " %" PRIu64 "\n", watched_reads, watched_writes);
    if (fclose(out) != 0 || rename(temporary, report_path) != 0)
        fail(report_path, strerror(errno));
}

/* Called before each instruction. */
static void executed(unsigned cpu, void *data)
{
    struct instruction *i = data;

    (void)cpu;
    if (phase == FIRMWARE && i->address == start) {
        phase = LOADER;
    } else if (phase == LOADER && i->address == mark) {
        phase = KERNEL;
        write_report();
    }
    i->count[phase]++;
}

/* Called at each access to memory, if something is watched. */
static void accessed(unsigned cpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    (void)cpu;
    (void)data;
    if (phase != KERNEL || address < watch_first || address >= watch_end)
        return;
    if (qemu_plugin_mem_is_store(info))
        watched_writes++;
    else
        watched_reads++;
}

/* The record of an address, of which there is one, however often its code is translated. */
static struct instruction *find(uint64_t address)
{
    struct instruction **bucket = &buckets[address % BUCKETS];
    struct instruction *i;

    pthread_mutex_lock(&lock);
    for (i = *bucket; i != NULL && i->address != address; i = i->next)
        ;
    if (i == NULL && (i = calloc(1, sizeof *i)) != NULL) {
        i->address = address;
        i->next = *bucket;
        *bucket = i;
    }
    pthread_mutex_unlock(&lock);
    return i;
}

static void translated(struct qemu_plugin_tb *block, void *data)
{
    (void)data;
    for (size_t n = 0; n < qemu_plugin_tb_n_insns(block); n++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, n);
        struct instruction *i = find(qemu_plugin_insn_vaddr(insn));

        if (i == NULL) {
            fail("instructions", "out of memory");
            abort(); /* a count with gaps would be worse than none */
        }
        qemu_plugin_register_vcpu_insn_exec_cb(insn, executed, QEMU_PLUGIN_CB_NO_REGS, i);
        if (watch_end != 0)
            qemu_plugin_register_vcpu_mem_cb(insn, accessed, QEMU_PLUGIN_CB_NO_REGS,
                                             QEMU_PLUGIN_MEM_RW, NULL);
    }
}

/* What QEMU calls before version 7. */
static void translated_with_id(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    translated(block, NULL);
}

/* Registers for both; write_report uses no argument, so it fits every version. */
static void register_callbacks(qemu_plugin_id_t id)
{
    qemu_plugin_register_vcpu_tb_trans_cb(id, qemu_plugin_version >= USER_DATA_FOR_ALL
        ? (void (*)(void))translated : (void (*)(void))translated_with_id, NULL);
    qemu_plugin_register_atexit_cb(id, write_report, NULL);
}

/* FIRST-END; returns where the text continues. */
static char *take_range(const char *text)
{
    char *end;

    watch_first = strtoull(text, &end, 0);
    if (*end == '-')
        watch_end = strtoull(end + 1, &end, 0);
    return end;
}

/* Returns 0, or -1 for an unknown argument. */
static int take_argument(const char *argument)
{
    char *end;

    if (strncmp(argument, "report=", 7) == 0) {
        report_path = argument + 7;
        return 0;
    }
    if (strncmp(argument, "start=", 6) == 0)
        start = strtoull(argument + 6, &end, 0);
    else if (strncmp(argument, "mark=", 5) == 0)
        mark = strtoull(argument + 5, &end, 0);
    else if (strncmp(argument, "watch=", 6) == 0)
        end = take_range(argument + 6);
    else
        return -1;
    return *end == '\0' ? 0 : -1;
}

int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv)
{
    (void)info;
    for (int n = 0; n < argc; n++) {
        if (take_argument(argv[n]) != 0) {
            fail(argv[n], "unknown argument; use report=FILE, start=ADDRESS, mark=ADDRESS, "
                          "watch=FIRST-END");
            return -1;
        }
    }
    if (report_path == NULL) {
        fail("report", "no file to write to: report=FILE is missing");
        return -1;
    }
    register_callbacks(id);
    return 0;
}
