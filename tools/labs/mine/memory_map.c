/*
 * memory_map.c - lets stage 2's own memory_map.c read the student's list instead of the BIOS's.
 *
 * The link leaves raw entries, as the BIOS reports them; sorting and checking them stays
 * Firstlight's part.  So memory_map_collect() asks with E820h as always, and while it runs the
 * answers come from that list: 24 bytes a call, EBX counts.
 *
 * The list lies at SCRATCH_ADDRESS, where memory_map_collect() collects what it was told.  It
 * never stores more entries than it has asked for, so none is overwritten before it was read.
 */
#include "boot_info.h"
#include "stage2/bios.h"
#include "stage2/console.h"
#include "stage2/memory_map.h"
#include "stage2/memory_ranges.h"
#include "tools/labs/mine/mine.h"

#define SMAP 0x534d4150u

void __wrap_memory_map_collect(void);
void __real_memory_map_collect(void);
void __wrap_bios_call(uint8_t vector, struct bios_registers *registers);
void __real_bios_call(uint8_t vector, struct bios_registers *registers);

static const struct memory_range *const list = (const struct memory_range *)SCRATCH_ADDRESS;
static unsigned count;
static bool is_asked; /* E820h is answered from the list */

/* As the BIOS: CF = 1 if there is no such entry. */
static void answer(struct bios_registers *r)
{
    if (r->ebx >= count) {
        r->eflags |= EFLAGS_CF;
        return;
    }
    *(struct memory_range *)r->edi = list[r->ebx];
    r->eax = SMAP;
    r->ecx = sizeof list[0];
    r->ebx = r->ebx + 1 < count ? r->ebx + 1 : 0;
    r->eflags &= ~EFLAGS_CF;
}

void __wrap_bios_call(uint8_t vector, struct bios_registers *registers)
{
    if (is_asked && vector == 0x15 && (uint16_t)registers->eax == 0xe820)
        answer(registers);
    else
        __real_bios_call(vector, registers);
}

static void check_list(struct mine_result result)
{
    if (result.flags & EFLAGS_CF) {
        print("It found no list; Firstlight asks with E801h.\n");
        return;
    }
    count = result.ax;
    if (count == 0 || count > MEMORY_MAP_MAX)
        mine_fault(LINK_MEMORY_MAP, "returned AX = %u, which is not a number of entries", count);
    if (memory_ranges_sum(list, count, MEMORY_USABLE) == 0)
        mine_fault(LINK_MEMORY_MAP, "returned AX = %u, and none of the entries is usable memory", count);
}

void __wrap_memory_map_collect(void)
{
    is_asked = mine_is_theirs(LINK_MEMORY_MAP);
    if (is_asked)
        check_list(mine_call_real(LINK_MEMORY_MAP));
    __real_memory_map_collect();
    is_asked = false;
}
