// Stores to memory, of instructions, the CPU itself and devices: marked in the index by which the
// page finds the interval in which a byte was written, and logged while a single instant is examined.

#include "live.h"

void live_mark_store(bx_phy_address address, unsigned length)
{
    if (address / PAGE >= observer->memory_pages)
        return;
    observer->dirty[address / PAGE] = 1;
    Bit8u *bits = observer->written + address / 8;
    if (length <= 32)
        *(Bit64u *)bits |= ((Bit64u(1) << length) - 1) << (address & 7);
    else
        for (unsigned i = 0; i < length; i++)
            observer->written[(address + i) / 8] |= 1 << ((address + i) & 7);
}

// Whether an address is in the GDT or the LDT: a store there may be the CPU's own (Accessed, busy)
static bool in_descriptor_table(bx_address linear)
{
    BX_CPU_C *cpu = BX_CPU(0);
    const bx_segment_reg_t &ldt = cpu->ldtr;
    return linear - cpu->gdtr.base <= cpu->gdtr.limit
        || (ldt.cache.valid && linear - ldt.cache.u.segment.base <= ldt.cache.u.segment.limit_scaled);
}

static void log_part(bx_phy_address address, unsigned length, unsigned kind)
{
    BX_CPU_C *cpu = BX_CPU(0);
    struct access *access = &observer->accesses[observer->access_count++];
    access->count = (double)live_next_count();
    access->address = (Bit32u)address;
    access->length = (Bit16u)length;
    access->kind = (Bit16u)kind;
    access->old = live_peek(address, length);
    access->linear = cpu->long64_mode() ? cpu->prev_rip : cpu->sregs[BX_SEG_REG_CS].cache.u.segment.base + cpu->prev_rip;
}

static void log_access(bx_phy_address address, unsigned length, unsigned kind)
{
    for (unsigned done = 0; done < length && observer->access_count < ACCESS_ROOM; done += 8)
        log_part(address + done, length - done < 8 ? length - done : 8, kind);
}

static inline void store(bx_phy_address address, unsigned length, unsigned kind)
{
    live_mark_store(address, length);
    if (address < observer->store_to && address + length > observer->store_from)
        observer->hit = observer->hit || (observer->watch & WATCH_STORE);
    if ((address & ~bx_phy_address(0x7fff)) == 0xb8000)
        observer->screen_touched = true;
    if (observer->log_accesses)
        log_access(address, length, kind);
}

void live_linear_access(bx_address linear, bx_phy_address address, unsigned length, unsigned kind)
{
    if (kind != BX_WRITE && observer->log_accesses == LOG_ALL)
        log_access(address, length, ACCESS_READ);
    if (kind & 1) { // BX_WRITE, BX_RW
        bool table = observer->log_accesses && in_descriptor_table(linear);
        store(address, length, live_delivering ? ACCESS_CPU : table ? ACCESS_TABLE : ACCESS_INSTRUCTION);
    }
}

// Walks of the page tables (Accessed and Dirty bits), and the state that system management mode saves
void live_physical_access(bx_phy_address address, unsigned length, unsigned kind)
{
    if (kind & 1)
        store(address, length, ACCESS_CPU);
}

void live_dma_write(bx_phy_address address, unsigned length)
{
    store(address, length, ACCESS_DEVICE);
}
