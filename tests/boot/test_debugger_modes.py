"""Every command of the debugger in every mode of the CPU, on an image that it does not know.

tests/debug/modes.asm passes through all seven modes, and does the same in each.  One session for each
mode runs all commands there; a misjudged mode would show in what they print.
"""

import re
import shutil
import subprocess

import pytest

from disassembly import ndisasm, shown_by_xi
from gdb_session import after, debug, marked  # noqa: F401  (a fixture)
from machine import require
from project import BUILD, LAYOUT, ROOT, symbol

ORDER = ("real16", "prot16", "prot32", "vm86", "compat32", "compat16", "long64")
WIDTH = {"prot32": 32, "compat32": 32, "long64": 64}        # the others are 16-bit
STEPS = ("int", "call", "mov", "mov", "rep stosb", "mov", "nop", "loop")
LONG = ("compat32", "compat16", "long64")


@pytest.fixture(scope="module")
def modes(tmp_path_factory):
    """A build folder in which the image and the symbols of "stage 1" are those of modes.asm."""
    require("nasm")
    folder = tmp_path_factory.mktemp("modes")
    elf = folder / "stage1.elf"
    for command in (["nasm", "-f", "elf32", "-g", "-F", "dwarf", "-o", folder / "modes.o",
                     "tests/debug/modes.asm"],
                    ["ld", "-m", "elf_i386", "-N", "--no-warn-rwx-segments", "-Ttext", "0x7c00",
                     "-e", "start", "-o", elf, folder / "modes.o"],
                    ["objcopy", "-O", "binary", elf, folder / "disk.img"],
                    ["truncate", "-s", "64K", folder / "disk.img"]):
        subprocess.run(command, check=True, cwd=ROOT, timeout=60)
    for name in ("stage2.elf", "kernel.elf"):
        shutil.copy(BUILD / name, folder)
    return folder


def place(mode):
    """The mode in full, as commands that go to where its work begins."""
    return ["continue", f"thbreak *(unsigned long)&WORK_{mode}", "continue"]


def expected(mode, pc, stack, handler16):
    """What each command must say there: {command: patterns}."""
    is_long, is_real = mode in LONG, mode == "real16"
    width, bits = WIDTH.get(mode, 16), {True: 16, False: 8}[mode == "long64"]
    gate = {"prot16": "16-bit interrupt gate to 0018:", "prot32": "interrupt gate to 0008:",
            "vm86": "interrupt gate to 0008:"}.get(mode, "interrupt gate to 0028:")
    selector = {"prot16": "16-bit code", "prot32": "32-bit code", "compat32": "32-bit code",
                "compat16": "16-bit code", "long64": "64-bit code"}.get(mode, "not a selector")
    where = {16: f":{pc:04X} = linear {pc:X}h", 32: f":{pc:08X} = linear {pc:X}h",
             64: f"{pc:016X}"}[width]
    return {
        "mode": [rf"^{mode}: ", where, rf"L = {mode == 'long64':d}, D = {width == 32:d}",
                 r"CR0 .*\bPG\b" if is_long else r"CR0 +\w{8}  (?!.*PG)",
                 "EFER .*LMA" if is_long else "EFER +0+  none"],
        "regs": [rf"\b{'rip' if width == 64 else 'eip'} {pc:0{bits}X}\b",
                 "r15 " if width == 64 else r"\A(?![\s\S]*r15)",
                 r"flags \w+  .*\bVM\b" if mode == "vm86" else r"flags \w+  (?!.*\bVM\b)"],
        "regs cr0": [r"^CR0 = ", r"^PG +bit 31  paging" if is_long else r"\A(?![\s\S]*paging)",
                     r"\A(?![\s\S]*protected)" if is_real else r"^PE +bit 0 +protected mode"],
        "gdt": ["real mode does not use it|is empty"] if is_real else [
            "0008h  00CF9[AB]000000FFFF  32-bit code", "0028h  00AF9[AB]000000FFFF  64-bit code",
            "0030h .* TSS, " + ("available" if mode in ("prot16", "prot32") else "busy")],
        "idt": (["vector table \\(real mode\\)", rf"60h +0000:{handler16:04X}"]
                if is_real else
                [f"vectors of {16 if is_long else 8} bytes", f"60h .* {gate}"]),
        "sel cs": [selector, "base 0h"],
        "pt $pc": [f"4-level paging[\\s\\S]*is physical {pc:X}h, in a page of 2 MiB" if is_long else
                   "Paging is off"],
        "e820": ["There is no memory map yet"],
        "bootinfo": ["There is no boot info"],
        "memmap": [r"MBR +loaded" + ("; the next instruction" if is_real else "(?!; the next)"),
                   f"{LAYOUT['STACK_TOP'] - stack} bytes in use"],
        "screen plain": ["Booting from Hard Disk"],
        "disk 0": ["55 aa  ", "it ends with 55h AAh"],
        "a20": ["A20 is on", "fast gate \\(bit 1\\) is open"],
        "milestone": ["LONG_MODE .* not yet"],
        "why": [f"^In {mode} at .*{where}, .*tests/debug/modes.asm", "This boot has not ended"],
    }


