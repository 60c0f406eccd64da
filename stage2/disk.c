/*
 * disk.c - INT 13h reads into the bounce buffer: by EDD or CHS, and where one fails by the other.
 *
 * The bounce buffer is one aligned 64 KiB window below 1 MiB, so a transfer of
 * up to 127 sectors neither crosses a 64 KiB boundary nor needs A20.  What
 * worked is remembered: once 63 sectors have worked where 127 failed, the
 * rest is read by 63.  Function 41h is not used to check for EDD: its answer is
 * wrong on some machines, and the real-mode loader has found out what works.
 * EDD-3 (T13 1572D); Ralf Brown's list.
 */
#include "stage2/disk.h"

#include <stddef.h>

#include "layout.h"
#include "lib/format.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/floppy_table.h"
#include "stage2/geometry.h"

#define INT13_RESET 0x0000u
#define INT13_READ 0x0200u
#define INT13_PARAMETERS 0x0800u
#define INT13_EDD_READ 0x4200u

#define FIRST_HARD_DISK 0x80

#define STATUS_BAD_COMMAND 0x01
#define STATUS_NO_MEDIA 0x31
#define STATUS_TIMEOUT 0x80
#define STATUS_NOT_READY 0xaa

/* EDD's disk address packet (DAP). */
BIOS_REACHES static struct disk_address_packet {
    uint8_t size, reserved;
    uint16_t count;
    uint16_t offset, segment;
    uint64_t lba;
} packet;

_Static_assert(sizeof(struct disk_address_packet) == 16, "EDD-3, table 1");
_Static_assert(offsetof(struct disk_address_packet, lba) == 8, "EDD-3, table 1");
_Static_assert(BOUNCE_ADDRESS % 0x10000 == 0, "no transfer crosses a 64 KiB boundary");

static uint8_t drive;
static uint8_t last_status, other_status; /* other_status: why this read changed its way, or 0 */
static uint64_t last_lba;
static bool by_chs; /* how sectors are read now */
static bool is_verbose, must_use_chs;
static bool starts_by_chs;              /* the way that worked last */
static uint32_t most = BOUNCE_SECTORS;  /* sectors in a transfer, at the current level of care */
static uint32_t limit = BOUNCE_SECTORS; /* the same; the BIOS has refused more */
static struct geometry geometry;

uint8_t disk_drive(void)
{
    return drive;
}

static const char *way_name(bool is_chs)
{
    return is_chs ? "CHS" : "EDD";
}

const char *disk_mode(void)
{
    return way_name(by_chs);
}

uint32_t disk_limit(void)
{
    return limit;
}

const char *disk_describe(void)
{
    static char text[80];
    char other[24] = "";

    if (other_status != 0)
        format_string(other, sizeof other, ", %02Xh by %s", other_status, way_name(!by_chs));
    format_string(text, sizeof text, "drive %02Xh, last LBA %llu, BIOS status %02Xh by %s%s", drive,
                  (unsigned long long)last_lba, last_status, disk_mode(), other);
    return text;
}

/* Returns 0, or the BIOS status (1 if the BIOS gave none with its failure). */
static uint8_t call(struct bios_registers *r)
{
    bios_call(0x13, r);
    if (!(r->eflags & EFLAGS_CF))
        return 0;
    return bios_status(r) ? bios_status(r) : STATUS_BAD_COMMAND;
}

/* Some BIOSes set CF here although all is well, so only the numbers are used. */
static void ask_geometry(void)
{
    struct bios_registers r = {.eax = INT13_PARAMETERS, .edx = drive};

    call(&r);
    geometry = geometry_from_bios((uint8_t)r.ecx, (uint8_t)(r.edx >> 8));
}

static void use(bool chs, uint32_t sectors)
{
    by_chs = chs;
    most = sectors;
    limit = sectors;
    if (by_chs)
        ask_geometry();
}

void disk_start(uint8_t boot_drive, bool works_by_chs, bool force_chs, bool verbose)
{
    drive = boot_drive;
    is_verbose = verbose;
    must_use_chs = force_chs;
    starts_by_chs = works_by_chs || force_chs;
    use(starts_by_chs, BOUNCE_SECTORS);
}

