"""The rules of `make why` on states without a guest: registers, bytes of code, trails, files."""

import os
import shutil
import struct
import subprocess
import sys
import tracemalloc

import pytest

from guest_state import REAL_MODE
from project import ROOT

sys.path += [str(ROOT / "tools/why"), str(ROOT / "tools/build")]
import image_file  # noqa: E402
from firstlight import case as cases, departure, exception_log, findings, on_paper, real_mode, trail  # noqa: E402
from firstlight.cpu import Cpu  # noqa: E402
from firstlight.rules import loops  # noqa: E402
from names import Symbols  # noqa: E402

needs_binutils = pytest.mark.skipif(not all(map(shutil.which, ("nasm", "ld", "nm", "addr2line"))),
                                    reason="nasm or binutils is not installed")
LONG = """RAX={rax:016x} RBX=0000000000000000 RCX={rcx:016x} RDX={rdx:016x}
RSI=0000000000000000 RDI={rdi:016x} RBP={rbp:016x} RSP=0000000000006ff8
RIP={rip:016x} RFL=00000002 [-------] CPL=0 II=0 A20=1 SMM=0 HLT=0
CS =0028 0000000000000000 ffffffff 00af9b00
DS =0010 0000000000000000 ffffffff 00cf9300
LDT=0000 0000000000000000 0000ffff 00008200
GDT=     0000000000005000 0000002f
IDT=     0000000000000000 00000000
CR0=80000011 CR2=0000000000000000 CR3=0000000000010000 CR4=00000020
EFER=0000000000000d00
"""
CODE = 0x100000
GDT = struct.pack("<6Q", 0, 0, 0x00cf93000000ffff, 0, 0, 0x00af9b000000ffff)


def long_mode(**registers):
    values = {"rax": 0, "rcx": 0, "rdx": 0, "rdi": 0, "rbp": 0, "rip": CODE} | registers
    return Cpu(LONG.format(**values))


def memory_of(code, stack=b""):
    """read_physical: 1 GiB mapped by one entry, code at CODE, a GDT at 5000h, a stack at 6FF8h."""
    memory = bytearray(0x200000)
    memory[0x10000:0x10008] = struct.pack("<Q", 0x11003)
    memory[0x11000:0x11008] = struct.pack("<Q", 0x83)
    memory[0x5000:0x5000 + len(GDT)] = GDT
    memory[0x6ff8:0x6ff8 + len(stack)] = stack
    memory[CODE:CODE + len(code)] = code
    return lambda address, length: bytes(memory[address:address + length])


def found(code, vector=13, error=0, stack=b"", **registers):
    cpu = long_mode(**registers)
    chain = [exception_log.Raised(vector, error, cpu, "exception")]
    case = cases.Case(cpu, chain, memory_of(code, stack), lambda lba: b"", lambda address: "")
    return [finding.cause for finding in findings.find(case)]


PROTECTION = {          # code, registers, error code, stack: what the first sentence says
    "MOV to CR4": ("0f22e0", {"rax": 1 << 40}, 0, b"", "MOV to CR4 with 10000000000h sets a reserved bit"),
    "MOV to CR3": ("0f22d8", {"rax": 0xffffffff80203000}, 0, b"", "which is a virtual address"),
    "WRMSR": ("0f30", {"rcx": 0xc0000080, "rax": 4}, 0, b"", "WRMSR writes 4h to MSR C0000080h"),
    "RDMSR": ("0f32", {"rcx": 0x1234}, 0, b"", "RDMSR reads MSR 1234h"),
    "MOVAPS": ("0f2945f0", {"rbp": 0x6ff8}, 0, b"", "6FE8h is misaligned: the stack is off by 8"),
    "FXSAVE": ("0fae07", {"rdi": 0x8004}, 0, b"", "8004h is misaligned"),
    "pointer": ("488b00", {"rax": 1 << 60}, 0, b"", "accesses 1000000000000000h, which is not a canonical address"),
    "NULL": ("8a00", {"rax": 0xf000ff53f000ff53}, 0, b"", "read through a NULL pointer"),
    "call": ("ffd0", {"rax": 1 << 62}, 0, b"", "jumps to 4000000000000000h"),
    "RETF": ("cb", {}, 0, struct.pack("<QQ", CODE, 0x28), "RETF without REX.W pops 4 bytes each"),
    "IRET": ("48cf", {}, 0, struct.pack("<QQ", CODE, 0), "IRET is about to load the selector 0h"),
    "LTR": ("0f00d8", {"rax": 0x10}, 0x10, b"", "LTR loads selector 10h, which is not a TSS"),
    "LDT": ("8ed8", {"rax": 0x0c}, 0x0c, b"", "has bit 2 (TI) set"),
    "RETFQ to data": ("48cb", {}, 0x10, b"", "not a code segment but was to be loaded into CS"),
    "limit": ("8ed8", {"rax": 0x80}, 0x80, b"", "Selector 80h lies beyond the GDT's limit (2Fh)"),
}


