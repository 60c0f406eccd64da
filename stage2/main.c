/*
 * main.c - stage 2, step by step: what must be done before a 64-bit kernel can run.
 *
 * Each step prints one line, or ends the boot with one message (error.c).
 */
#include <stdint.h>

#include "boot_info.h"
#include "layout.h"
#include "lib/milestone.h"
#include "lib/port.h"
#include "stage2/a20.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/cpu_check.h"
#include "stage2/disk.h"
#include "stage2/error.h"
#include "stage2/kernel_load.h"
#include "stage2/memory_map.h"
#include "stage2/milestones.h"
#include "stage2/options.h"
#include "stage2/paging.h"

#define EFER_LME 0x100u
#define EFER_NXE 0x800u

void long_mode_enter(uint32_t page_tables, uint32_t efer, uint64_t entry, uint32_t boot_info)
    __attribute__((noreturn));
void stage2_main(uint32_t drive, uint32_t by_chs) __attribute__((noreturn));

/* At their fixed addresses (layout.h, stage2.ld). */
extern struct boot_info boot_info;
extern uint64_t page_tables[PAGE_TABLES_PAGES][PAGE_ENTRIES];

static struct kernel_image kernel;

/* What stage 1 did, which had no room to print it in words. */
static void print_banner(uint32_t drive)
{
    const struct stage2_header *header = (const struct stage2_header *)STAGE2_HEADER;

    print("Stage 1: %u sectors of stage 2 from drive %02Xh, sum correct.\n", header->sectors,
          drive);
    milestone_stamp(MILESTONE_STAGE2, drive);
}

static void fill_boot_info(uint32_t drive)
{
    boot_info = (struct boot_info){
        .magic = BOOT_INFO_MAGIC,
        .version = BOOT_INFO_VERSION,
        .size = sizeof(struct boot_info),
        .memory_map = MEMORY_MAP_ADDRESS,
        .memory_map_entries = memory_map_entries(),
        .cpu_features = cpu_features(),
        .kernel_address = kernel.header.load_address,
        .kernel_bytes = kernel.header.memory_bytes,
        .kernel_lba = kernel.lba,
        .recorder = RECORDER_ADDRESS,
        .boot_drive = (uint8_t)drive,
        .partition = kernel.partition,
        .cursor_row = console_row(),
        .cursor_column = console_column(),
    };
}

/* The last BIOS call: some firmware prepares its SMM code for the mode named here. */
static void announce_long_mode(void)
{
    struct bios_registers r = {.eax = 0xec00, .ebx = 2}; /* 2: long mode only; AMD BIOS guide */

    bios_call(0x15, &r);
}

/* From here on no hardware interrupt may occur: there is no handler. */
static void mask_interrupts(void)
{
    outb(0xa1, 0xff); /* slave PIC first, so that its line is quiet when the master closes */
    outb(0x21, 0xff);
}

void stage2_main(uint32_t drive, uint32_t by_chs)
{
    milestones_start(); /* time stamps of the boot, for later */
    bios_mask_nmi();    /* we have no handler for one */
    console_start();    /* screen and COM1 */
    options_start();    /* a Shift key held? */
    print_banner(drive);

    disk_start((uint8_t)drive, by_chs, option_is_set(OPTION_FORCE_CHS),
               option_is_set(OPTION_VERBOSE));
    a20_open();  /* from here on odd megabytes can be used */
    cpu_check(); /* 64-bit? */
    milestone_stamp(MILESTONE_CPU, cpu_features());
    memory_map_collect(); /* which RAM exists */
    milestone_stamp(MILESTONE_MEMORY_MAP, memory_map_entries());
    kernel_find(&kernel); /* partition table, header */
    milestone_stamp(MILESTONE_KERNEL_FOUND, kernel.lba);
    kernel_load(&kernel); /* from disk to memory, with a correct checksum */
    milestone_stamp(MILESTONE_KERNEL_VERIFIED, kernel.header.payload_hash);

    paging_build(page_tables, PAGE_TABLES_ADDRESS);
    announce_long_mode();
    mask_interrupts();
    print("Long mode: kernel entry at 0x%llx.\n", (unsigned long long)kernel.header.entry);
    milestone_stamp(MILESTONE_LONG_MODE, (uint32_t)kernel.header.entry);
    fill_boot_info(drive);
    long_mode_enter(PAGE_TABLES_ADDRESS,
                    EFER_LME | (cpu_features() & CPU_FEATURE_NX ? EFER_NXE : 0),
                    kernel.header.entry, BOOT_INFO_ADDRESS);
}
