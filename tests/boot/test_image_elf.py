"""`make image` from ELF files, and what it says of a my.elf beside a flat my.bin before anything boots."""

import subprocess
import sys

import pytest

from image_tool import run
from kernel_image import header_of
from project import BUILD, IMAGE, ROOT

sys.path.append(str(ROOT / "tools/build"))
from elf_file import SHF_ALLOC, ElfFile  # noqa: E402

SOURCE = """bits 64
global _start
%ifdef HELPER
helper: ret
%endif
%ifdef ANYWHERE
_start: lea rsi, [rel text]
%else
_start: mov rsi, text
%endif
        mov dx, 0x3f8
.next:  lodsb
        test al, al
        jz .halt
        out dx, al
        jmp .next
.halt:  hlt
        jmp .halt
section .rodata
text:   db "Hello from an ELF", 10, 0
section .bss
        resb 0x2000
"""


@pytest.fixture
def linked(tmp_path):
    """linked(ld's options, NASM's options, format) writes my.elf."""
    def link(*options, nasm=(), form="elf64"):
        (tmp_path / "my.asm").write_text(SOURCE.replace("bits 64", "bits 32").replace("rsi", "esi")
                                         if form == "elf32" else SOURCE)
        for command in (["nasm", "-w-all", "-f", form, *nasm, "-o", "my.o", "my.asm"],
                        ["ld", "-z", "noseparate-code", "--no-warn-rwx-segments", *options, "-o", "my.elf", "my.o"]):
            subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
        return tmp_path / "my.elf"
    return link


def flatten(elf, *options):
    subprocess.run(["objcopy", "-O", "binary", *options, elf, elf.with_suffix(".bin")], check=True, timeout=60)
    return elf.with_suffix(".bin")


def make(kernel, *options):
    return run("make", "--kernel", kernel, "--out", kernel.with_suffix(".img"), *options)


@pytest.mark.parametrize("address", [0x100000, 0x200000])
def test_elf_knows_its_addresses_and_boots(linked, boot, address):
    elf = linked(f"-Ttext={address:#x}")
    status, output = make(elf)
    assert status == 0, output
    header = header_of(elf.with_suffix(".img"))
    assert header["load_address"] == header["entry"] == address
    assert header["memory_bytes"] >= header["file_bytes"] + 0x2000
    boot(image=elf.with_suffix(".img")).wait_for_text("Hello from an ELF")


def test_flat_binary_that_fits_its_elf_is_taken(linked):
    kernel = flatten(linked("-Ttext=0x100000"))
    status, output = make(kernel, "--memory", "0x10000")
    assert status == 0 and "note" not in output, output


ANYWHERE = {            # ld's options: position-independent code, as the linker leaves it
    "pie": ["-pie", "--no-dynamic-linker"], "linked for 0": ["-Ttext=0"],
}


@pytest.mark.parametrize("is_flat", [False, True], ids=["elf", "flat"])
@pytest.mark.parametrize("kind", ANYWHERE)
def test_kernel_that_runs_anywhere_is_taken(linked, boot, kind, is_flat):
    elf = linked(*ANYWHERE[kind], nasm=["-DANYWHERE", "-DHELPER"])
    kernel = flatten(elf) if is_flat else elf
    first = min(section.address for section in ElfFile(elf).sections if section.flags & SHF_ALLOC)
    entry = 0x100000 + int.from_bytes(elf.read_bytes()[24:32], "little") - first
    status, output = make(kernel, *(["--entry", hex(entry), "--memory", "0x10000"] if is_flat else []))
    assert status == 0 and ("note" in output and "linked for address 0" in output) == (kind == "linked for 0"), output
    header = header_of(kernel.with_suffix(".img"))
    assert header["load_address"] == 0x100000 and header["entry"] > 0x100000
    boot(image=kernel.with_suffix(".img")).wait_for_text("Hello from an ELF")


def test_kernel_that_runs_anywhere_is_loaded_where_it_is_told(linked):
    elf = linked("-pie", "--no-dynamic-linker", nasm=["-DANYWHERE", "-DHELPER"])
    entry = int.from_bytes(elf.read_bytes()[24:32], "little")
    assert make(elf, "--load", "0x300000")[0] == 0
    header = header_of(elf.with_suffix(".img"))
    assert header["load_address"] == 0x300000 and header["entry"] % 0x1000 == entry % 0x1000


REFUSED = {             # ld's options, NASM's, objcopy's, and what is said
    "elsewhere": (["-Ttext=0x200000"], [], [], "linked for 200000h and is loaded at 100000h", "LOAD=0x200000"),
    "entry": (["-Ttext=0x100000"], ["-DHELPER"], [], "entry is _start at 100001h", "ENTRY=0x100001"),
    "bss": (["-Ttext=0x100000"], [], [], "with its .bss", "MEMSZ="),
    "rodata": (["-Ttext=0x100000"], [], ["-j", ".text"], "section .rodata", "objcopy"),
    "pie": (["-pie", "--no-dynamic-linker", "-Ttext=0x100000"], [], [], "relocations are left", "-no-pie"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_flat_binary_that_its_elf_contradicts_is_refused(linked, kind):
    options, nasm, objcopy, cause, advice = REFUSED[kind]
    kernel = flatten(linked(*options, nasm=nasm), *objcopy)
    status, output = make(kernel)
    assert status == 1 and cause in output and advice in output and output.count("\n") == 1, output
    assert not kernel.with_suffix(".img").exists()


def test_32_bit_elf_is_refused(linked):
    status, output = make(linked("-m", "elf_i386", "-Ttext=0x100000", form="elf32"))
    assert status == 1 and "32-bit ELF file" in output and "-m64" in output


def test_object_file_is_refused(linked):
    linked("-Ttext=0x100000")
    status, output = make(linked("-Ttext=0x100000").with_name("my.o"))
    assert status == 1 and "object file, which was not linked" in output


def test_section_far_away_is_named(linked):
    elf = linked("-Ttext=0x100000", "--section-start=.rodata=0x50000000")
    status, output = make(elf)
    assert status == 1 and ".rodata" in output and "MiB before" in output, output


def test_elf_of_another_build_is_a_note(linked):
    kernel = flatten(linked("-Ttext=0x100000"))
    kernel.write_bytes(b"\xf4" + kernel.read_bytes()[1:])
    status, output = make(kernel)
    assert status == 0 and "from another build" in output


@pytest.mark.parametrize("cut", [64, 120, 400])
def test_elf_that_is_cut_off_is_survived(linked, cut):
    elf = linked("-Ttext=0x100000")
    elf.write_bytes(elf.read_bytes()[:cut])
    status, output = make(elf)
    assert status == 1 and output.startswith("firstlight-image: "), output


def test_our_image_matches_our_kernel(tmp_path):
    assert run("match", IMAGE, BUILD / "kernel.elf") == (0, "")
    (tmp_path / "text").write_text("no ELF file")
    status, output = run("match", IMAGE, tmp_path / "text")
    assert status == 2 and "no kernel to compare" in output
