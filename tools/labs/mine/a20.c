/*
 * a20.c - lets the student's link open the gate before stage 2's own a20_open() does.
 *
 * That one then finds the gate open and leaves it alone; that it stays open after each BIOS call
 * remains Firstlight's part (stage2/a20_open.c).
 */
#include "stage2/a20.h"

#include "stage2/bios.h"
#include "tools/labs/mine/mine.h"

void __wrap_a20_open(void);
void __real_a20_open(void);

static volatile uint32_t *const low = (volatile uint32_t *)A20_PROBE_ADDRESS;
static volatile uint32_t *const high = (volatile uint32_t *)(A20_PROBE_ADDRESS + 0x100000);

static void open_by_link(void)
{
    bool says_closed = mine_call_real(LINK_A20).flags & EFLAGS_CF;

    if (!a20_is_on(low, high))
        mine_fault(LINK_A20, "returned CF = %u, and address line A20 is off", says_closed);
    if (says_closed)
        mine_fault(LINK_A20, "returned CF = 1, although address line A20 is on");
}

void __wrap_a20_open(void)
{
    if (mine_is_theirs(LINK_A20))
        open_by_link();
    __real_a20_open();
}
