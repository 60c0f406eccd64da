"""Which instructions can change the CPU's mode, and to what.

Found by their bytes, so that the mode in which code will run need not be known: MOV to CR0
is 0F 22 C0-C7 in every mode, LMSW 0F 01 with 6 in the middle of the next byte; a direct far
jump begins with EA and a call with 9A, indirect ones are FF with 5 or 3 there; far returns
are CA, CB and CF (IRET), INT is CD.
"""

import re
import struct

from firstlight import bits, descriptors

CHANGER = (rb"\x0f\x22[\xc0-\xc7]|\x0f\x01[\x30-\x37\x70-\x77\xb0-\xb7\xf0-\xf7]"
           rb"|[\xea\x9a]|\xff[\x18-\x1f\x28-\x2f\x58-\x5f\x68-\x6f\x98-\x9f\xa8-\xaf]"
           rb"|[\xca\xcb\xcf]|\xcd")
PREFIXES = rb"[\x26\x2e\x36\x3e\x40-\x4f\x64-\x67]*"    # segments, REX, operand and address size
INSTRUCTION = re.compile(rb"(?s)" + PREFIXES + rb"(" + CHANGER + rb")")
# for memory, where instruction boundaries are unknown: the few prefixes and forms that loaders use
CANDIDATE = re.compile(rb"(?s)\x0f\x22[\xc0-\xc7]|\x0f\x01[\xf0-\xf7]|[\x66\x67]?\xea"
                       rb"|\x66?\x48?\xff[\x28-\x2f\x68-\x6f\xa8-\xaf]"
                       rb"|[\x48\x66]?\xcb|[\x48\x66]?\xcf")
REGISTERS = ("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi")


def candidates(code, base):
    """Addresses at which such an instruction may begin; some are inside another instruction."""
    return [base + match.start() for match in CANDIDATE.finditer(code)]


def is_changer(instruction):
    """True if this instruction, given by its bytes, can change the mode."""
    return bool(INSTRUCTION.match(instruction))


def next_mode(cpu, code, read):
    """The mode after the instruction `code` (16 bytes); None if only stepping over it shows that.

    read(address, length) is linear memory."""
    found = INSTRUCTION.match(code)
    if not found:
        return cpu.mode
    opcode = found[1]
    if opcode[:2] == b"\x0f\x22":
        return _after_cr0(cpu, cpu[REGISTERS[opcode[2] & 7]])
    if opcode[:2] == b"\x0f\x01":
        return None
    if not cpu.has("cr0", "PE"):
        return "real16"                         # no jump and no INT changes it
    if opcode not in (b"\xea", b"\x9a") or cpu.bits == 64:
        return None
    size = 6 - cpu.bits // 8 if b"\x66" in code[:found.start(1)] else cpu.bits // 8
    selector, = struct.unpack_from("<H", code, found.end() + size)
    base, limit = cpu.tables["gdt"]
    if (selector & ~7) + 7 > limit or selector & 4:
        return None
    raw = int.from_bytes(read(base + (selector & ~7), 8), "little")
    return _mode_of(descriptors.segment(raw), cpu.has("efer", "LMA"))


def _mode_of(descriptor, is_long):
    if not descriptor.has("S"):
        return None                             # a gate or a task
    if is_long and descriptor.has("L"):
        return "long64"
    return ("compat" if is_long else "prot") + ("32" if descriptor.has("DB") else "16")


def _after_cr0(cpu, value):
    if not value & bits.mask("CR0", "PE"):
        return "real16"
    active = cpu.has("efer", "LME") and value & bits.mask("CR0", "PG")
    if active and cpu.cs.is_64bit:
        return "long64"
    return ("compat" if active else "prot") + ("32" if cpu.cs.is_32bit else "16")
