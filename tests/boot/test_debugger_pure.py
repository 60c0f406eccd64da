"""The debugger's decoders, without GDB: bytes and numbers in, words out."""

import re
import struct
import subprocess

import pytest

from project import IMAGE, LAYOUT, ROOT
from debugger import dap, disk, instruction, memmap, mode_switch, scout, target_description, unwinding
from firstlight import bits, cpu, descriptors, headers, paging, screen
from firstlight.rules.instructions import is_sse
from guest_state import machine_in


# ---- the headers ---------------------------------------------------------------

def test_structures_are_as_large_as_the_headers_assert():
    assert headers.structure("boot_info.h", "boot_info").size == 72
    assert headers.structure("boot_info.h", "memory_range").size == 24
    assert headers.structure("recorder.h", "recorder").size == LAYOUT["RECORDER_SIZE"]
    assert headers.structure("image_headers.h", "kernel_header").size == 512
    assert headers.structure("mbr.h", "mbr_table").size == 70       # packed


def test_tables_are_read_with_all_their_rows():
    for name, macro in (("errors.def", "ERROR"), ("errors.def", "MBR_ERROR"),
                        ("milestones.def", "MILESTONE"), ("exceptions.def", "EXCEPTION"),
                        ("register_bits.def", "REGISTER_BIT")):
        source = (ROOT / "include" / name).read_text()
        assert len(headers.table(name, macro)) == len(re.findall(rf"^{macro}\(", source, re.M))


def test_no_register_bit_is_listed_twice():
    rows = headers.table("register_bits.def", "REGISTER_BIT")
    assert len({row[:2] for row in rows}) == len({(row[0], row[2]) for row in rows}) == len(rows)


def test_register_bits_serve_c(tmp_path):
    source = tmp_path / "bits.c"
    source.write_text("struct bit { const char *r; int n; const char *name, *text; } bits[] = {\n"
                      "#define REGISTER_BIT(register, bit, name, meaning) {#register, bit, #name, "
                      "meaning},\n"
                      '#include "register_bits.def"\n};\n')
    subprocess.run(["gcc", "-Wall", "-Werror", "-fsyntax-only", f"-I{ROOT}/include", source],
                   check=True)


# ---- registers -----------------------------------------------------------------

@pytest.mark.parametrize("mode, state", [
    ("real16", {}),
    ("prot16", {"cr0": 0x11}),
    ("prot32", {"cr0": 0x11, "cs_flags": 0xcf9b00}),
    ("compat32", {"cr0": 0x80000011, "cs_flags": 0xcf9b00, "efer": 0x500}),
    ("compat16", {"cr0": 0x80000011, "efer": 0x500}),
    ("long64", {"cr0": 0x80000011, "cs_flags": 0xaf9b00, "efer": 0x500}),
])
def test_mode_follows_from_control_registers_and_code_segment(mode, state):
    assert machine_in(**state).mode == mode


def test_linear_addresses_use_the_hidden_base():
    pc = machine_in()
    assert pc.pc == 0xfe3fe and pc.stack == 0x96f04
    assert pc.where() == "F000:E3FE = linear FE3FEh"
    assert pc.named("rax") == ("eax", 0xaa55)


def test_changes_name_the_bit_and_its_meaning():
    assert bits.changes("CR0", 0x10, 0x11) == ["CR0.PE 0 -> 1 (protected mode)"]
    assert cpu.changed_registers(machine_in(), machine_in(EAX=3)) == ["eax aa55 -> 3"]
    assert bits.names("RFLAGS", 0x202) == "IF"


def test_target_descriptions_are_as_long_as_qemus_registers():
    assert target_description.BYTES == 608
    assert 'name="eax" bitsize="32"' in target_description.xml(16)


# ---- descriptors ---------------------------------------------------------------

@pytest.mark.parametrize("raw, words", [
    (0x00cf9b000000ffff, "32-bit code, readable, ring 0"),
    (0x00af9b000000ffff, "64-bit code, readable, ring 0"),
    (0x000093000000ffff, "16-bit data, writable, ring 0"),
    (0x00cff3000000ffff, "32-bit data, writable, ring 3"),
    (0x00ef9b000000ffff, "invalid (L and D both set) code, readable, ring 0"),
    (0x00cf13000000ffff, "32-bit data, writable, ring 0, NOT PRESENT"),
    (0x0000890070000067, "TSS, available, ring 0"),
    (0, "empty"),
])
def test_descriptor_in_words(raw, words):
    assert descriptors.segment(raw).text == words


def test_descriptor_base_and_limit_are_put_together():
    entry = descriptors.segment(0x12cf9a3456789abc)
    assert (entry.base, entry.limit) == (0x12345678, 0xf9abcfff)


def test_gates_of_both_sizes():
    short = struct.pack("<HHHH", 0x5678, 8, 0x8e00, 0x1234)
    long = struct.pack("<HHHHII", 0x5678, 8, 0x8f02, 0x1234, 0xffffffff, 0)
    assert descriptors.gate(short).text == "interrupt gate to 0008:12345678, ring 0"
    assert descriptors.gate(long).text == "trap gate to 0008:FFFFFFFF12345678, ring 0, stack IST2"
    assert descriptors.idt_lines(bytes(16) + short, False)[0] == "00h-01h  empty"