@pytest.mark.parametrize("kind", PROTECTION)
def test_general_protection_is_read_from_the_instruction(kind):
    code, registers, error, stack, cause = PROTECTION[kind]
    assert cause in found(bytes.fromhex(code), error=error, stack=stack, **registers)[0]


@pytest.mark.parametrize("vector, code, cause", [
    (0, "f7f1", "DIV divides by zero"), (6, "60", "32-bit code in 64-bit mode"),
    (6, "c5f877", "An AVX instruction"), (7, "d9e8", "CR0.EM or CR0.TS"),
])
def test_other_exceptions_are_read_from_the_instruction(vector, code, cause):
    cpu = long_mode()
    case = cases.Case(cpu, [exception_log.Raised(vector, 0, cpu, "exception")],
                      memory_of(bytes.fromhex(code)), lambda lba: b"", lambda address: "",
                      kernel=cases.Kernel(CODE, CODE, 512, 512, 2048))
    causes = [finding.cause for finding in findings.find(case)]
    assert any(cause in text for text in causes), causes


ERROR_CODES = {         # error code: what the evidence says of it
    0x28: "selector 28h, entry 5 of the GDT", 0x2c: "selector 28h, entry 5 of the LDT (TI = 1)",
    0x102: "the gate of vector 20h (interrupt 20h) in the IDT (IDT = 1)", 0: "so no selector is involved",
    0x01: "no selector is involved; it was raised while a hardware interrupt",
    0x103: "in the IDT (IDT = 1); it was raised while a hardware interrupt or another exception was delivered (EXT = 1)",
    0x29: "entry 5 of the GDT; it was raised while",
}


@pytest.mark.parametrize("error", ERROR_CODES)
def test_error_codes_are_read_bit_by_bit(error):
    raised = exception_log.Raised(13, error, long_mode(), "exception")
    words = exception_log.error_words(raised)
    assert ERROR_CODES[error] in words and ("EXT" in words) == bool(error & 1), words


@pytest.mark.parametrize("before, error", [(0x20, 0x102), (None, 0x102), (0x20, 0x202), (0x40, 0x202), (0, 2)])
def test_gate_of_an_error_code_whatever_qemu_multiplies_by(before, error):
    """By 8, as the manuals say, or by 16 in QEMU 7.2: then the log has the vector before it."""
    raised = exception_log.Raised(13, error, long_mode(), "exception", before)
    assert raised.gate == (0x20 if before is None else before)


def test_log_that_ends_within_a_dump_has_no_cpu():
    whole = "     0: v=06 e=0000 i=0 cpl=0 IP=0028:0000000000100000 pc=0000000000100000\nRAX=0000000000000001\nRIP=0000000000100000\n"
    assert exception_log.everything(whole)[0].cpu is None
    assert exception_log.everything(whole + "EFER=0000000000000500\n")[0].cpu["rip"] == 0x100000


@needs_binutils
def test_only_loaded_addresses_have_names(tmp_path):
    source, elf = tmp_path / "my.asm", tmp_path / "my.elf"
    source.write_text("bits 64\nglobal start\nstart: hlt\n nop\nsection .bss\nroom: resb 16\n")
    subprocess.run(["nasm", "-f", "elf64", "-o", tmp_path / "my.o", source], check=True)
    subprocess.run(["ld", "-Ttext=0x100000", "-Tbss=0x100100", "-e", "start", "-o", elf, tmp_path / "my.o"], check=True)
    symbols = Symbols([elf])
    assert symbols.describe(0x100001).startswith("start+1") and symbols.describe(0x100100).startswith("room")
    assert symbols.describe(0x100010) == symbols.describe(0x100fff) == ""       # after the code's last byte
    symbols.was_loaded = lambda address, original: not original
    assert symbols.describe(0x100001) == "" and symbols.section(0x100001) == ""


