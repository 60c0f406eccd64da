/*
 * protected_mode.c - what the student's switch to protected mode left.
 *
 * That ran before there was a screen or C code: protected_mode.asm kept what it found until here.
 */
#include <stddef.h>

#include "tools/labs/mine/mine.h"

#define EFLAGS_IF 0x200u
#define EFLAGS_DF 0x400u

/* For protected_mode.asm: where the link's LBA is in the directory, and the note. */
const uint16_t mine_protected_mode_lba =
    MINE_DIRECTORY_ADDRESS + offsetof(struct mine_directory, lba[LINK_PROTECTED_MODE]);
const uint32_t mine_protected_mode_note = MINE_NOTE(LINK_PROTECTED_MODE);

extern const struct mine_protected_mode_state {
    uint32_t esp, edx, eflags;
    uint32_t passed_on; /* what EDX was at the link's entry */
} mine_protected_mode_state;

void mine_check_protected_mode(void)
{
    const struct mine_protected_mode_state *left = &mine_protected_mode_state;

    if (left->esp == 0)
        return; /* it was ours */
    if (left->esp != STACK_TOP)
        mine_fault(LINK_PROTECTED_MODE, "left ESP = %Xh instead of %Xh", left->esp, STACK_TOP);
    if (left->edx != left->passed_on)
        mine_fault(LINK_PROTECTED_MODE, "left EDX = %Xh instead of %Xh", left->edx, left->passed_on);
    if (left->eflags & (EFLAGS_IF | EFLAGS_DF))
        mine_fault(LINK_PROTECTED_MODE, "left IF or DF set: EFLAGS = %Xh", left->eflags);
}