def test_vector_table_joins_equal_vectors():
    lines = descriptors.ivt_lines(struct.pack("<20I", *[0xf0001234] * 20))
    assert lines[0] == "00h-07h  F000:1234" and lines[1].endswith("timer (IRQ 0)")


def test_selector_bits():
    assert "entry 5 of the GDT" in descriptors.selector_words(0x28)
    assert "entry 1 of the LDT" in descriptors.selector_words(0xf)


# ---- page walks ----------------------------------------------------------------

PAGING, PAE, LONG = 0x80000001, 0x20, 0x500


def memory_of(entries):
    def read(address, length):
        return b"".join(entries.get(at, 0).to_bytes(8, "little")
                        for at in range(address & ~7, address + length, 8))[address & 7:][:length]
    return read


def test_walk_ends_in_a_large_page():
    read = memory_of({0x1000: 0x2003, 0x2000: 0x3003, 0x3008: 0x200083})
    walk = paging.walk(read, PAGING, 0x1000, PAE, LONG, 0x234567)
    assert walk.physical == 0x234567 and walk.page_size == 2 << 20
    assert [step.table for step in walk.steps] == ["PML4", "PDPT", "PD"]


def test_walk_names_the_level_that_is_missing():
    walk = paging.walk(memory_of({0x1000: 0x2003}), PAGING, 0x1000, PAE, LONG, 0x40000000)
    assert walk.physical is None and "PDPT[1] is not present" in walk.verdict


def test_walk_joins_the_rights_of_all_levels():
    read = memory_of({0x1000: 0x2007, 0x2000: 0x3005, 0x3000: 0x4007, 0x4000: 0x9007 | 1 << 63})
    walk = paging.walk(read, PAGING, 0x1000, PAE, LONG | 0x800, 0x123)
    assert walk.physical == 0x9123
    assert "read-only, not executable, also for user code" in walk.verdict


def test_walk_of_the_other_kinds():
    assert paging.walk(None, 0, 0, 0, 0, 0x1234).physical == 0x1234
    read = memory_of({0x1000: 0x2001, 0x2000: 0x3003, 0x3000: 0x7003})
    assert paging.walk(read, PAGING, 0x1000, PAE, 0, 0x10).physical == 0x7010        # PAE
    old = memory_of({0x1000: 0x00400083 << 32})
    assert paging.walk(old, PAGING, 0x1000, 0x10, 0, 0x400123).physical == 0x400123  # 4 MiB page
    odd = paging.walk(read, PAGING, 0x1000, PAE, LONG, 0x800000000000)
    assert "not canonical" in odd.verdict


# ---- screen, disk, memory ------------------------------------------------------

def test_screen_shows_text_and_colours():
    memory = (b"H\x1fi\x1f" + b" \x07" * 1998)
    assert screen.rows(memory)[0] == "Hi" and len(screen.rows(memory)) == 25
    assert "\x1b[0;97;44mHi" in screen.rows(memory, with_colours=True)[0]
    assert screen.colour_legend(memory) == ["1Fh white on blue: 2 characters"]


def test_packet_that_leaves_its_segment_is_reported():
    good = dap.packet_lines(dap.PACKET.pack(16, 0, 4, 0x8000, 0, 1), 0x7be0)
    assert not any("Wrong" in line
                   for line in good) and "0000:8000 = linear 8000h to 87FFh" in good[3]
    bad = "\n".join(dap.packet_lines(dap.PACKET.pack(8, 1, 0x80, 0xfff0, 0, 1), 0))
    for complaint in ("at least 16", "second byte", "no more than", "wraps at 64 KiB"):
        assert complaint in bad


def test_disk_call_by_chs():
    state = machine_in(EAX=0x0203, ECX=0x0002, EDX=0x0180)
    text = "\n".join(dap.call_lines(state, None))
    assert "drive 80h" in text and "head      1" in text and "sectors   3" in text


def test_sectors_of_the_image_are_known():
    data = IMAGE.read_bytes()

    def words(lba):
        return " ".join(disk.describe(lba, data[lba * 512:lba * 512 + 512], 8))

    assert "ends with 55h AAh" in words(0) and "Partition 1: type 7Fh, active" in words(0)
    assert "Header of stage 2" in words(LAYOUT["STAGE2_LBA"])
    assert "finds it at 8200h" in words(2)
    assert "Header of the kernel" in words(LAYOUT["KERNEL_LBA"])
    assert disk.hexdump(bytes(48)) [1] == "*"


def test_memory_map_stops_at_its_end():
    entry = struct.pack("<QQII", 0x100000, 0x100000, 1, 1)
    found = memmap.ranges(entry + bytes(24))
    assert memmap.range_lines(found) == ["0000000000100000 - 00000000001FFFFF         1 MiB     1 "
                                         " usable"]


