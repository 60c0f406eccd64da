/*
 * mine.c - loads the student's links, and says whose each link is and which one failed.
 *
 * Owns the sector at STUDENT_LBA, which real_mode.asm has read to MINE_DIRECTORY_ADDRESS, and
 * the note at MINE_NOTE_ADDRESS.
 */
#include "tools/labs/mine/mine.h"

#include <stdarg.h>

#include "lib/cpu.h"
#include "lib/format.h"
#include "lib/string.h"
#include "lib/vga_text.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/disk.h"

#define USER_VECTOR 0x60 /* 60h-67h are for programs */

void __wrap_disk_start(uint8_t drive, bool works_by_chs, bool force_chs, bool verbose);
void __real_disk_start(uint8_t drive, bool works_by_chs, bool force_chs, bool verbose);

/* real_mode.asm */
void mine_real_mode(void);
extern struct mine_result mine_result;

/* At their fixed addresses (layout.h, mine.mk). */
extern const struct mine_directory mine_directory;
extern volatile uint32_t mine_note;

static const struct {
    int slot;
    unsigned lab;
    const char *title;
} links[] = {
#define LINK(name, kind, slot, lab, file, title) { slot, lab, title },
#include "tools/labs/mine/links.def"
#undef LINK
};

static unsigned row_of(enum mine_link link)
{
    unsigned row = 0;

    while (links[row].slot != (int)link) /* every enumerator is a row of the same table */
        row++;
    return row;
}

bool mine_is_theirs(enum mine_link link)
{
    return mine_directory.lba[link] != 0;
}

void mine_load(enum mine_link link)
{
    const void *sectors = disk_read(mine_directory.lba[link], STUDENT_SECTORS);

    if (sectors == NULL)
        mine_fault(link, "could not be read from the disk: %s", disk_describe());
    memcpy((void *)STUDENT_ADDRESS, sectors, STUDENT_SECTORS * SECTOR_SIZE);
}

void mine_start(enum mine_link link)
{
    print("%s: yours.\n", links[row_of(link)].title);
    mine_note = MINE_NOTE(link);
}

void mine_has_returned(void)
{
    mine_note = 0;
}

struct mine_result mine_call_real(enum mine_link link)
{
    struct bios_registers r = { 0 };
    uint32_t vector = interrupt_vector_table[USER_VECTOR];

    mine_load(link);
    mine_start(link);
    interrupt_vector_table[USER_VECTOR] = (uint32_t)mine_real_mode; /* segment 0 */
    bios_call(USER_VECTOR, &r);
    interrupt_vector_table[USER_VECTOR] = vector;
    mine_has_returned();
    if (mine_result.sp != STACK_TOP)
        mine_fault(link, "returned with SP = %04Xh instead of %04Xh", mine_result.sp, STACK_TOP);
    return mine_result;
}

void mine_fault(enum mine_link link, const char *format, ...)
{
    char line[256];
    va_list args;
    unsigned row = row_of(link);

    va_start(args, format);
    format_string_v(line, sizeof line, format, args);
    va_end(args);
    mine_has_returned();
    console_attribute(VGA_ATTRIBUTE(VGA_LIGHT_RED, VGA_BLACK));
    print("\n%s: your program %s.\n", links[row].title, line);
    console_attribute(VGA_ATTRIBUTE(VGA_LIGHT_GREY, VGA_BLACK));
    print("The boot ends here. `make check N=%u` grades this link alone.\n", links[row].lab);
    for (;;)
        cpu_halt();
}

static const char *reset_in_words(enum mine_link link)
{
    return link == LINK_LINKER_SCRIPT
               ? "laid out a kernel that was reset, or never ended, before it came to its prompt"
               : "was running when the machine was reset: it caused an exception, or never ended";
}

/* The first moment at which both the screen and the disk can be used. */
void __wrap_disk_start(uint8_t drive, bool works_by_chs, bool force_chs, bool verbose)
{
    __real_disk_start(drive, works_by_chs, force_chs, verbose);
    print("%s\n", mine_directory.owners);
    for (unsigned row = 0; row < sizeof links / sizeof links[0]; row++)
        if (mine_note == MINE_NOTE(links[row].slot) && links[row].slot != NO_SLOT)
            mine_fault((enum mine_link)links[row].slot, "%s",
                       reset_in_words((enum mine_link)links[row].slot));
    mine_check_protected_mode();
}
