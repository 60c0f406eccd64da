"""Rules about the instruction that raised the exception: what it is, and what its operand is."""

from firstlight import trail
from firstlight.case import Finding
from firstlight.operand import address, decode, is_canonical

# Opcodes after 0Fh: SSE's with any prefix; SSE's with 66h, F2h or F3h and MMX's without.
SSE = {*range(0x10, 0x18), *range(0x28, 0x30), *range(0x50, 0x60), 0xc2, 0xc6}
SSE_WITH_PREFIX = {*range(0x60, 0x80), 0xc4, 0xc5, *range(0xd0, 0xff)}
# one-byte opcodes that 64-bit mode does not have: PUSH and POP of segments, BCD, PUSHA, far direct
NOT_IN_64_BIT = {0x06, 0x07, 0x0e, 0x16, 0x17, 0x1e, 0x1f, 0x27, 0x2f, 0x37, 0x3f, 0x60, 0x61,
                 0x82, 0x9a, 0xce, 0xd4, 0xd5, 0xd6, 0xea}
SYSTEM_CALL_ENTRY = b"\x82\x00\x00\xc0"      # LSTAR's number, as a constant in an instruction
STRINGS = tuple(bytes([opcode]) for opcode in (0xa4, 0xa5, 0xa6, 0xa7, *range(0xaa, 0xb0)))
DF_CLEARED = (b"\xfc", b"\x9d")                # CLD, POPF
RETURNS = (b"\xc3", b"\xcb", b"\xcf", b"\x48\xcf")
PORT_INSTRUCTIONS = {*range(0x6c, 0x70), *range(0xe4, 0xe8), *range(0xec, 0xf0)}


def is_sse(code, mode):
    """Whether an instruction needs CR4.OSFXSR.  Intel SDM 2D, table A-3."""
    rest = code.lstrip(b"\x66\xf2\xf3")
    has_prefix = len(rest) < len(code)
    if mode == "long64" and rest[:1] and rest[0] >> 4 == 4:     # REX
        rest = rest[1:]
    return rest[:1] == b"\x0f" and len(rest) > 1 and (
        rest[1] in SSE or has_prefix and rest[1] in SSE_WITH_PREFIX)


def sse_switched_off(case):
    fault = case.raised(6)
    if not fault:
        return None
    code = case.read_linear(fault.cpu.pc, 16)
    if not is_sse(code, fault.cpu.mode) or fault.cpu.has("cr4", "OSFXSR") and not fault.cpu.has("cr0", "EM"):
        return None
    which = "CR4.OSFXSR is 0" if not fault.cpu.has("cr4", "OSFXSR") else "CR0.EM is 1"
    return Finding(f"An SSE instruction ({code[:8].hex(' ')}) runs while {which}: the CPU "
                   "treats it as invalid.",
                   "compile with -mgeneral-regs-only, or clear CR0.EM and set CR4.OSFXSR (bit 9) "
                   "first.")


def system_call_switched_off(case):
    """SYSCALL or SYSRET raised #UD, whatever the handler did with it, and SCE is still 0 at the end."""
    last = next((link for link in reversed(case.handled) if link.vector == 6 and link.source == "exception"), case.raised(6))
    if not last or not last.cpu or last.cpu.mode != "long64" or last.cpu.has("efer", "SCE") or case.cpu.has("efer", "SCE"):
        return None
    name = {b"\x0f\x05": "SYSCALL", b"\x0f\x07": "SYSRET"}.get(decode(case.read_linear(last.cpu.pc, 4), "long64").opcode)
    # without this a program may want the #UD
    prepared = trail.ran(case.trail, rb"\x0f\x30") and any(SYSTEM_CALL_ENTRY in one.raw for block in case.trail
                                                           for one in block.instructions)
    if not name or not prepared:
        return None
    return Finding(f"{name} at {case.name(last.cpu.pc)} raised #UD (invalid opcode), because EFER.SCE is 0: {name} is not enabled, "
                   "although its MSRs were written.",
                   "set SCE, bit 0 of EFER (MSR C0000080h), when LSTAR and STAR are written; keep the other bits.")


