/*
 * registers.h - the registers that only the kernel reads, and loading the IDT.
 * CR0, CR2 and MSRs are in lib/cpu.h, because stage 2 needs them too.
 * Named as in Intel SDM 3A, 2.4-2.5 and AMD APM 2, chapter 3.
 */
#ifndef FIRSTLIGHT_KERNEL_CPU_REGISTERS_H
#define FIRSTLIGHT_KERNEL_CPU_REGISTERS_H

#include <stdint.h>

#include "lib/cpu.h"

#define MSR_EFER 0xc0000080u

static inline uint64_t read_cr3(void)
{
    uint64_t value;

    __asm__ volatile("mov %%cr3, %0" : "=r"(value));
    return value;
}

static inline uint64_t read_cr4(void)
{
    uint64_t value;

    __asm__ volatile("mov %%cr4, %0" : "=r"(value));
    return value;
}

static inline uint16_t read_cs(void)
{
    uint16_t selector;

    __asm__ volatile("movw %%cs, %0" : "=r"(selector));
    return selector;
}

/* `limit` is the offset of the table's last byte. */
static inline void load_idt(const void *base, uint16_t limit)
{
    struct __attribute__((packed)) {
        uint16_t limit;
        uint64_t base;
    } pointer = {limit, (uint64_t)base};

    __asm__ volatile("lidt %0" : : "m"(pointer) : "memory");
}

#endif
