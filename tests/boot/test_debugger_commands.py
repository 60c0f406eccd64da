"""Every command of the debugger, in real GDB against real QEMU, in our own boot.

What each prints in each of the seven modes is tested in test_debugger_modes.py.
"""

import re

import pytest

from disassembly import mnemonic, ndisasm, shown_by_xi
from gdb_session import after, debug, marked  # noqa: F401  (a fixture)
from project import LAYOUT, find_line

# How to get into each mode, and a place in it whose disassembly ndisasm has to confirm.
PLACES = {
    "real16": ["continue"],
    "prot16": ["continue", "until-mode prot16"],
    "prot32": ["continue", "until-mode prot32"],
    "compat32": ["continue", "until-mode compat32"],
    "long64": ["continue", "until-mode long"],
}
WIDTH = {"real16": 16, "prot16": 16, "prot32": 32, "compat32": 32, "long64": 64}


@pytest.mark.parametrize("mode", PLACES)
def test_until_mode_and_banner_and_mode_agree(debug, mode):
    output = debug(*PLACES[mode], *marked("mode", "mode"), *marked("cs", "sel cs"))
    assert re.search(rf"^\[{mode}\] ", output, re.M), output
    assert after(output, "mode").strip().startswith(f"{mode}: ")
    assert "CS:IP" in after(output, "mode") and "A20    on" in after(output, "mode")


def test_banner_names_the_bits_that_flipped(debug):
    output = debug("continue", "until-mode prot16", "until-mode compat32", "until-mode long")
    assert "mode real16 -> prot16: protected mode, 16-bit code segment" in output
    assert "CR0.PE 0 -> 1 (protected mode)" in output
    assert "CR0.PG 0 -> 1 (paging)" in output and "EFER.LMA 0 -> 1 (long mode active)" in output
    assert re.search(r"^\[long64\] [0-9A-F]{16}  long_mode_enter\.long_mode, "
                     r"stage2/long_mode\.asm:\d+",
                     output, re.M)


def test_stepi_follows_every_mode(debug):
    output = debug("continue", "until-mode prot16", "stepi", *marked("a", "mode"),
                   "until-mode compat32", "stepi 2", *marked("b", "mode"))
    assert after(output, "a").strip().startswith("prot32")
    assert after(output, "b").strip().startswith("long64")


# ---- disassembly, compared with ndisasm ------------------------------------------

@pytest.mark.parametrize("mode, where", [
    ("real16", "mbr_start.normalised"), ("real16", "disk_call"), ("prot16", "$pc"), ("prot32", "$pc"),
    ("prot32", "stage2_main"), ("prot32", "bios_enter"), ("compat32", "$pc"), ("long64", "$pc"),
])
def test_xi_disassembles_as_ndisasm_does(debug, mode, where):
    address = where if where == "$pc" else f"'{where}'"
    output = after(debug(*PLACES[mode],
                         *marked("code", f'xi 30 "(unsigned long)&{address}"' if where != "$pc"
                                                 else "xi 12 $pc")), "code")
    code, found = shown_by_xi(output)
    assert len(found) >= 12, output
    assert found == ndisasm(code, WIDTH[mode])[:len(found)]
    assert f"{WIDTH[mode]}-bit code" in output


def test_xi_and_x_show_bios_code(debug):
    line = find_line("stage1/stage1.asm", r"^ +int +0x13$")
    output = debug("continue", f"thbreak stage1.asm:{line}", "continue", "stepi 5",
                   *marked("mode", "mode"), *marked("xi", "xi 10"), *marked("x", "x/10i $pc"))
    assert re.search(r"the BIOS|the VGA BIOS", after(output, "mode")), output
    code, found = shown_by_xi(after(output, "xi"))
    assert len(found) == 10 and found == ndisasm(code, 16)[:10]
    by_gdb = [mnemonic(text) for text in re.findall(r":\t(\S.*)$", after(output, "x"), re.M)]
    assert by_gdb == [name for _, name in found]


# ---- the CPU's tables ---------------------------------------------------------------

def test_regs_in_each_width(debug):
    for mode, name in (("real16", "eip"), ("prot32", "eip"), ("long64", "rip")):
        output = after(debug(*PLACES[mode], *marked("regs", "regs"), *marked("cr0", "regs cr0")),
                       "regs")
        assert re.search(rf"\b{name} [0-9A-F]+", output) and re.search(r"cs +\w{4}  base", output)
        assert ("r15" in output) == (mode == "long64")


def test_gdt_idt_and_selectors_in_protected_mode(debug):
    output = debug(*PLACES["prot32"], *marked("gdt", "gdt"), *marked("idt", "idt"),
                   *marked("sel", "sel 0x28"), *marked("null", "sel 0"),
                   *marked("far", "sel 0x100"))
    assert "0008h  00CF9B000000FFFF  32-bit code, readable, ring 0" in after(output, "gdt")
    assert re.search(r"0Eh  #PF page fault +interrupt gate to 0008:8", after(output, "idt"))
    assert "64-bit code" in after(output, "sel") and "L          bit 53" in after(output, "sel")
    assert "null selector" in after(output, "null")
    assert "beyond the table's limit" in after(output, "far")


def test_idt_is_the_vector_table_in_real_mode(debug):
    output = debug("continue", *marked("ivt", "idt"), *marked("gdt", "gdt"),
                   *marked("sel", "sel cs"))
    assert re.search(r"13h +F000:\w{4}  disk services", after(output, "ivt"))
    assert "Real mode: 0000h is a segment, not a selector" in after(output, "sel")


