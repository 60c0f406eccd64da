"""docs/boot-protocol.md, statement by statement: by a kernel that checks them, and from outside."""

import re
import subprocess

import pytest

import test_refused_kernels     # noqa: F401: its tests also show statements
from bochs import Bochs
from kernel_image import KERNEL as KERNEL_OFFSET
from kernel_image import KERNEL_BASE, KERNEL_LOAD, SECTOR, header_of, kernel_image
from machine import require
from project import BUILD, LAYOUT, ROOT, symbol
from statements import SHOWN, fields, shows, stated

KERNEL = BUILD / "tests/protocol.flat.bin"
ELF = BUILD / "tests/protocol.elf"
STAGE2 = BUILD / "stage2.elf"
END = re.compile(r"^1\.\.\d+\r\n", re.M)
MIB = 1 << 20


def memory_bytes():
    """What the kernel needs with its .bss: it is linked at 0."""
    return symbol(ELF, "memory_end")


@pytest.fixture
def image(tmp_path):
    """image(...) is the protocol's kernel in an image, loaded and entered as the arguments say."""
    def make(load=KERNEL_LOAD, entry=None, memory=None, copies=1):
        return kernel_image(tmp_path, KERNEL, load, entry, memory or memory_bytes(), copies)
    return make


def assert_report(text):
    """Every statement that only a kernel can check is in the report, and is true."""
    assert "not ok" not in text, text
    found = re.findall(r"^ok \d+ - \[([a-z0-9-]+)\]\r?$", text, re.M)
    assert sorted(found) == sorted(set(stated()) - SHOWN)


def assert_holds(pc):
    pc.wait_for(lambda: END.search(pc.serial) or pc.resets, "end of the kernel's report")
    assert pc.resets == 0
    assert_report(pc.serial)


def test_ids_are_unique():
    assert len(stated()) == len(set(stated())) > 50


@pytest.mark.parametrize("options", [
    {}, {"machine": "q35"}, {"cpu": "max"}, {"cpu": "qemu64,nx=off"}, {"memory": "2M"},
    {"memory": "3G"}, {"memory": "6G"}, {"machine": "q35", "memory": "5G"}, {"drive": "if=virtio"},
], ids=lambda options: " ".join(options.values()) or "pc")
def test_every_statement_holds(boot, image, options):
    assert_holds(boot(image=image(), **options))


