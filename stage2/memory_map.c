/*
 * memory_map.c - gets the memory map from the firmware, and adds the loader's own ranges.
 *
 * INT 15h E820h, or else E801h or 88h, reports the ranges; INT 12h and the EBDA's
 * segment limit low memory.  Owns SCRATCH_ADDRESS (the firmware's raw list and room to
 * sort it) and MEMORY_MAP_ADDRESS (the result).  ACPI 6.x, 15.1 (E820).
 */
#include "stage2/memory_map.h"

#include <stdbool.h>

#include "layout.h"
#include "lib/pc.h"
#include "lib/units.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/error.h"
#include "stage2/memory_ranges.h"
#include "stage2/options.h"

#define SMAP 0x534d4150u /* "SMAP", in EDX and back in EAX */
#define E820_SHORT 20    /* bytes of an entry without ACPI 3.0 attributes */
#define ATTRIBUTE_ENABLED 1u
#define RAW_MAX 640  /* entries from the firmware; 312 have been seen */
#define OWN_RANGES 3 /* added by the loader; each may split another one in three */
#define RAW_ROOM (RAW_MAX + OWN_RANGES)
#define FIRMWARE_RANGES (MEMORY_MAP_MAX - 2 * OWN_RANGES)

extern volatile uint8_t bios_data_area[];
extern struct memory_range memory_map[MEMORY_MAP_MAX]; /* at MEMORY_MAP_ADDRESS: stage2.ld */

static struct memory_range *const raw = (struct memory_range *)SCRATCH_ADDRESS;
static struct memory_edge *const edges = (void *)(SCRATCH_ADDRESS + RAW_ROOM * sizeof *raw);
static unsigned raw_count, map_count;

/* How the firmware answered a call. */
enum answer { ANSWER_NONE, ANSWER_TOO_LONG, ANSWER_MAP };

_Static_assert(SCRATCH_ADDRESS + RAW_ROOM * (sizeof *raw + 2 * sizeof *edges) <= SCRATCH_END,
               "the raw list and its edges fit");

static uint16_t ebda_segment(void)
{
    return *(volatile uint16_t *)(bios_data_area + BDA_EBDA_SEGMENT);
}

static void add_raw(uint64_t base, uint64_t length, uint32_t type)
{
    raw[raw_count++] = (struct memory_range){base, length, type, 1};
}

/* Gets one entry; `next` is the BIOS's continuation value, 0 at the start. */
static bool ask_entry(uint32_t *next, struct memory_range *entry, bool *lost)
{
    /*
     * one static buffer, with spare room after it: some BIOSes only write what
     * differs from the last entry, and some write more than requested
     */
    BIOS_REACHES static struct memory_range buffer[2];
    struct bios_registers r = {
        .eax = 0xe820,
        .ebx = *next,
        .ecx = sizeof buffer[0],
        .edx = SMAP,
        .edi = (uint32_t)buffer,
    };

    buffer[0].attributes = ATTRIBUTE_ENABLED; /* not changed if only 20 bytes are returned */
    bios_call(0x15, &r);
    if (r.eflags & EFLAGS_CF)
        return false;
    *lost = r.eax != SMAP || r.ecx < E820_SHORT;
    *next = r.ebx;
    *entry = buffer[0];
    if (r.ecx < sizeof buffer[0])
        entry->attributes = ATTRIBUTE_ENABLED;
    return !*lost;
}

/* A BIOS that never ends its list repeats itself. */
static bool is_known(const struct memory_range *entry)
{
    for (unsigned i = 0; i < raw_count; i++)
        if (raw[i].base == entry->base && raw[i].length == entry->length &&
            raw[i].type == entry->type)
            return true;
    return false;
}

static bool is_usable(const struct memory_range *entry)
{
    return entry->type == MEMORY_USABLE && entry->attributes & ATTRIBUTE_ENABLED;
}

/* ACPI 3.0 lets firmware disable entries; a BIOS that "disables" all RAM does not mean it. */
static void drop_disabled(void)
{
    unsigned kept = 0, usable = 0;

    for (unsigned i = 0; i < raw_count; i++)
        usable += is_usable(&raw[i]);
    if (usable == 0)
        return;
    for (unsigned i = 0; i < raw_count; i++)
        if (raw[i].attributes & ATTRIBUTE_ENABLED)
            raw[kept++] = raw[i];
    raw_count = kept;
}

/*
 * The last entry has EBX = 0 or is followed by CF = 1; EBX is the BIOS's own
 * value and may skip numbers.  If a BIOS stops returning SMAP half-way, its
 * whole list is ignored.  The number of calls is limited, because there are
 * BIOSes that repeat an entry, or the whole list, forever.
 */
static enum answer ask_e820(void)
{
    uint32_t next = 0;
    bool lost = false;

    for (unsigned calls = 0; calls < 2 * RAW_MAX; calls++) {
        struct memory_range entry;

        if (!ask_entry(&next, &entry, &lost))
            break;
        if (entry.length != 0 && !is_known(&entry)) {
            if (option_is_set(OPTION_VERBOSE))
                print("  E820h: base 0x%llx length 0x%llx type %u attributes %u\n",
                      (unsigned long long)entry.base, (unsigned long long)entry.length, entry.type,
                      entry.attributes);
            if (raw_count == RAW_MAX)
                return ANSWER_TOO_LONG;
            raw[raw_count++] = entry;
        }
        if (next == 0)
            break;
    }
    drop_disabled();
    return lost ? ANSWER_NONE : ANSWER_MAP;
}

