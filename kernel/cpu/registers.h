/*
 * registers.h - the registers that only the kernel uses: table registers,
 * segments, CR3 and CR4.  CR0, CR2 and MSRs are in lib/cpu.h, because stage 2
 * needs them as well.  Named as in Intel SDM 3A, 2.4-2.5 and AMD APM 2, chapter
 * 3.
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

/* Loads page tables; flushes all translations but global ones. */
static inline void write_cr3(uint64_t value)
{
    __asm__ volatile("mov %0, %%cr3" : : "r"(value) : "memory");
}

static inline void write_cr0(uint64_t value)
{
    __asm__ volatile("mov %0, %%cr0" : : "r"(value) : "memory");
}

/* Flushes the translation of one page, even a global one. */
static inline void invalidate_page(uint64_t address)
{
    __asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
}

static inline uint64_t read_cr4(void)
{
    uint64_t value;

    __asm__ volatile("mov %%cr4, %0" : "=r"(value));
    return value;
}

static inline void write_cr4(uint64_t value)
{
    __asm__ volatile("mov %0, %%cr4" : : "r"(value) : "memory");
}

/* What SGDT and SIDT store and LGDT and LIDT load. */
struct table_register {
    uint16_t limit; /* the offset of the table's last byte */
    uint64_t base;
} __attribute__((packed));

static inline void load_gdt(const void *base, uint16_t limit)
{
    struct table_register table = {limit, (uint64_t)base};

    __asm__ volatile("lgdt %0" : : "m"(table) : "memory");
}

static inline void load_idt(const void *base, uint16_t limit)
{
    struct table_register table = {limit, (uint64_t)base};

    __asm__ volatile("lidt %0" : : "m"(table) : "memory");
}

static inline struct table_register read_gdtr(void)
{
    struct table_register table;

    __asm__ volatile("sgdt %0" : "=m"(table));
    return table;
}

static inline struct table_register read_idtr(void)
{
    struct table_register table;

    __asm__ volatile("sidt %0" : "=m"(table));
    return table;
}

/* A random number; false if the CPU has none ready.  Needs CPUID 1, ECX bit 30. */
static inline _Bool rdrand(uint64_t *value)
{
    _Bool is_valid;

    __asm__ volatile("rdrand %0" : "=r"(*value), "=@ccc"(is_valid));
    return is_valid;
}

static inline void load_task_register(uint16_t selector)
{
    __asm__ volatile("ltr %0" : : "r"(selector) : "memory");
}

static inline uint16_t read_tr(void)
{
    uint16_t selector;

    __asm__ volatile("str %0" : "=r"(selector));
    return selector;
}

/* CS can only be loaded by a far transfer, here a far return; FS and GS are unused: null. */
static inline void load_segments(uint64_t code, uint16_t data)
{
    uint64_t target;

    __asm__ volatile("pushq %1; leaq 1f(%%rip), %0; pushq %0; lretq; 1:"
                     "movl %k2, %%ss; movl %k2, %%ds; movl %k2, %%es;"
                     "xorl %k0, %k0; movl %k0, %%fs; movl %k0, %%gs"
                     : "=&r"(target)
                     : "r"(code), "r"(data)
                     : "memory");
}

static inline uint64_t read_rflags(void)
{
    uint64_t value;

    __asm__ volatile("pushfq; popq %0" : "=r"(value) : : "memory");
    return value;
}

static inline uint16_t read_cs(void)
{
    uint16_t selector;

    __asm__ volatile("mov %%cs, %0" : "=r"(selector));
    return selector;
}

static inline uint16_t read_ss(void)
{
    uint16_t selector;

    __asm__ volatile("mov %%ss, %0" : "=r"(selector));
    return selector;
}

struct segment_selectors {
    uint16_t ds, es, fs, gs;
};

static inline struct segment_selectors read_segments(void)
{
    struct segment_selectors s;

    __asm__ volatile("movw %%ds, %0; movw %%es, %1; movw %%fs, %2; movw %%gs, %3"
                     : "=m"(s.ds), "=m"(s.es), "=m"(s.fs), "=m"(s.gs));
    return s;
}

#endif
