/*
 * make.c - firstlight-image make: makes a bootable image from any flat 64-bit binary.
 *
 * The image is written to a temporary name in the same folder and renamed when
 * it is complete: a failure leaves no partial image, and never changes an older
 * one.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image/commands.h"
#include "image/file.h"
#include "image/headers.h"
#include "image/plan.h"
#include "image/stages.h"
#include "lib/xxh32.h"

struct request {
    const char *kernel, *out;
    const char *load, *entry, *memory, *copies; /* NULL: not given */
};

struct output {
    int fd;
    const char *path;
    char temporary[PATH_MAX];
};

static int is_option(const char *argument, const char *name, const char **value, int left,
                     char **next)
{
    if (strcmp(argument, name) != 0)
        return 0;
    if (left < 1)
        fail(name, "needs a value");
    *value = *next;
    return 1;
}

static struct request parse(int argc, char **argv)
{
    struct request r = { 0 };

    for (int i = 0; i < argc; i += 2) {
        int left = argc - i - 1;
        char **next = argv + i + 1;

        if (!is_option(argv[i], "--kernel", &r.kernel, left, next) &&
            !is_option(argv[i], "--out", &r.out, left, next) &&
            !is_option(argv[i], "--load", &r.load, left, next) &&
            !is_option(argv[i], "--entry", &r.entry, left, next) &&
            !is_option(argv[i], "--memory", &r.memory, left, next) &&
            !is_option(argv[i], "--copies", &r.copies, left, next))
            fail(argv[i], "this is not an option of make");
    }
    if (r.kernel == NULL || r.out == NULL || *r.kernel == '\0' || *r.out == '\0')
        fail("make", "needs --kernel FILE and --out FILE");
    return r;
}

static struct kernel_wishes parse_wishes(const struct request *r, uint64_t size)
{
    struct kernel_wishes w = { .load = KERNEL_LOAD_ADDRESS, .memory_bytes = size };

    if (r->load != NULL)
        w.load = parse_number("load address", r->load);
    w.entry = w.load;
    if (r->entry != NULL)
        w.entry = parse_number("entry", r->entry);
    if (r->memory != NULL)
        w.memory_bytes = parse_number("size in memory", r->memory);
    return w;
}

static uint32_t copies_of(const struct request *r)
{
    if (r->copies == NULL || strcmp(r->copies, "2") == 0)
        return 2;
    if (strcmp(r->copies, "1") != 0)
        fail("--copies", "an image has 1 or 2 copies of stage 2 and kernel");
    return 1;
}

/* The linker's output: it does not begin with code, so it cannot be entered there. */
static void refuse_elf(const char *path, const struct file *kernel, const struct kernel_wishes *w)
{
    static const uint8_t magic[] = { 0x7f, 'E', 'L', 'F' };
    bool first_byte = w->entry == w->load || w->entry == w->load + KERNEL_BASE;

    if (first_byte && kernel->size >= sizeof magic &&
        memcmp(kernel->data, magic, sizeof magic) == 0)
        fail(path, "this is an ELF file; `objcopy -O binary` makes a flat binary from it");
}

static void refuse_same_file(const struct request *r)
{
    struct stat kernel, out;

    if (stat(r->kernel, &kernel) == 0 && stat(r->out, &out) == 0 &&
        kernel.st_dev == out.st_dev && kernel.st_ino == out.st_ino)
        fail(r->out, "this is the kernel itself: an image must be another file");
    if (stat(r->out, &out) == 0 && !S_ISREG(out.st_mode))
        fail(r->out, "this is not an ordinary file; `make usb` writes to a device");
}

/* ---- writing ------------------------------------------------------------------ */

/*
 * From here to the end no signal may leave a partial image.  It waits until the
 * image is complete or removed; a size limit becomes an error of write().
 */
static void block_signals(void)
{
    static const int held[] = { SIGINT, SIGTERM, SIGHUP, SIGXFSZ };
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        sigaddset(&set, held[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

static struct output start_output(const char *path)
{
    struct output out = { .path = path };
    mode_t mask = umask(0);

    umask(mask);
    if (snprintf(out.temporary, sizeof out.temporary, "%s.XXXXXX", path) >= PATH_MAX)
        fail(path, "the name is too long");
    block_signals();
    out.fd = mkstemp(out.temporary);
    if (out.fd < 0)
        fail(path, strerror(errno));
    fchmod(out.fd, 0666 & ~mask);
    return out;
}

static void give_up(struct output *out)
{
    int error = errno;

    unlink(out->temporary);
    fail(out->path, strerror(error));
}

static void write_at(struct output *out, uint64_t lba, const void *data, size_t bytes)
{
    const uint8_t *from = data;
    off_t at = (off_t)(lba * SECTOR_SIZE);

    while (bytes > 0) {
        ssize_t written = pwrite(out->fd, from, bytes, at);

        if (written <= 0)
            give_up(out);
        from += written;
        at += written;
        bytes -= (size_t)written;
    }
}

static void put_mbr(struct output *out, const struct mbr_table *table)
{
    uint8_t mbr[SECTOR_SIZE];

    memcpy(mbr, embedded_stage1, sizeof mbr);
    memcpy(mbr + MBR_SIGNATURE_OFFSET, table, sizeof *table);
    write_at(out, 0, mbr, sizeof mbr);
}

static void put_stage2(struct output *out, uint64_t lba)
{
    size_t size = (size_t)(embedded_stage2_end - embedded_stage2);
    struct stage2_header header;

    if (make_stage2_header(embedded_stage2, size, &header) != 0)
        fail("stage 2", "it does not fit: this tool was not built correctly");
    write_at(out, lba, embedded_stage2, size);
    write_at(out, lba, &header, sizeof header);
}

static void finish(struct output *out)
{
    if (fsync(out->fd) != 0 || close(out->fd) != 0 || rename(out->temporary, out->path) != 0)
        give_up(out);
}

int command_make(int argc, char **argv)
{
    struct request r = parse(argc, argv);
    struct file kernel = file_read(r.kernel, KERNEL_BASE_SIZE);
    struct kernel_wishes wishes = parse_wishes(&r, kernel.size);
    struct kernel_header header;
    struct mbr_table table;
    struct output out;
    struct plan plan;
    const char *wrong = make_kernel_header(kernel.data, kernel.size, &wishes, &header);

    if (wrong != NULL)
        fail(r.kernel, wrong);
    refuse_elf(r.kernel, &kernel, &wishes);
    if (!plan_image(kernel.size, copies_of(&r), &plan))
        fail(r.kernel, "the image would be too large for a partition table");
    refuse_same_file(&r);
    out = start_output(r.out);
    if (ftruncate(out.fd, (off_t)((uint64_t)plan.sectors * SECTOR_SIZE)) != 0)
        give_up(&out);
    table = plan_table(&plan, header.payload_hash);
    put_mbr(&out, &table);
    for (uint32_t i = 0; i < plan.copies; i++) {
        put_stage2(&out, i == 0 ? STAGE2_LBA : STAGE2_COPY_LBA);
        write_at(&out, plan.partitions[i].first, &header, sizeof header);
        write_at(&out, plan.partitions[i].first + 1, kernel.data, kernel.size);
    }
    finish(&out);
    printf("%s: %zu bytes of kernel for 0x%" PRIx64 ", entry 0x%" PRIx64 ", %" PRIu64
           " bytes in memory; %u cop%s, %u sectors\n", r.out, kernel.size, wishes.load,
           wishes.entry, wishes.memory_bytes, plan.copies, plan.copies == 1 ? "y" : "ies",
           plan.sectors);
    return 0;
}
