/*
 * mine.h - the image of `make mine`: stage 2 with links that a student has written.
 *
 * Stage 2's own objects are linked unchanged; the linker's --wrap leads a few of their calls
 * (mine.mk) to the functions here, which enter the student's link or go on to ours.
 */
#ifndef LABS_MINE_H
#define LABS_MINE_H

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"

#define NO_SLOT (-1)

/* The slots of links.def */
enum mine_link {
#define LINK(name, kind, slot, lab, file, title) LINK_##name = slot,
#include "tools/labs/mine/links.def"
#undef LINK
};

#define MINE_SLOTS 12 /* room for them in the directory */

/*
 * The sector at STUDENT_LBA: where the student's links are, and whose each link is, in words.  Those of
 * the kernel are in it, at KERNEL_LBA.
 */
struct mine_directory {
    uint32_t lba[MINE_SLOTS]; /* 0: the link is Firstlight's own */
    char owners[SECTOR_SIZE - MINE_SLOTS * sizeof(uint32_t)];
};

_Static_assert(sizeof(struct mine_directory) == SECTOR_SIZE, "mine.py writes this sector");

/* At MINE_NOTE_ADDRESS while this link runs */
#define MINE_NOTE_MAGIC 0x4d4e0000u
#define MINE_NOTE(link) (MINE_NOTE_MAGIC | (uint32_t)(link))

/* Whether the student has written this link. */
bool mine_is_theirs(enum mine_link link);

/* Loads the student's link to STUDENT_ADDRESS; calls the BIOS. */
void mine_load(enum mine_link link);

/* Says on the screen that the link is entered, and leaves a note for the next boot. */
void mine_start(enum mine_link link);

/* Takes the note back: the link has ended. */
void mine_has_returned(void);

/* What real-mode code left: AX, FLAGS and SP. */
struct mine_result {
    uint16_t ax, flags, sp;
};

/* Loads the link and calls it in real mode, as the contract of lab 4 says. */
struct mine_result mine_call_real(enum mine_link link);

/* Ends the boot if the student's switch to protected mode, which has run long ago, left a wrong state. */
void mine_check_protected_mode(void);

/* Ends the boot with a sentence about the student's link. */
void mine_fault(enum mine_link link, const char *format, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

/*
 * Whether [linear, linear + length) is mapped, writable, to physical 0 and on: NULL, or in words
 * the first address that is not.  Looks at both ends of each 2 MiB.
 */
const char *mine_find_wrong_page(uint64_t cr3, uint64_t linear, uint64_t length);

#endif