def test_every_statement_holds_whatever_the_registers_held(boot, image, tmp_path):
    """GDB fills them with junk at the first 64-bit instruction: no earlier one reaches R8 to R15."""
    require("gdb")
    names = ["rax", "rcx", "rdx", "rbp", *(f"r{n}" for n in range(8, 16))]
    junk = 0x5A5A5A5A5A5A5A5A
    stub = tmp_path / "gdb"
    pc = boot("-gdb", f"unix:{stub},server=on,wait=off", "-S", image=image())
    commands = [f"target remote {stub}",
                f"hbreak *{symbol(STAGE2, 'long_mode_enter.long_mode'):#x}", "continue",
                *(f"set ${name} = {junk:#x}" for name in names),
                "set $eflags = 0x47402",        # AC, NT, IOPL 3, DF
                *(f"print/x ${name}" for name in names), "delete", "detach"]
    said = subprocess.run(["gdb", "-nx", "-batch", *(f"-ex={command}" for command in commands)],
                          check=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
    assert said.count(f"= {junk:#x}\n") == len(names), said
    assert_holds(pc)


@shows("image-entry")
@pytest.mark.parametrize("load, base, memory", [
    pytest.param(KERNEL_LOAD, KERNEL_BASE, "128M", id="upper mapping"),
    pytest.param(16 * MIB, 0, "32M", id="at 16 MiB"),
    pytest.param(0x1234000, KERNEL_BASE, "32M", id="on an odd page"),
    pytest.param(2047 * MIB, KERNEL_BASE, "3G", id="last MiB of the upper mapping"),
])
def test_every_statement_holds_at_other_addresses(boot, image, load, base, memory):
    assert_holds(boot(image=image(load, base + load), memory=memory))


@shows("image-bss")
def test_every_statement_holds_with_a_large_bss(boot, image):
    pc = boot(image=image(memory=400 * MIB), memory="512M")
    assert_holds(pc)
    assert f"# kernel_bytes={400 * MIB:#x}\r\n" in pc.serial


def test_every_statement_holds_in_bochs(image, tmp_path):
    with Bochs(image(), tmp_path) as pc:
        pc.wait_for_text("\n1..")
        assert_report(pc.serial)


@shows("image-copy")
@pytest.mark.parametrize("damaged", [
    pytest.param(KERNEL_OFFSET + 12, id="header"),
    pytest.param(KERNEL_OFFSET + SECTOR, id="payload"),
])
def test_every_statement_holds_for_the_second_copy(boot, image, damaged):
    path = image(copies=2)
    with path.open("r+b") as file:
        file.seek(damaged)
        byte = file.read(1)[0]
        file.seek(damaged)
        file.write(bytes([byte ^ 1]))
    pc = boot(image=path)
    assert_holds(pc)
    assert "# partition=0x2\r\n" in pc.serial


@shows("memory-untouched")
def test_loader_writes_to_nothing_else(boot, image, tmp_path):
    """The statements are true with memory full of junk (except low memory, which SeaBIOS clears)."""
    end = 24 * MIB
    junk = tmp_path / "junk"
    junk.write_bytes(b"\xa5" * (end - KERNEL_LOAD))
    pc = boot("-device", f"loader,file={junk},addr={KERNEL_LOAD:#x},force-raw=on", image=image(),
              memory="32M")
    assert_holds(pc)
    memory = pc.memory(0, end)
    after = KERNEL_LOAD + memory_bytes()
    assert memory[after:].count(b"\xa5") == end - after
    assert not any(memory[LAYOUT["LOADER_END"]:0x90000])


@shows("info-drive")
@pytest.mark.parametrize("number, arguments, drive", [
    pytest.param(0x80, [], "if=ide", id="hard disk"),
    pytest.param(0x00, ["-boot", "a"], "if=floppy", id="floppy"),
])
def test_boot_drive_is_the_one_booted_from(boot, image, number, arguments, drive):
    pc = boot(*arguments, image=image(), drive=drive)
    assert_holds(pc)
    assert f"# boot_drive={number:#x}\r\n" in pc.serial


@shows("device-nmi")
def test_nmis_are_masked(boot, image, tmp_path):
    """Port 70h cannot be read back: QEMU's trace shows what was written to it."""
    trace = tmp_path / "trace"
    pc = boot("-trace", "enable=memory_region_ops_write", "-D", str(trace), image=image())
    assert_holds(pc)
    pc.qmp_command("quit")
    pc.wait_for(lambda: not pc.running, "end of QEMU")
    written = re.findall(r"addr 0x70 value (0x\w+) size 1 name 'rtc-index'", trace.read_text())
    assert int(written[-1], 16) & 0x80


# ---- the tables of the document --------------------------------------------------

def assert_layout(tmp_path, header, structure, listed):
    """The fields of the document are those of the structure, down to its last byte."""
    lines = [f'#include "{header}"']
    for offset, size, name in listed:
        lines += [f'_Static_assert(offsetof(struct {structure}, {name}) == {offset}, "{name}");',
                  f'_Static_assert(sizeof ((struct {structure} *)0)->{name} == {size}, "{name}");']
    end = listed[-1][0] + listed[-1][1]
    lines += [f'_Static_assert(sizeof(struct {structure}) == {end}, "size");']
    (tmp_path / "layout.c").write_text("\n".join(lines) + "\n")
    subprocess.run(["cc", "-fsyntax-only", f"-I{ROOT}/include", tmp_path / "layout.c"], check=True,
                   timeout=60)
    assert all(a[0] + a[1] == b[0] for a, b in zip(listed, listed[1:])), "a field is missing"


@shows("info-fields")
def test_fields_of_the_boot_info(tmp_path):
    assert_layout(tmp_path, "boot_info.h", "boot_info", fields("info-fields"))


@shows("image-header")
def test_fields_of_the_header(tmp_path):
    assert_layout(tmp_path, "image_headers.h", "kernel_header", fields("image-header"))


# ---- kernels of all sizes ---------------------------------------------------------

def registers(pc):
    return pc.qmp_command("human-monitor-command", **{"command-line": "info registers"})


def wait_for_halt(pc, rip):
    """The CPU is after the HLT that is the kernel's first byte."""
    for _ in range(1500):                       # QEMU sends no event, so poll
        if f"RIP={rip:016x}" in registers(pc) and "HLT=1" in registers(pc):
            return
        with pc.changed:
            pc.changed.wait(0.02)
    pytest.fail(f"no HLT before {rip:#x}:\n{registers(pc)}")


@shows("image-untouched")
@pytest.mark.parametrize("size, load, options", [
    pytest.param(1, KERNEL_LOAD, {}, id="1 byte"),
    pytest.param(2, 5 * MIB, {"drive": "if=virtio"}, id="2 bytes"),
    pytest.param(511, KERNEL_LOAD, {}, id="511 bytes"),
    pytest.param(513, 3 * MIB, {}, id="513 bytes"),
    pytest.param(64 * MIB, KERNEL_LOAD, {"machine": "q35"}, id="64 MiB"),
    pytest.param(65 * MIB + 3, 32 * MIB, {"drive": "if=virtio"}, id="more than 64 MiB"),
])
def test_kernel_arrives_as_it_is(boot, tmp_path, size, load, options):
    kernel = tmp_path / "kernel.bin"
    block = b"\xf4" + bytes(range(251)) * 4178      # HLT; a length unlike any buffer's
    content = (block * (size // len(block) + 1))[:size]
    kernel.write_bytes(content)
    pc = boot(image=kernel_image(tmp_path, kernel, load), **options)
    wait_for_halt(pc, load + 1)
    assert pc.memory(load, size) == content
    assert pc.resets == 0


def test_kernel_that_loops(boot, tmp_path):
    """Two bytes, EB FE: the CPU stays there, with interrupts disabled."""
    kernel = tmp_path / "kernel.bin"
    kernel.write_bytes(b"\xeb\xfe")
    image = kernel_image(tmp_path, kernel, KERNEL_LOAD, KERNEL_BASE + KERNEL_LOAD)
    assert header_of(image)["file_bytes"] == 2
    pc = boot(image=image)
    for _ in range(1500):
        if f"RIP={KERNEL_BASE + KERNEL_LOAD:016x}" in registers(pc):
            return
        with pc.changed:
            pc.changed.wait(0.02)
    pytest.fail(registers(pc))
