/*
 * make.c - firstlight-image make: makes a bootable image from an ELF64 file or any flat 64-bit binary.
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
#include "image/elf_kernel.h"
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
    struct request r = {0};

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

/* What the options request, where they request something. */
static void apply_options(const struct request *r, struct kernel_wishes *w)
{
    if (r->load != NULL) {
        uint64_t offset = w->entry - w->load; /* an ELF file says where in it the entry is */

        w->load = parse_number("load address", r->load);
        w->entry = w->load + offset;
    }
    if (r->entry != NULL)
        w->entry = parse_number("entry", r->entry);
    if (r->memory != NULL)
        w->memory_bytes = parse_number("size in memory", r->memory);
}

static uint32_t copies_of(const struct request *r)
{
    if (r->copies == NULL || strcmp(r->copies, "2") == 0)
        return 2;
    if (strcmp(r->copies, "1") != 0)
        fail("--copies", "an image has 1 or 2 copies of stage 2 and kernel");
    return 1;
}

/* ---- ELF files: the kernel itself, or beside it ----------------------------------- */

static void refuse(const char *path, const struct problem *problem)
{
    char text[sizeof problem->cause + sizeof problem->advice + 16];

    snprintf(text, sizeof text, "%s. Try: %s", problem->cause, problem->advice);
    fail(path, text);
}

/* The file's name with the ending .elf; false if that is the kernel itself, or no ELF file. */
static bool read_elf_beside(const char *kernel, char path[PATH_MAX], struct file *elf)
{
    const char *slash = strrchr(kernel, '/'), *dot = strrchr(kernel, '.');
    size_t length = dot != NULL && dot > (slash != NULL ? slash + 1 : kernel)
                        ? (size_t)(dot - kernel)
                        : strlen(kernel);

    if (length + sizeof ".elf" > PATH_MAX)
        return false;
    memcpy(path, kernel, length);
    memcpy(path + length, ".elf", sizeof ".elf");
    if (strcmp(path, kernel) == 0 || access(path, R_OK) != 0)
        return false;
    *elf = file_read(path, KERNEL_BASE_SIZE);
    return elf_is(elf);
}

static void note_link_address(const char *path, const struct file *elf,
                              const struct kernel_wishes *wishes)
{
    if (elf_is_linked_for_0(elf))
        fprintf(stderr,
                "%s: note: %s is linked for address 0 and is loaded at 0x%" PRIx64
                ": only position-independent code runs there\n",
                program_name, path, wishes->load);
}

/* Reads the kernel; an ELF file is flattened, and knows its addresses. */
static struct file read_kernel(const struct request *r, struct kernel_wishes *wishes)
{
    struct file kernel = file_read(r->kernel, KERNEL_BASE_SIZE), flat;
    struct problem problem;

    *wishes = (struct kernel_wishes){
        .load = KERNEL_LOAD_ADDRESS,
        .entry = KERNEL_LOAD_ADDRESS,
        .memory_bytes = kernel.size,
    };
    if (!elf_is(&kernel)) {
        apply_options(r, wishes);
        return kernel;
    }
    if (elf_problem(&kernel, &problem))
        refuse(r->kernel, &problem);
    flat = elf_flatten(&kernel, wishes);
    apply_options(r, wishes);
    if (elf_compare(&kernel, &flat, wishes, &problem) == ELF_DIFFERS)
        refuse(r->kernel, &problem);
    note_link_address(r->kernel, &kernel, wishes);
    return flat;
}

/* A my.elf beside my.bin says what the flat file alone can't. */
static void check_elf_beside(const struct request *r, const struct file *kernel,
                             const struct kernel_wishes *wishes)
{
    struct problem problem;
    char path[PATH_MAX];
    struct file elf;

    if (!read_elf_beside(r->kernel, path, &elf))
        return;
    if (elf_problem(&elf, &problem))
        refuse(path, &problem);
    switch (elf_compare(&elf, kernel, wishes, &problem)) {
    case ELF_DIFFERS: refuse(path, &problem); break;
    case ELF_OTHER_BUILD:
        fprintf(stderr, "%s: note: %s is from another build: its code is not this kernel's\n",
                program_name, path);
        break;
    case ELF_MATCHES: note_link_address(path, &elf, wishes); break;
    }
}

/* A flat file of gigabytes: the ELF file says which section stretched it. */
static void refuse_swollen(const struct request *r)
{
    struct problem problem;
    char path[PATH_MAX];
    struct stat status;
    struct file elf;

    if (stat(r->kernel, &status) == 0 && (uint64_t)status.st_size > KERNEL_BASE_SIZE &&
        read_elf_beside(r->kernel, path, &elf) && elf_problem(&elf, &problem))
        refuse(path, &problem);
}

static void refuse_same_file(const struct request *r)
{
    struct stat kernel, out;

    if (stat(r->kernel, &kernel) == 0 && stat(r->out, &out) == 0 && kernel.st_dev == out.st_dev &&
        kernel.st_ino == out.st_ino)
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
    static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGXFSZ};
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
        sigaddset(&set, held[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

static struct output start_output(const char *path)
{
    struct output out = {.path = path};
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
    struct kernel_wishes wishes;
    struct kernel_header header;
    struct mbr_table table;
    struct file kernel;
    struct output out;
    struct plan plan;
    const char *wrong;

    refuse_swollen(&r);
    kernel = read_kernel(&r, &wishes);
    wrong = make_kernel_header(kernel.data, kernel.size, &wishes, &header);
    if (wrong != NULL)
        fail(r.kernel, wrong);
    check_elf_beside(&r, &kernel, &wishes);
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
           " bytes in memory; %u cop%s, %u sectors\n",
           r.out, kernel.size, wishes.load, wishes.entry, wishes.memory_bytes, plan.copies,
           plan.copies == 1 ? "y" : "ies", plan.sectors);
    return 0;
}