def test_owners_cover_the_layout_without_overlap_below_1_mib():
    state = machine_in(cr0=0x10)
    found = [owner for owner in memmap.owners(state, lambda _, length: bytes(length))
             if owner.end <= 0x100000]
    assert all(one.end <= next_one.start for one, next_one in zip(found, found[1:]))
    assert any("stack" in owner.name for owner in found)


# ---- code ------------------------------------------------------------------------

@pytest.mark.parametrize("text, comes_back", [
    ("int    0x13", True), ("call   0x7d0e", True), ("rep stos DWORD PTR es:[edi],eax", True),
    ("loop   0x7c9b", True), ("lcall  DWORD PTR cs:0x9000", True), ("call rax", True),
    ("repz cmps BYTE PTR ds:[si],BYTE PTR es:[di]", True),
    ("jmp    0x7c3e", False), ("ret", False), ("iret", False), ("mov    eax,cr0", False),
])
def test_what_over_steps_over(text, comes_back):
    assert instruction.comes_back(text) is comes_back


def test_mode_after_far_jumps_and_cr0():
    gdt = memory_of({0x1008: 0x00cf9b000000ffff, 0x1028: 0x00af9b000000ffff})

    def mode(code, **state):
        pc = machine_in(**state)
        pc.tables["gdt"] = (0x1000, 0x2f)
        return mode_switch.next_mode(pc, code.ljust(16, b"\0"), gdt)

    assert mode(b"\x0f\x22\xc0", EAX=0x11) == "prot16"
    assert mode(b"\xea\x00\x80\x08\x00", cr0=0x11) == "prot32"
    assert mode(b"\xea\x00\x80\x00\x00\x28\x00", cr0=0x80000011, cs_flags=0xcf9b00,
                efer=0x500) == "long64"
    assert mode(b"\x66\xea\x00\x80\x00\x00\x28\x00", cr0=0x80000011, efer=0x500) == "long64"
    assert mode(b"\x90") == "real16" and mode(b"\x90", cr0=0x11) == "prot16"
    assert mode(b"\xcd\x13") == mode(b"\xcf") == "real16"        # and nothing else, in real mode
    assert mode(b"\xcd\x13", cr0=0x11) is mode(b"\xcf", cr0=0x11) is None
    assert mode(b"\x0f\x01\xf0") is mode(b"\x2e\xff\x2e\x00\x90", cr0=0x11) is None
    assert mode_switch.candidates(b"\x90\x0f\x22\xc0\xea", 0x7c00) == [0x7c01, 0x7c04]


def test_scout_leaves_out_the_bios():
    log = """0x000f1234:  cf                       iretw
0x00007e00:  0f 22 c0                 movl     %eax, %cr0
----------------
IN:
0x00007c00:  fa                       cli
0x00007c01:  66 ea 00 7e 00 00 08 00  ljmpl    $8, $0x7e00
0x000fe3fe:  cf                       iretw
0x00007e10:  0f 01 f0                 lmsww    %ax
0x00007c01:  66 ea 00 7e 00 00 08 00  ljmpl    $8, $0x7e00
"""
    assert scout.changers(log) == [0x7c01, 0x7e10] and scout.changers("") == []


def test_unwinder_finds_only_the_return_from_this_function():
    memory = bytearray(0x200)
    memory[0x100:0x103] = b"\xe8" + struct.pack("<h", 0x40 - 0x103)     # call 40h
    memory[0x180:0x184] = struct.pack("<HH", 0x55, 0x103)               # a saved register; then IP

    def read(address, length):
        return bytes(memory[address:address + length])

    assert unwinding.find_return(read, 0x180, 16, 0x40.__eq__) == (0x103, 0x184)
    assert unwinding.find_return(read, 0x180, 16, 0x41.__eq__) is None
    memory[0x40] = 0x55                                                 # push bp
    assert unwinding.saved_bp(read, 0x180, 0x184, 16, 0x40, 0x7777) == 0x55
    assert unwinding.saved_bp(read, 0x182, 0x184, 16, 0x40, 0x7777) == 0x7777     # not yet pushed


@pytest.mark.parametrize("code, mode, wanted", [
    ("0f57c0", "long64", True),                 # xorps xmm0, xmm0
    ("440f29442480", "long64", True),           # movaps [rsp - 128], xmm8: REX before it
    ("66480f6ec0", "long64", True),             # movq xmm0, rax
    ("f30f7e07", "long64", True),               # movq xmm0, [rdi]
    ("660fefc0", "prot32", True),               # pxor xmm0, xmm0
    ("0fefc0", "prot32", False),                # pxor mm0, mm0
    ("400f57c0", "prot32", False),              # inc eax: no REX outside of long mode
    ("0f0b", "long64", False),                  # ud2
    ("66", "long64", False), ("", "long64", False), ("0f", "long64", False),
])
def test_sse_instructions_are_known(code, mode, wanted):
    assert is_sse(bytes.fromhex(code), mode) == wanted
