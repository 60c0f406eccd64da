/*
 * rare_faults.h - code that fails only on a CPU in an odd state
 * (rare_faults.asm).  The labels are the addresses that RIP has in the report.
 */
#ifndef FIRSTLIGHT_TESTS_KERNEL_RARE_FAULTS_H
#define FIRSTLIGHT_TESTS_KERNEL_RARE_FAULTS_H

#include <stdint.h>

void fault_load_fs(uint16_t selector);
void fault_load_ss(uint16_t selector);
void fault_read_stack(uint64_t rbp);
void fault_interrupt_2(void); /* INT 2, the vector of NMIs, which has a stack of its own */
void fault_x87_error(void);   /* 1 / 0, not masked, with CR0.NE */
void fault_sse_error(void);   /* the same by SSE */

/* Continue at `address`.  32-bit code has a 32-bit stack pointer, so `stack` is also below 4 GiB. */
void fault_in_32_bit_code(uint64_t address, uint16_t code_selector, uint64_t stack);
void fault_in_ring_3(uint64_t address, uint16_t code_selector, uint16_t data_selector);

extern const char fault_load_fs_at[];
extern const char fault_load_ss_at[];
extern const char fault_read_stack_at[];
extern const char fault_interrupt_2_at[];
extern const char fault_x87_error_at[];
extern const char fault_sse_error_at[];

/* Code to be copied there. */
extern const uint8_t code_overflow[], code_overflow_end[];                /* fails after its end */
extern const uint8_t code_bound[], code_bound_at[], code_bound_end[];
extern const uint8_t code_unaligned[], code_unaligned_end[];              /* fails at once */

#endif
