"""Which instructions can change the CPU's mode, and to what.

Found by their bytes, so that nobody has to know in which mode code will run:
MOV to CR0 is 0F 22 C0-C7 in every mode, a direct far jump begins with EA, an
indirect one is FF with 5 in the middle of its second byte, a far return CB.
"""

import re
import struct

from firstlight import bits, descriptors

# longest lead-in first: operand-size and REX prefixes belong to the instruction
CANDIDATE = re.compile(rb"(?s)\x0f\x22[\xc0-\xc7]|[\x66\x67]?\xea"
                       rb"|\x66?\x48?\xff[\x28-\x2f\x68-\x6f\xa8-\xaf]"
                       rb"|[\x48\x66]?\xcb|[\x48\x66]?\xcf")
REGISTERS = ("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi")


def candidates(code, base):
    """Addresses at which such an instruction may begin; some are the middle of another one."""
    return [base + match.start() for match in CANDIDATE.finditer(code)]


def next_mode(cpu, code, read):
    """The mode after the instruction `code` (16 bytes); read(address, length) is linear."""
    if code[:2] == b"\x0f\x22" and code[2] & 0xf8 == 0xc0:
        return _after_cr0(cpu, cpu[REGISTERS[code[2] & 7]])
    selector = _far_selector(cpu, code, read)
    if selector is None:
        return cpu.mode
    if not cpu.has("cr0", "PE"):
        return "real16"
    base, limit = cpu.tables["gdt"]
    if (selector & ~7) + 7 > limit or selector & 4:
        return cpu.mode
    raw = int.from_bytes(read(base + (selector & ~7), 8), "little")
    return _mode_of(descriptors.segment(raw), cpu.has("efer", "LMA"))


def _mode_of(descriptor, is_long):
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


def _far_selector(cpu, code, read):
    """The CS that a far jump or return would load; None for any other instruction."""
    size = {16: 2, 32: 4, 64: 4}[cpu.bits]
    while code[:1] in (b"\x66", b"\x48"):
        size = 8 if code[0] == 0x48 else {2: 4, 4: 2, 8: 8}[size]
        code = code[1:]
    if code[0] == 0xea and cpu.bits != 64:
        return struct.unpack_from("<H", code, 1 + size)[0]
    if code[0] in (0xcb, 0xcf):
        return int.from_bytes(read(cpu.stack + size, 2), "little")
    if code[:2] == b"\xff\x2e" and cpu.bits == 16:
        pointer, = struct.unpack_from("<H", code, 2)
        return int.from_bytes(read(cpu.linear("ds", pointer + size), 2), "little")
    if code[:2] == b"\xff\x2d" and cpu.bits == 32:
        pointer, = struct.unpack_from("<I", code, 2)
        return int.from_bytes(read(cpu.linear("ds", pointer + size), 2), "little")
    return None