@pytest.mark.parametrize("mode", ORDER)
def test_every_command_in_every_mode(debug, modes, mode):
    pc = symbol(modes / "stage1.elf", f"WORK_{mode}")
    stack = 0x6800 if mode == "vm86" else 0x7000
    wanted = expected(mode, pc, stack, symbol(modes / "stage1.elf", "handler16"))
    marks = {command: f"m{number}" for number, command in enumerate(wanted)}
    accumulator, index = ("$rax", "$rsi") if mode == "long64" else ("$eax", "$esi")
    output = debug(*place(mode), *[word for command, mark in marks.items()
                                   for word in marked(mark, command)],
                   *marked("xi", f"xi {len(STEPS)}"), *marked("x", f"x/{len(STEPS)}i $pc"),
                   f"set {accumulator} = 0x4200", f"set {index} = 0x5ff0", *marked("dap", "dap"),
                   build=modes)
    assert re.search(rf"^\[{mode}\] ", output, re.M)
    for command, mark in marks.items():
        for pattern in wanted[command]:
            assert re.search(pattern, after(output, mark), re.M), \
                f"{command}: no {pattern}\n{after(output, mark)}"
    assert "Disk address packet at 5FF0h" in after(output, "dap")   # what was written has arrived

    code, found = shown_by_xi(after(output, "xi"))
    at = pc - LAYOUT["MBR_ADDRESS"]
    assert code == (modes / "disk.img").read_bytes()[at:at + len(code)]
    assert [name for _, name in found] == [step.split()[-1].removesuffix("b") for step in STEPS]
    assert found == ndisasm(code, WIDTH.get(mode, 16))
    assert len(re.findall(r":\t(?:int|call|mov|rep|nop|loop)", after(output, "x"))) == len(STEPS)


@pytest.mark.parametrize("mode", ORDER)
def test_over_returns_from_int_call_rep_and_loop(debug, modes, mode):
    """Each ends at the next instruction, with its work done."""
    pc = symbol(modes / "stage1.elf", f"WORK_{mode}")
    look = "python print(f'at {machine.cpu().pc:#x}')"
    output = debug(*place(mode), "python from debugger import machine",
                   "python bp = machine.cpu()['rbp']",
                   *[word for number in range(len(STEPS))
                     for word in ("over", *marked(f"s{number}", look))],
                   *marked("end", "python c = machine.cpu(); print(c['rbp'] - bp, c['rcx'], "
                                  "hex(c['rdi']), c.mode)"), build=modes)
    at = pc - LAYOUT["MBR_ADDRESS"]
    code = (modes / "disk.img").read_bytes()[at:at + 64]
    starts = [pc + offset for offset, _ in ndisasm(code, WIDTH.get(mode, 16))]
    assert [int(after(output, f"s{number}").split()[1], 16) for number in range(len(STEPS))] \
        == starts[1:len(STEPS) + 1]
    assert after(output, "end").splitlines()[0].split() == ["2", "0", "0x5005", mode]


def test_until_mode_follows_code_that_it_does_not_know(debug, modes):
    route = ("prot16", "prot32", "vm86", "prot32", "compat32", "compat16", "long64", "compat16")
    output = debug("continue", *[f"until-mode {mode}" for mode in route], build=modes)
    assert re.findall(r"^\[(\w+)\] ", output, re.M)[1:] == ["real16", *route]
    assert output.count("A second QEMU runs") == 1
    stops = re.findall(r"^\[\w+\] .*  (\S+), tests/debug/modes\.asm:\d+$", output, re.M)
    assert stops[1:6] == ["prot16", "prot32", "WORK_vm86", "handler32", "WORK_compat32"]
