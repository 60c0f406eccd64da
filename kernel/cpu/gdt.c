/*
 * gdt.c - global descriptor table and task state segment.
 *
 * kernel_main calls gdt_start() first, so that the loader's memory can be
 * reused.  In long mode base and limit of code and data are ignored; the TSS is
 * needed for its interrupt stack table, which gives #DF, NMI and #MC stacks of
 * their own.  Intel SDM 3A, 3.4.5, 7.2.3 and 7.7.
 */
#include "kernel/cpu/gdt.h"

#include <stddef.h>
#include <stdint.h>

#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"

#define TSS_AVAILABLE 0x89ull /* present, ring 0, 64-bit TSS that is not busy */

struct task_state {
    uint32_t reserved_0;
    uint64_t rsp[3]; /* for calls from outer rings, which do not exist here */
    uint64_t reserved_1;
    uint64_t ist[7]; /* ist[n - 1] is the stack IST n */
    uint64_t reserved_2;
    uint16_t reserved_3;
    uint16_t io_map;
} __attribute__((packed));

_Static_assert(offsetof(struct task_state, ist) == 0x24, "the CPU's format");
_Static_assert(sizeof(struct task_state) == 0x68, "the CPU's format");
_Static_assert(STACKS - 1 <= 7, "the main stack and at most seven others");

static struct task_state tss;

/* "Accessed" is set in both, so that the CPU never writes to the table. */
static uint64_t gdt[] = {
    [SELECTOR_CODE / 8] = 0x00af9b000000ffff, /* 64-bit code, ring 0 */
    [SELECTOR_DATA / 8] = 0x00cf93000000ffff,
    [SELECTOR_TSS / 8 + 1] = 0, /* a TSS descriptor takes two entries */
};

/* Base and limit are scattered over the descriptor for compatibility with the 80286 and 80386. */
static void describe_tss(uint64_t base, uint64_t limit)
{
    gdt[SELECTOR_TSS / 8] = (limit & 0xffff) | (base & 0xffffff) << 16 | TSS_AVAILABLE << 40 |
                            (limit >> 16 & 0xf) << 48 | (base >> 24 & 0xff) << 56;
    gdt[SELECTOR_TSS / 8 + 1] = base >> 32;
}

void gdt_start(void)
{
    for (size_t i = STACK_main + 1; i < STACKS; i++)
        tss.ist[i - 1] = stacks[i].top;
    tss.io_map = sizeof tss; /* beyond the limit: outer rings may use no port */
    describe_tss((uint64_t)&tss, sizeof tss - 1);

    load_gdt(gdt, sizeof gdt - 1);
    load_segments(SELECTOR_CODE, SELECTOR_DATA);
    load_task_register(SELECTOR_TSS);
}