# ---- the trail -------------------------------------------------------------------------------

def logged(*blocks):
    """QEMU's log of blocks: (address, [bytes in hexadecimal])"""
    text = ""
    for address, instructions in blocks:
        text += "----------------\nIN: \n"
        for code in instructions:
            pairs = " ".join(code[i:i + 2] for i in range(0, len(code), 2))
            text += f"0x{address:08x}:  {pairs}  x\n"
            address += len(code) // 2
        text += "\n"
    return text + "----------------\n"


def test_trail_begins_with_the_boot_sector_and_leaves_the_bios_out():
    blocks = trail.read("\n" + logged((0x7000, ["90"]), (0x7c00, ["fa", "cd13"]), (0xfe3fe, ["cf"]), (0x7c03, ["f4"])))
    assert [block.start for block in blocks] == [0x7c00, 0x7c03] and blocks[0].last.raw == b"\xcd\x13"


def test_departure_is_where_zeros_begin():
    blocks = trail.read("\n" + logged((0x7c00, ["b0ff", "f4"]), (0x7c03, ["0000", "0000", "0000"])))
    away = departure.find(blocks)
    assert (away.at, away.kind, away.fell_from.raw) == (0x7c03, "zeros", b"\xf4")
    assert departure.find(blocks[:1]) is None


@pytest.mark.parametrize("check, is_checked", [("7205", True), ("0f820001", True), ("eb05", False)])
def test_disk_reads_are_followed_through_their_constants(check, is_checked):
    blocks = trail.read("\n" + logged((0x7c00, ["31c0", "8ec0", "bb0080", "b80302", "b90200", "b600", "cd13"]),
                                      (0x7c10, [check])))
    read, = real_mode.reads(blocks)
    assert (read.address, read.count, read.sector, read.head, read.drive) == (0x8000, 3, 2, 0, 0x80)
    assert read.is_checked == is_checked


def test_pics_are_read_from_the_monitor():
    assert cases.pics("pic1: irr=00 imr=8e isr=00 hprio=0 irq_base=70 rr_sel=0\n"
                      "pic0: irr=10 imr=b8 isr=01 hprio=0 irq_base=08 rr_sel=0\n")[0] == (0x10, 0xb8, 1, 8)


def test_real_mode_without_a_trail_is_not_accused():
    case = cases.Case(Cpu(REAL_MODE), [], lambda _, length: bytes(length), lambda _: b"", lambda _: "")
    assert findings.find(case) == []


# ---- loops, on paper --------------------------------------------------------------------------

WAITS_FOR_COM1 = {      # blocks of a loop, as `logged` takes them, and whether it waits in the wrong direction
    "GCC 14": ([(CODE, ["89ca", "ec"]), (CODE + 3, ["a820", "75f9"])], True),
    "GCC 16": ([(CODE, ["bafd030000", "ec"]), (CODE + 6, ["a820", "75f6"])], True),
    "Clang": ([(CODE, ["66bafd03", "ec", "a820", "75f7"])], True),
    "a copy and AND": ([(CODE, ["ec", "0fb6c0", "83e020", "85c0", "75f6"])], True),
    "BT": ([(CODE, ["ec", "0fb6c0", "0fbae005", "72f6"])], True),
    "AND and CMP with 20h": ([(CODE, ["ec", "2420", "3c20", "74f9"])], True),
    "the right direction": ([(CODE, ["ec", "a820", "74fb"])], False),
    "waits for a byte": ([(CODE, ["ec", "a801", "74fb"])], False),
    "ends by a byte that comes": ([(CODE, ["ec", "a801", "7506", "ec", "a820", "75f6", "90", "ebf3"])], False),
    "counts down to a time-out": ([(CODE, ["ffc9", "7405", "ec", "a820", "75f7"])], False),
    "asks the keyboard as well": ([(CODE, ["ec", "a801", "7506", "e464", "a801", "74f5"])], False),
}


