/*
 * kernel_places.c - where the kernel may be, and in which order the places are tried.
 *
 * The places are the partitions of our type: the active one, then the others
 * (second copies).  The partition table is the one in the MBR that the BIOS
 * loaded, which is still at MBR_ADDRESS.
 *
 * After a wrong checksum the next place is tried first, and only after the last
 * one are all read again more carefully: bits that changed on the disk are by
 * far the likelier cause, and reading a big kernel again in vain takes seconds.
 */
#include "stage2/kernel_places.h"

#include <stdarg.h>
#include <stddef.h>

#include "layout.h"
#include "lib/format.h"
#include "stage2/console.h"
#include "stage2/disk.h"

static const struct mbr_table *const table = (const void *)(MBR_ADDRESS + MBR_SIGNATURE_OFFSET);

static void add(struct kernel_places *places, bool active)
{
    for (unsigned i = 0; i < PARTITIONS; i++) {
        const struct partition *p = &table->partitions[i];

        if (p->type == KERNEL_PARTITION_TYPE && (p->status == PARTITION_ACTIVE) == active)
            places->all[places->count++] = (struct kernel_place){.partition = p, .number = i + 1};
    }
}

void kernel_places_find(struct kernel_places *places)
{
    add(places, true);
    if (places->count == 0)
        fatal(ERROR_NO_PARTITION, "types %02Xh %02Xh %02Xh %02Xh", table->partitions[0].type,
              table->partitions[1].type, table->partitions[2].type, table->partitions[3].type);
    add(places, false);
}

struct kernel_place *kernel_places_current(struct kernel_places *places)
{
    return &places->all[places->at];
}

void kernel_places_note(struct kernel_places *places, const char *fmt, ...)
{
    struct kernel_place *place = kernel_places_current(places);
    va_list args;

    va_start(args, fmt);
    format_string_v(place->failure, sizeof place->failure, fmt, args);
    va_end(args);
}

/* Prints every failure so far, and ends the boot. */
static void __attribute__((noreturn)) report_and_end(const struct kernel_places *places)
{
    char all[PARTITIONS * sizeof places->all[0].failure + 16] = "";
    size_t length = 0;

    for (unsigned i = 0; i < places->count; i++)
        length += format_string(all + length, sizeof all - length, "%s%s", i ? "; " : "",
                                places->all[i].failure);
    fatal(places->first_error, "%s", all);
}

/* False for an intact header: reading it again cannot change what it says. */
static bool may_change(enum error error)
{
    return error == ERROR_HEADER_MAGIC || error == ERROR_HEADER_HASH || error == ERROR_KERNEL_HASH;
}

/* False if no place and no way of reading is left. */
static bool advance(struct kernel_places *places)
{
    do {
        if (++places->at == places->count) {
            places->at = 0;
            places->care++;
        }
    } while (kernel_places_current(places)->is_hopeless && places->care <= DISK_MOST_CARE);
    return disk_set_care(places->care);
}

void kernel_places_next(struct kernel_places *places, enum error error)
{
    struct kernel_place *failed = kernel_places_current(places);

    if (places->first_error == ERROR_NONE)
        places->first_error = error;
    print("%sE%d, %s:\n  %s.\n", console_column() != 0 ? "\n" : "", error, error_text(error),
          failed->failure);
    failed->is_hopeless = !may_change(error);
    if (!advance(places))
        report_and_end(places);
    print("  Trying partition %u, by %s, at most %u sector%s per call.\n",
          kernel_places_current(places)->number, disk_mode(), disk_limit(),
          disk_limit() == 1 ? "" : "s");
}
