/*
 * faults.h - code that fails, instruction by instruction (faults.asm).  The
 * labels are the addresses that RIP has in the report.
 */
#ifndef FIRSTLIGHT_TESTS_KERNEL_FAULTS_H
#define FIRSTLIGHT_TESTS_KERNEL_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

#define UNMAPPED 0x100000000ull /* 4 GiB: the first byte that no mapping covers */

void fault_divide(void);
void fault_invalid(void);
bool fault_breakpoint_keeps_registers(void); /* INT3 between two checks of all of them */
void fault_without_stack(void); /* a push with a non-canonical RSP */
void fault_read(uint64_t address);
void fault_write(uint64_t address);
void fault_fetch(uint64_t address);
void fault_selector(uint64_t selector);
void fault_single_step(void);
void fault_x87(void);
void fault_interrupt_128(void);
void raise_interrupt_39(void); /* line 7's vector, and line 15's: spurious ones */
void raise_interrupt_47(void);
void raise_interrupt_255(void);
void raise_interrupt_255_with_direction(void); /* the same with DF = 1 */
void fault_on_odd_stack(void);    /* invalid opcode with RSP = 16 n + 8 */
void fault_with_direction(void);  /* invalid opcode with DF = 1 */
void fault_with_registers(void);  /* invalid opcode; register n holds n at both ends */

extern const char fault_divide_at[];
extern const char fault_invalid_at[];
extern const char fault_read_at[];
extern const char fault_write_at[];
extern const char fault_x87_at[];
extern const char fault_selector_at[];
extern const char fault_interrupt_128_after[];

#endif