@pytest.mark.parametrize("name", WAITS_FOR_COM1)
def test_wait_for_the_transmitter_is_judged_by_what_it_does(name):
    blocks, is_inverted = WAITS_FOR_COM1[name]
    code = b"".join(bytes.fromhex("".join(instructions)) for _, instructions in blocks)
    case = cases.Case(long_mode(rdx=0x3fd, rcx=0x3fd), [], memory_of(code), lambda lba: b"", lambda address: "", is_alive=True,
                      trail=trail.read("\n" + logged((0x7c00, ["90"]), *blocks)))
    kinds = [finding.kind for finding in findings.find(case)]
    assert kinds == ["loops.serial_wait_inverted"] * is_inverted


@pytest.mark.parametrize("code, is_reached", [         # EB FE, a jump to itself, follows the condition
    ("31c0 83c005 83f805 7402 ebfe", False), ("31c0 83c005 83f806 7402 ebfe", True),
    ("31c0 2c01 7302 ebfe", True), ("b880000000 0fbec0 85c0 7802 ebfe", False), ("b880000000 0fb6c0 85c0 7802 ebfe", True),
    ("b8ff000000 fec0 7402 ebfe", False), ("b801000000 d1e0 83f802 7402 ebfe", False), ("31c0 48ffc8 0f9cc0 84c0 7502 ebfe", False),
    ("b07f 3c80 7c02 ebfe", True), ("b07f 3c80 7202 ebfe", False), ("6689442408 e801000000 f4 58 ebfe", True),
])
def test_arithmetic_on_paper(code, is_reached):
    case = cases.Case(long_mode(), [], memory_of(bytes.fromhex(code)), lambda lba: b"", lambda address: "",
                      trail=trail.read("\n" + logged((0x7c00, ["90"]), (CODE, code.split()))))
    assert on_paper.Run(case, {}).go().loops == is_reached


@pytest.mark.parametrize("places, errors, code, is_found", [
    ({0x7c29}, 9, "f6f1", True), ({0x7c29, 0xfff53}, 0, "f6f1", True), ({0x7c29}, 7, "f6f1", False), ({0x7c29}, 9, "ebfe", False)])
def test_divide_error_in_real_mode_is_seen_in_samples_or_in_the_log(places, errors, code, is_found):
    cpu = Cpu(REAL_MODE)
    handled = [exception_log.Raised(0, 0, None, "exception")] * errors
    case = cases.Case(cpu, [], lambda address, length: bytes.fromhex(code).ljust(length, b"\0"), lambda lba: b"",
                      lambda address: "", is_alive=True, places=frozenset(places), handled=handled)
    assert (loops.exception_in_real_mode(case) is not None) == is_found


# ---- files -----------------------------------------------------------------------------------

@pytest.mark.parametrize("content, cause", [
    (b"\x7fELF\x01" + bytes(600), "an ELF file, the linker's output (32-bit)"),
    (b"MZ" + bytes(600), "a PE file"), (b"KDMV" + bytes(600), "VMDK"), (b"\xfd7zXZ" + bytes(600), "xz"),
    (bytes(0x8001) + b"CD001" + bytes(100), "a CD image (ISO 9660)"), (b"FLKERNEL" + bytes(600), "without the MBR"),
    (b"bits 16\n; a source\n" * 40, "is text"), (b"\xff" * 1024, "only FFh"), (b"\xeb\xfe", "only 2 bytes long"),
    (b"\xeb\xfe" * 600, "looks like a flat binary"), (bytes(510) + b"\x55\xaa", "no code in the boot sector"),
])
def test_files_that_no_bios_can_boot_are_called_by_their_name(content, cause):
    assert cause in image_file.explain(content, "my.img").cause


def test_file_of_gigabytes_is_not_read_whole(tmp_path):
    path, most = tmp_path / "kernel.bin", 2 * image_file.ENOUGH
    path.write_bytes(b"\xeb\xfe" * 600)
    os.truncate(path, 64 * most)
    tracemalloc.start()
    cause = image_file.explain(image_file.open_bytes(path), path.name).cause
    assert tracemalloc.get_traced_memory()[1] < most and "put far from each other" in cause
    tracemalloc.stop()


def test_findings_name_the_rule_that_found_them():
    fault = exception_log.Raised(0, 0, long_mode(), "exception")
    case = cases.Case(long_mode(), [fault], memory_of(bytes.fromhex("f7f1")), lambda lba: b"", lambda address: "")
    assert findings.find(case)[0].kind == "instructions.divide"


def test_boot_sector_with_code_is_left_to_the_boot():
    assert image_file.explain(b"\xeb\xfe".ljust(510, b"\0") + b"\x55\xaa", "my.img") is None
