/*
 * bios.h - calls the BIOS from 32-bit C.
 */
#ifndef STAGE2_BIOS_H
#define STAGE2_BIOS_H

#include <stddef.h>
#include <stdint.h>

/* The registers of a BIOS call.  stage2/bios_call.asm knows the offsets. */
struct bios_registers {
    uint32_t eax, ebx, ecx, edx, esi, edi, ebp;
    uint16_t ds, es;
    uint32_t eflags; /* only on return */
};

_Static_assert(offsetof(struct bios_registers, ds) == 28, "bios_call.asm relies on it");
_Static_assert(offsetof(struct bios_registers, es) == 30, "bios_call.asm relies on it");
_Static_assert(offsetof(struct bios_registers, eflags) == 32, "bios_call.asm relies on it");
_Static_assert(sizeof(struct bios_registers) == 36, "bios_call.asm relies on it");

#define EFLAGS_CF 0x1u
#define EFLAGS_ZF 0x40u

/*
 * Runs the BIOS service INT `vector` in real mode.  `registers` passes
 * registers in and out; start from {0}, so that no stale value reaches the
 * BIOS.  Pointers for the BIOS must be below 64 KiB (segment 0) or be split.
 */
void bios_call(uint8_t vector, struct bios_registers *registers);

/* For a static object whose address is passed to the BIOS: puts it below 64 KiB (stage2.ld). */
#define BIOS_REACHES __attribute__((section(".bss.low")))

/* Real mode's, at address 0 (stage2.ld): offset in the low half, segment in the high one. */
extern volatile uint32_t interrupt_vector_table[];

/* Masks NMIs, until the BIOS unmasks them. */
void bios_mask_nmi(void);

/* Called at the end of bios_call(), if it is not NULL: a20_open() tests the gate. */
extern void (*bios_after_call)(void);

/* AH of a call's result, where INT 13h returns its status. */
static inline uint8_t bios_status(const struct bios_registers *registers)
{
    return (uint8_t)(registers->eax >> 8);
}

#endif