def direction_flag_left(case):
    """A routine executed STD and returned without CLD, and code that relies on DF = 0 has run."""
    c = case.first.cpu if case.first else case.cpu
    if case.is_alive and not case.away or not c.has("rflags", "DF"):
        return None
    code = [one for block in case.own_blocks or case.trail for one in block.instructions]
    for number, one in enumerate(code):
        end = next((i for i in range(number, len(code)) if code[i].raw in DF_CLEARED or code[i].raw in RETURNS), None) \
            if one.raw == b"\xfd" else None
        if end is None or code[end].raw not in RETURNS or one.address <= c.pc < code[end].end:
            continue
        other = next((two for before, two in zip(code[:number] + code[end:], [*code[1:number], *code[end + 1:]])
                      if decode(two.raw, c.mode).opcode in STRINGS and before.raw != b"\xfc"), None)
        if other:
            return Finding(f"The direction flag is set (DF = 1): the routine that executed STD at {case.name(one.address)} returned "
                           "without CLD, so that the string instructions of other code, such as the one at "
                           f"{case.name(other.address)} ({other.text.strip()}), run backwards.",
                           "CLD before that routine returns: C code and most assembly rely on DF = 0.")
    return None


def avx_switched_off(case):
    fault = case.raised(6)
    if not fault or fault.cpu.mode != "long64" or fault.cpu.has("cr4", "OSXSAVE"):
        return None
    code = case.read_linear(fault.cpu.pc, 8)
    if code[:1] not in (b"\xc4", b"\xc5", b"\x62"):
        return None
    return Finding(f"An AVX instruction ({code.hex(' ')}) runs while CR4.OSXSAVE is 0, or on a CPU without AVX.",
                   "compile with -mgeneral-regs-only and without -march=native.")


def device_not_available(case):
    fault = case.raised(7)
    if not fault:
        return None
    return Finding("A floating-point or SSE instruction runs while CR0.EM or CR0.TS is set: #NM.",
                   "compile with -mgeneral-regs-only, or clear CR0.EM and CR0.TS first.")


def divide(case):
    fault = case.raised(0)
    if not fault:
        return None
    one = decode(case.read_linear(fault.cpu.pc, 16), fault.cpu.mode)
    if one.opcode not in (b"\xf6", b"\xf7"):
        return None
    return Finding(f"{'IDIV' if one.reg == 7 else 'DIV'} divides by zero, or its quotient does not fit into the "
                   f"register, at {case.name(fault.cpu.pc)}.",
                   "check the divisor, and clear (DIV) or extend (IDIV: CQO) RDX before: RDX:RAX is "
                   "divided.")


def code_for_32_bits(case):
    """An instruction that 64-bit mode does not have, in code that was not meant for it."""
    fault = case.raised(6)
    if not fault or fault.cpu.mode != "long64":
        return None
    code = case.read_linear(fault.cpu.pc, 8)
    if not code or code[0] not in NOT_IN_64_BIT or not case.is_loaded(fault.cpu.pc):
        return None
    return Finding(f"At {case.name(fault.cpu.pc)} is 32-bit code in 64-bit mode: {code[:3].hex(' ')} is an instruction "
                   "that only 16- and 32-bit code has.",
                   "compile with -m64 (NASM: bits 64, -f elf64): the kernel is entered in long mode.")


def misaligned(case):
    fault = case.raised(13)
    if not fault or fault.error:
        return None
    c = fault.cpu
    code = case.read_linear(c.pc, 16)
    one = decode(code, c.mode)
    at = address(one, c)
    wants = 16 if is_sse(code, c.mode) or one.opcode == b"\x0f\xae" and one.reg in (0, 1) else 0
    if not wants or at is None or not at % wants or not is_canonical(at):
        return None
    by_stack = one.modrm & 7 in (4, 5) and not one.rex & 1
    cause = (f"An SSE instruction ({code[:6].hex(' ')}) needs an address that is a multiple of 16, and {at:X}h is "
             "misaligned")
    if by_stack and at % 16 == 8:
        return Finding(cause + ": the stack is off by 8, as if the function had been entered by a jump instead of a "
                       "call.", "call C functions (or push a return address) with RSP a multiple of 16 before "
                       "the CALL.")
    return Finding(cause + ".", "align the object to 16 bytes, or align the stack before the CALL; "
                   "-mgeneral-regs-only avoids SSE altogether.")


