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

#define MINE_SLOTS 8 /* room for them in the directory */

/* The sector at STUDENT_LBA: where the student's links are, and whose each link is, in words. */
struct mine_directory {
    uint32_t lba[MINE_SLOTS]; /* 0: the link is Firstlight's own */
    char owners[SECTOR_SIZE - MINE_SLOTS * sizeof(uint32_t)];
};

_Static_assert(sizeof(struct mine_directory) == SECTOR_SIZE, "mine.py writes this sector");

/* Whether the student has written this link. */
bool mine_is_theirs(enum mine_link link);

/* Loads the student's link to STUDENT_ADDRESS, and says on the screen that it is entered. */
void mine_load(enum mine_link link);

/* To be called when the link has come back. */
void mine_has_returned(void);

/* What real-mode code left: AX, FLAGS and SP. */
struct mine_result {
    uint16_t ax, flags, sp;
};

/* Loads the link and calls it in real mode, as the contract of lab 4 says. */
struct mine_result mine_call_real(enum mine_link link);

/* Ends the boot with a sentence about the student's link. */
void mine_fault(enum mine_link link, const char *format, ...)
    __attribute__((noreturn, format(printf, 2, 3)));

#endif