bool disk_set_care(unsigned care)
{
    if (care > DISK_MOST_CARE || (care == DISK_MOST_CARE && must_use_chs))
        return false;
    use(starts_by_chs ^ (care == DISK_MOST_CARE), care == 0 ? BOUNCE_SECTORS : 1);
    return true;
}

static uint8_t read_edd(uint64_t lba, uint32_t count, uint32_t address)
{
    struct bios_registers r = {.eax = INT13_EDD_READ, .edx = drive, .esi = (uint32_t)&packet};

    packet = (struct disk_address_packet){
        .size = sizeof packet,
        .count = (uint16_t)count,
        .segment = (uint16_t)(address >> 4),
        .lba = lba,
    };
    return call(&r);
}

static uint8_t read_chs(uint64_t lba, uint32_t count, uint32_t address)
{
    bool is_floppy = drive < FIRST_HARD_DISK;
    struct bios_registers r;
    struct chs chs;
    uint8_t status;

    if (!geometry_locate(geometry, lba, &chs))
        return STATUS_BAD_COMMAND; /* what a BIOS answers for a sector that it cannot address */
    r = (struct bios_registers){
        .eax = INT13_READ | count,
        .ebx = address & 0xf,
        .ecx = geometry_cx(chs),
        .edx = drive | (uint32_t)chs.head << 8,
        .es = (uint16_t)(address >> 4),
    };
    if (is_floppy)
        floppy_table_lengthen(geometry.sectors_per_track);
    status = call(&r);
    if (is_floppy)
        floppy_table_restore();
    return status;
}

/* How many sectors the next transfer can have. */
static uint32_t transfer_size(uint64_t lba, uint32_t count)
{
    uint32_t size = count < limit ? count : limit;

    if (by_chs && geometry.sectors_per_track != 0 && size > geometry_left_in_track(geometry, lba))
        size = geometry_left_in_track(geometry, lba);
    return size;
}

/* One transfer, repeated after resets: some drives refuse everything until then. */
static uint8_t transfer(uint64_t lba, uint32_t count, uint32_t address)
{
    uint8_t status = 0;

    for (unsigned i = 0; i < DISK_TRIES; i++) {
        struct bios_registers reset = {.eax = INT13_RESET, .edx = drive};

        status = by_chs ? read_chs(lba, count, address) : read_edd(lba, count, address);
        last_lba = lba;
        last_status = status;
        if (is_verbose)
            print("  %s: LBA %llu, %u sectors: status %02Xh\n", disk_mode(),
                  (unsigned long long)lba, count, status);
        if (status == 0)
            return 0;
        call(&reset);
    }
    return status;
}

/* With these, each try may take seconds, and smaller transfers do not help. */
static bool is_absent(uint8_t status)
{
    return status == STATUS_NO_MEDIA || status == STATUS_TIMEOUT || status == STATUS_NOT_READY;
}

/* After three failures: smaller transfers, then the other way once.  False if neither is left. */
static bool change_way(uint8_t status, uint32_t failed_size)
{
    if (failed_size > 1 && !is_absent(status)) {
        limit = failed_size / 2;
        return true;
    }
    if (other_status != 0 || must_use_chs)
        return false;
    other_status = status;
    use(!by_chs, most);
    return true;
}

const void *disk_read(uint64_t lba, uint32_t count)
{
    uint32_t done = 0;

    other_status = 0;
    while (done < count) {
        uint32_t size = transfer_size(lba + done, count - done);
        uint8_t status = transfer(lba + done, size, BOUNCE_ADDRESS + done * SECTOR_SIZE);

        if (status == 0) {
            done += size;
            if (other_status != 0)
                starts_by_chs = by_chs; /* it worked where the other way did not */
            other_status = 0;           /* so the next sector may change the way again */
        } else if (!change_way(status, size)) {
            return NULL;
        }
    }
    return (const void *)BOUNCE_ADDRESS;
}
