/*
 * cpu.h - the instructions that C cannot express.  Stage 2 (32-bit) and the
 * kernel (64-bit) share them; what only the kernel uses is in
 * kernel/cpu/registers.h, port I/O in port.h.
 * Registers and bits are named as in Intel SDM volume 3A, chapter 2.
 */
#ifndef FIRSTLIGHT_LIB_CPU_H
#define FIRSTLIGHT_LIB_CPU_H

#include <stdint.h>

struct cpuid_result {
    uint32_t eax, ebx, ecx, edx;
};

/*
 * Instructions that ask the CPU about itself.  In a host test these are
 * ordinary functions that the test supplies: a fake CPU.
 *
 * Model-specific registers: the CPU must have them (CPUID 1, EDX bit 5).
 */
#if __STDC_HOSTED__

struct cpuid_result cpuid(uint32_t leaf);
uint64_t read_msr(uint32_t number);
void write_msr(uint32_t number, uint64_t value);
_Bool cpu_has_cpuid(void);
uint64_t rdtsc(void);

#else

static inline struct cpuid_result cpuid(uint32_t leaf)
{
    struct cpuid_result r;

    __asm__ volatile("cpuid"
                     : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx)
                     : "a"(leaf), "c"(0));
    return r;
}

static inline uint64_t read_msr(uint32_t number)
{
    uint32_t low, high;

    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(number));
    return (uint64_t)high << 32 | low;
}

static inline void write_msr(uint32_t number, uint64_t value)
{
    __asm__ volatile("wrmsr"
                     :
                     : "c"(number), "a"((uint32_t)value), "d"((uint32_t)(value >> 32))
                     : "memory");
}

static inline uint64_t rdtsc(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}

#ifdef __i386__
/* CPUID exists if EFLAGS.ID (bit 21) can be changed.  Intel SDM 1 20.1.2 */
static inline _Bool cpu_has_cpuid(void)
{
    uint32_t before, after;

    __asm__ volatile("pushfl; popl %0; movl %0, %1; xorl $0x200000, %1;"
                     "pushl %1; popfl; pushfl; popl %1; pushl %0; popfl"
                     : "=&r"(before), "=&r"(after)
                     :
                     : "cc");
    return (before ^ after) & 0x200000;
}
#endif

#endif

/* Control registers, in the width of the mode. */
static inline unsigned long read_cr0(void)
{
    unsigned long value;

    __asm__ volatile("mov %%cr0, %0" : "=r"(value));
    return value;
}

/* The linear address of the last page fault. */
static inline unsigned long read_cr2(void)
{
    unsigned long value;

    __asm__ volatile("mov %%cr2, %0" : "=r"(value));
    return value;
}

static inline void cpu_disable_interrupts(void)
{
    __asm__ volatile("cli" : : : "memory");
}

static inline void cpu_enable_interrupts(void)
{
    __asm__ volatile("sti" : : : "memory");
}

/* RFLAGS.IF, bit 9. */
static inline _Bool cpu_interrupts_enabled(void)
{
    unsigned long flags;

    __asm__ volatile("pushf; pop %0" : "=r"(flags) : : "memory");
    return flags & 0x200;
}

/* Disables interrupts; the result is for cpu_interrupts_restore(). */
static inline _Bool cpu_interrupts_save(void)
{
    _Bool enabled = cpu_interrupts_enabled();

    cpu_disable_interrupts();
    return enabled;
}

static inline void cpu_interrupts_restore(_Bool enabled)
{
    if (enabled)
        cpu_enable_interrupts();
}

/*
 * Enables interrupts and halts until one arrives.  STI takes effect only after
 * the next instruction, so an interrupt that is already pending ends the HLT.
 */
static inline void cpu_wait_for_interrupt(void)
{
    __asm__ volatile("sti; hlt" : : : "memory");
}

/*
 * REP MOVS and REP STOS by machine words, upwards (DF = 0, as the ABI
 * requires). One instruction for any length: a loop in C executes six to eleven
 * per word.
 */
#ifdef __x86_64__
#define WORD_SUFFIX "q"
#else
#define WORD_SUFFIX "l"
#endif

static inline void cpu_copy_words(void *to, const void *from, uintptr_t words)
{
    __asm__ volatile("rep movs" WORD_SUFFIX : "+D"(to), "+S"(from), "+c"(words) : : "memory");
}

static inline void cpu_fill_words(void *to, uintptr_t value, uintptr_t words)
{
    __asm__ volatile("rep stos" WORD_SUFFIX : "+D"(to), "+c"(words) : "a"(value) : "memory");
}

/* Waits for an interrupt; with interrupts disabled, for an NMI or SMI. */
static inline void cpu_halt(void)
{
    __asm__ volatile("hlt" : : : "memory");
}

/* Tells the CPU, and its other hyper-thread, that this is a waiting loop. */
static inline void cpu_relax(void)
{
    __asm__ volatile("pause" : : : "memory");
}

#endif
