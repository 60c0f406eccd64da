// Which of Bochs's instrumentation points the live engine uses, and what the patch needs.
// Bochs includes this header in every file of the emulator: a change here compiles all of it again.

#if BX_INSTRUMENTATION

class bxInstruction_c;

// The patch (bochs.patch) reads these: whether to return to the page now, whether a halted
// CPU may wait for its next interrupt and how many ticks at once, what a device wrote, and that
// the machine is set up.
extern bool live_stopped;
bool live_halted(void);
unsigned live_wait(void);
void live_dma_write(bx_phy_address address, unsigned length);
[[noreturn]] void live_ready(void);

void live_reset(unsigned type);
void live_halt(void);
void live_far_branch(unsigned what, Bit16u from_cs, bx_address from, Bit16u to_cs, bx_address to);
void live_interrupt(unsigned vector);
void live_exception(unsigned vector, unsigned error_code);
void live_hardware_interrupt(unsigned vector);
void live_after(bxInstruction_c *instruction);
void live_delivered(void);
void live_repeat(bxInstruction_c *instruction);
void live_port(Bit16u port, unsigned length, unsigned value, bool out);
void live_linear_access(bx_address linear, bx_phy_address address, unsigned length, unsigned kind);
void live_physical_access(bx_phy_address address, unsigned length, unsigned kind);

#define BX_INSTR_INIT_ENV()
#define BX_INSTR_EXIT_ENV()
#define BX_INSTR_INITIALIZE(cpu)
#define BX_INSTR_EXIT(cpu)
#define BX_INSTR_RESET(cpu, type) live_reset(type)
#define BX_INSTR_HLT(cpu) live_halt()
#define BX_INSTR_MWAIT(cpu, addr, len, flags) live_halt()
#define BX_INSTR_DEBUG_PROMPT()
#define BX_INSTR_DEBUG_CMD(cmd)
#define BX_INSTR_CNEAR_BRANCH_TAKEN(cpu, branch, to)
#define BX_INSTR_CNEAR_BRANCH_NOT_TAKEN(cpu, branch)
#define BX_INSTR_UCNEAR_BRANCH(cpu, what, branch, to)
#define BX_INSTR_FAR_BRANCH(cpu, what, from_cs, from_eip, to_cs, to_eip) live_far_branch(what, from_cs, from_eip, to_cs, to_eip)
#define BX_INSTR_OPCODE(cpu, i, opcode, len, is32, is64)
#define BX_INSTR_EXCEPTION(cpu, vector, error_code) live_exception(vector, error_code)
#define BX_INSTR_INTERRUPT(cpu, vector) live_interrupt(vector)
#define BX_INSTR_HWINTERRUPT(cpu, vector, cs, eip) live_hardware_interrupt(vector)
#define BX_INSTR_CLFLUSH(cpu, laddr, paddr)
#define BX_INSTR_CACHE_CNTRL(cpu, what)
#define BX_INSTR_TLB_CNTRL(cpu, what, cr3)
#define BX_INSTR_PREFETCH_HINT(cpu, what, seg, offset)
#define BX_INSTR_BEFORE_EXECUTION(cpu, i)
#define BX_INSTR_AFTER_EXECUTION(cpu, i) live_after(i)
#define BX_INSTR_REPEAT_ITERATION(cpu, i) live_repeat(i)
#define BX_INSTR_LIN_ACCESS(cpu, lin, phy, len, memtype, rw) live_linear_access(lin, phy, len, rw)
#define BX_INSTR_PHY_ACCESS(cpu, phy, len, memtype, rw) live_physical_access(phy, len, rw)
#define BX_INSTR_INP(port, len)
#define BX_INSTR_INP2(port, len, value) live_port(port, len, value, false)
#define BX_INSTR_OUTP(port, len, value) live_port(port, len, value, true)
#define BX_INSTR_WRMSR(cpu, msr, value)
#define BX_INSTR_VMEXIT(cpu, reason, qualification)

#endif
