/*
 * operand.h - the address that an instruction's memory operand refers to.
 *
 * #GP and #SS do not report the address that was wrong, as #PF does in CR2; the
 * instruction does.  Intel SDM 2A, chapter 2: prefixes, ModRM and SIB.
 */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_OPERAND_H
#define FIRSTLIGHT_KERNEL_DEBUG_OPERAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/interrupts/interrupt_frame.h"

#define INSTRUCTION_MAX 15 /* bytes; the CPU executes no longer one */

/*
 * The address that the 64-bit instruction in code[0..bytes) reads or writes.
 * Supported: ModRM operands of the one-byte opcodes and of 0Fh, 0F38h and
 * 0F3Ah, and the string instructions.  RIP-relative ones are left out: they are
 * never wrong.
 */
__attribute__((warn_unused_result)) bool operand_address(const uint8_t *code, size_t bytes,
                                                         const struct interrupt_frame *registers,
                                                         uint64_t *address);

#endif