def test_idt_of_the_kernel_has_gates_of_16_bytes(debug):
    output = debug("milestone KERNEL", *marked("idt", "idt"))
    assert "vectors of 16 bytes" in after(output, "idt")
    assert re.search(r"08h  #DF double fault +interrupt gate to \w{4}:FFFFFFFF80",
                     after(output, "idt"))


def test_page_walks(debug):
    output = debug("continue", *marked("off", "pt 0x7c00"), "until-mode long",
                   *marked("low", "pt $pc"),
                   *marked("high", "pt kernel_main"), *marked("none", "pt 0x500000000000"))
    assert "Paging is off" in after(output, "off")
    assert f"CR3 = {LAYOUT['PAGE_TABLES_ADDRESS']:X}h, 4-level paging" in after(output, "low")
    assert "in a page of 2 MiB" in after(output, "low")
    assert re.search(r"PML4 \[511\]", after(output, "high")) and "is physical 10" in after(output,
                                                                                           "high")
    assert "is not present" in after(output, "none")


# ---- memory, screen and disk ---------------------------------------------------------

def test_memory_map_and_boot_info_before_and_after(debug):
    output = debug("continue", *marked("e0", "e820"), *marked("b0", "bootinfo"),
                   *marked("m0", "memmap"),
                   "milestone READY", *marked("e1", "e820"), *marked("b1", "bootinfo"),
                   *marked("m1", "memmap"))
    assert "There is no memory map yet" in after(output, "e0")
    assert "There is no boot info" in after(output, "b0")
    assert re.search(r"MBR +loaded; the next instruction", after(output, "m0"))
    assert "not loaded yet" in after(output, "m0")
    assert re.search(r"usable\n", after(output, "e1")) and "kernel" in after(output, "e1")
    assert re.search(r"boot_drive +80h = 128  \(a hard disk\)", after(output, "b1"))
    assert re.search(r"kernel +loaded; the next instruction", after(output, "m1"))
    assert re.search(r"page tables +", after(output, "m1"))
    assert "CR3 points here" not in after(output, "m1")     # the kernel has made its own


def test_screen_shows_what_the_guest_shows(debug):
    output = debug("milestone READY", *marked("screen", "screen plain"),
                   *marked("colours", "screen colours"))
    rows = after(output, "screen").strip().splitlines()
    assert len(rows) == LAYOUT["VGA_ROWS"] + 2 and all(len(row) == 82 for row in rows)
    assert "Hardware initialized." in after(output, "screen")
    assert re.search(r"light grey on black: \d+ characters", after(output, "colours"))


def test_disk_shows_a_sector_and_what_it_is(debug):
    output = debug("continue", *marked("mbr", "disk 0"),
                   *marked("kernel", f"disk {LAYOUT['KERNEL_LBA']}"),
                   *marked("end", "disk 0x7fffffff"))
    assert "Partition 1: type 7Fh, active" in after(output,
                                                    "mbr") and "55 aa  ..." in after(output, "mbr")
    assert "Header of the kernel" in after(output, "kernel")
    assert "is past the end" in after(output, "end")


def test_dap_shows_the_disk_call(debug):
    line = find_line("stage1/stage1.asm", r"^ +int +0x13$")
    output = debug("continue", f"thbreak stage1.asm:{line}", "continue", *marked("dap", "dap"),
                   *marked("there", "dap $esi"))
    assert "AH = 42h: read sectors by a packet" in after(output, "dap")
    assert "LBA       1 = 1h" in after(output, "dap") and "Wrong" not in after(output, "dap")
    assert "buffer    0000:8000" in after(output, "there")


def test_a20(debug):
    output = debug("continue", *marked("a20", "a20"))
    assert "A20 is on" in after(output, "a20") and "Port 92h reads" in after(output, "a20")


# ---- milestones, why, help ------------------------------------------------------------

def test_milestones_are_run_to_and_listed(debug):
    output = debug("milestone A20", *marked("list", "milestone"), "milestone LONG_MODE",
                   "milestone ready",
                   *marked("all", "milestone"), *marked("past", "milestone A20"),
                   *marked("no", "milestone NOWHERE"))
    assert re.search(r"^Milestone A20: A20\n\[prot32\] .*open_a20|stage2/main\.c", output, re.M)
    assert re.search(r"STAGE2 .* passed", after(output, "list"))
    assert re.search(r"KERNEL_FOUND .* not yet", after(output, "list"))
    assert "not yet" not in after(output, "all")
    assert "already been passed" in after(output, "past") and "Unknown milestone" in after(output,
                                                                                          "no")


def test_why_explains_a_triple_fault(debug):
    output = debug("until-mode long", "set $rip = 0x500000",
                   "set *(unsigned short *)0x500000 = 0x0b0f",
                   "continue", *marked("why", "why"))
    text = after(output, "why")
    assert "The CPU raised #UD invalid opcode (vector 6)." in text
    assert "that is a triple fault" in text and "In long64 at 0000000000500000" in text


def test_why_says_so_when_nothing_is_wrong(debug):
    assert "This boot has not ended" in debug("continue", "why")


COMMANDS = ("a20", "bootinfo", "dap", "disk", "e820", "firstlight", "gdt", "idt", "memmap",
            "milestone",
            "mode", "over", "pt", "regs", "screen", "sel", "until-mode", "why", "xi")


def test_every_command_has_help(debug):
    output = debug(*[word for name in COMMANDS
                     for word in marked(name.replace("-", "_"), f"help {name}")],
                   *marked("list", "firstlight"))
    for name in COMMANDS:
        text = after(output, name.replace("-", "_")).strip()
        assert len(text) > 30 and "undocumented" not in text, name
    assert all(re.search(rf"^{name} ", after(output, "list"), re.M) for name in COMMANDS
               if name != "firstlight")