static uint16_t ask_int12(void)
{
    struct bios_registers r = {0};

    bios_call(0x12, &r);
    return (uint16_t)r.eax;
}

/* E801h and 88h count from 1 MiB on; INT 12h and the EBDA say how much there is below. */
static void add_low_memory(void)
{
    add_raw(0, memory_ranges_low_limit(NULL, 0, ask_int12(), ebda_segment()), MEMORY_USABLE);
}

/* E801h: KiB from 1 to 16 MiB and 64 KiB blocks above, in AX and BX or in CX and DX. */
static enum answer ask_e801(void)
{
    struct bios_registers r = {.eax = 0xe801};
    bool in_ax;
    uint16_t below_16m, above_16m;

    bios_call(0x15, &r);
    in_ax = (uint16_t)r.eax != 0;
    below_16m = (uint16_t)(in_ax ? r.eax : r.ecx);
    above_16m = (uint16_t)(in_ax ? r.ebx : r.edx);
    if (r.eflags & EFLAGS_CF || below_16m == 0)
        return ANSWER_NONE;
    add_low_memory();
    add_raw(0x100000, below_16m * KIB, MEMORY_USABLE);
    if (above_16m != 0)
        add_raw(0x1000000, (uint64_t)above_16m * 64 * KIB, MEMORY_USABLE);
    return ANSWER_MAP;
}

/* 88h: KiB above 1 MiB, at most 64 MiB: every PC/AT since 1984 supports it. */
static enum answer ask_88h(void)
{
    struct bios_registers r = {.eax = 0x8800};

    bios_call(0x15, &r);
    if (r.eflags & EFLAGS_CF || (uint16_t)r.eax == 0)
        return ANSWER_NONE;
    add_low_memory();
    add_raw(0x100000, (uint16_t)r.eax * KIB, MEMORY_USABLE);
    return ANSWER_MAP;
}

/* Makes the sorted map from the raw list; false if it needs more than `room` ranges. */
static bool sort_out(unsigned room)
{
    int count = memory_ranges_sanitise(raw, raw_count, memory_map, room, edges);

    map_count = count < 0 ? 0 : (unsigned)count;
    return count >= 0;
}

/* The name of the first of the three calls that returns a map with RAM in it. */
static const char *ask_firmware(void)
{
    static const struct {
        const char *name;
        enum answer (*ask)(void);
    } calls[] = {{"E820h", ask_e820}, {"E801h", ask_e801}, {"88h", ask_88h}};
    bool too_long = false;

    for (unsigned i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        enum answer answer;

        raw_count = 0;
        answer = calls[i].ask();
        if (answer == ANSWER_TOO_LONG || (answer == ANSWER_MAP && !sort_out(FIRMWARE_RANGES)))
            too_long = true;
        else if (answer == ANSWER_MAP &&
                 memory_ranges_sum(memory_map, map_count, MEMORY_USABLE) > 0)
            return calls[i].name;
    }
    if (too_long)
        fatal(ERROR_MEMORY_MAP_FULL, "more than %u entries or %u ranges from E820h", RAW_MAX,
              FIRMWARE_RANGES);
    fatal(ERROR_NO_MEMORY_MAP, "INT 15h E820h, E801h and 88h");
}

/* A range of ours, for which ask_firmware() has left room. */
static void add_own(uint64_t base, uint64_t length, uint32_t type)
{
    add_raw(base, length, type);
    sort_out(MEMORY_MAP_MAX);
}

static unsigned long long usable_kib(void)
{
    uint64_t bytes = memory_ranges_sum(memory_map, map_count, MEMORY_USABLE) +
                     memory_ranges_sum(memory_map, map_count, MEMORY_LOADER);

    return bytes / KIB;
}

void memory_map_collect(void)
{
    const char *source;
    unsigned from_firmware;
    uint32_t limit;

    source = ask_firmware();
    from_firmware = raw_count;
    limit = memory_ranges_low_limit(memory_map, map_count, ask_int12(), ebda_segment());
    if (limit < LOADER_END)
        fatal(ERROR_LOW_MEMORY, "%u KiB free, %u KiB needed", limit / 1024, LOADER_END / 1024);
    add_own(limit, 0x100000 - limit, MEMORY_RESERVED);
    add_own(0, LOADER_END, MEMORY_LOADER);
    print("Memory map: %u ranges from %s, %llu KiB usable, low memory up to 0x%x.\n", from_firmware,
          source, usable_kib(), limit);
}

void memory_map_claim_kernel(uint64_t base, uint64_t length)
{
    if (!memory_ranges_are_usable(memory_map, map_count, base, length))
        fatal(ERROR_NO_ROOM, "the kernel needs 0x%llx to 0x%llx; %llu KiB are usable in total",
              (unsigned long long)base, (unsigned long long)(base + length - 1), usable_kib());
    add_own(base, length, MEMORY_KERNEL);
}

unsigned memory_map_entries(void)
{
    return map_count;
}