def _vectors_hint(value):
    """Where a value comes from that looks like two of the BIOS's interrupt vectors."""
    return ("; it is made of the BIOS's interrupt vectors, so it was read through a NULL pointer, from address 0"
            if value >> 48 in (0xf000, 0xc000) and value >> 16 & 0xffff in (0xf000, 0xc000) else "")


def not_canonical(case):
    """#GP(0) or #SS(0) by an address whose upper bits differ; a jump, call or return to one."""
    fault = case.raised(13) or case.raised(12)
    if not fault or fault.error or fault.cpu.mode != "long64":
        return None
    c = fault.cpu
    if not is_canonical(c.pc):
        return Finding(f"The CPU was sent to {c.pc:X}h, which is not a canonical address: bits 48 to 63 must repeat bit 47."
                       + _vectors_hint(c.pc),
                       "a function pointer or a return address was overwritten or never set; look at the stack's top.")
    one = decode(case.read_linear(c.pc, 16), c.mode)
    if one.opcode == b"\xff" and not one.has_memory and one.reg in (2, 4):
        from_register = c.get(("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi")[one.modrm & 7]
                              if not one.rex & 1 else f"r{(one.modrm & 7) + 8}")
        at, what = from_register, "jumps to"
    elif one.opcode in (b"\xc3", b"\xc2", b"\xcf"):
        at, what = case.read_number(c["rsp"]), "returns to"
    elif one.opcode[0] in range(0xa4, 0xb0) and not is_canonical(c["rdi"]):
        at, what = c["rdi"], "writes to"
    elif one.opcode[0] in range(0xa4, 0xb0):
        at, what = c["rsi"], "reads"
    elif one.opcode[0] in range(0x50, 0x60) or one.opcode in (b"\xe8", b"\x6a", b"\x68"):
        at, what = c["rsp"], "has a stack at"
    else:
        at, what = address(one, c), "accesses"
    if at is None or is_canonical(at):
        return None
    return Finding(f"The instruction at {case.name(c.pc)} {what} {at:X}h, which is not a canonical address "
                   f"(bits 48 to 63 must repeat bit 47){_vectors_hint(at)}.",
                   "find out where this address came from: a pointer that was overwritten or never set, read "
                   "through a NULL pointer, or a constant with a digit missing.")


def privileged(case):
    fault = case.raised(13)
    if not fault or fault.error or fault.cpu.cs.selector & 3 != 3:
        return None
    one = decode(case.read_linear(fault.cpu.pc, 16), fault.cpu.mode)
    if one.opcode[0] in PORT_INSTRUCTIONS:
        name = "OUT" if one.opcode[0] & 2 else "IN"
        return Finding(f"{name} at {case.name(fault.cpu.pc)} accesses a port from ring 3, and neither IOPL nor an I/O map in the TSS "
                       "permits that.", "use a system call, or allow the port: by its bit in the TSS's I/O map, or by IOPL 3.")
    return Finding(f"The instruction at {case.name(fault.cpu.pc)} may only run in ring 0, and the CPU is in ring 3.",
                   "use a system call: ring 3 may not change the machine.")


def runs_data(case):
    fault = case.raised(6)
    if not fault:
        return None
    code, where = case.read_linear(fault.cpu.pc, 16), case.section(fault.cpu.pc)
    if code[:2] == b"\x0f\x0b" and where != "data":
        return Finding("UD2 raises #UD on purpose: it marks a place that must never be reached.",
                       "find out what jumped here; the top of the stack may show it.")
    looks = ("is all FFh" if code and not code.strip(b"\xff") else
             "is all zero" if code and not code.strip(b"\0") else
             "is text" if code and all(32 <= byte < 127 for byte in code) else "")
    if where != "data" and not looks:
        return Finding(f"The bytes {code[:8].hex(' ')} are not an instruction in this mode "
                       f"({fault.cpu.mode}).",
                       "check whether this code was built for another mode, or was overwritten.")
    reason = "by its symbols, this is data" if where == "data" else f"the memory here {looks}"
    return Finding(f"The CPU is executing data: {reason} ({code[:8].hex(' ')}).",
                   "a jump, a return address or a function pointer went wrong; look at the "
                   "stack's top.")
