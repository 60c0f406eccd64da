"""`make why`: its evidence, the loader's own errors, and panics of our kernel.  test_why.py has the causes."""

import re
import subprocess
import sys

import pytest

from machine import require
from project import BUILD, IMAGE, LAYOUT, ROOT, damaged_image, find_line

sys.path.append(str(ROOT / "tests/debug"))
import broken_images  # noqa: E402

WHY_LIMIT = 90          # seconds; on an idle machine no image takes four


def why(image, *arguments):
    result = subprocess.run([sys.executable, "-B", "tools/why/why.py", str(image), *arguments],
                            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            timeout=WHY_LIMIT)
    return result.returncode, result.stdout


@pytest.fixture
def broken(tmp_path):
    """broken(name) makes an image of tests/debug/broken; its symbols are beside it."""
    def make(name):
        source = next(s for s in broken_images.sources("broken") if s.name == name)
        return broken_images.make(source, tmp_path, BUILD)
    return make


@pytest.mark.parametrize("name, label", [("mode/bad_ist", "invalid"), ("mode/jump_to_data", "table")])
def test_place_is_named_if_there_are_symbols(broken, name, label):
    image = broken(name)
    assert re.search(rf"^at .*\b{label}\b", why(image)[1], re.M)
    image.with_suffix(".elf").unlink()
    status, report = why(image)
    assert status == 1 and ".asm" not in report


def test_our_errors_come_with_cause_and_advice(tmp_path):
    status, report = why(damaged_image(tmp_path, flip=512 * 2049 + 100))
    assert status == 1, report
    assert "error E55: the kernel is damaged" in report and "Cause: the checksum" in report


def test_exceptions_chain_of_a_triple_fault_is_told(broken):
    _, report = why(broken("mode/bad_gdt_entry"))
    assert "The CPU raised #GP general protection (vector 13): error code 0018h: selector" in report
    assert "The two exceptions together cause a #DF double fault" in report
    line = find_line("tests/debug/boot.inc", r"jmp +0x18:long_mode")
    assert f"to_long_mode, tests/debug/boot.inc:{line}" in report


def test_make_why_takes_our_image_by_default():
    result = subprocess.run(["make", "-s", "why", f"BUILD={BUILD}"], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=WHY_LIMIT)
    assert result.returncode == 0 and "The image boots" in result.stdout


# ---- a kernel that panics -----------------------------------------------------------------

def kernel_with(folder, function, code):
    """Our image with the kernel's `function` replaced by `code`, which is source for NASM.

    {name} in it is the address of a symbol of the kernel."""
    require("nasm")
    symbols = {name: int(address, 16) for address, name in re.findall(
        r"^([0-9a-f]+) \w (\w+)$", output_of("nm", BUILD / "kernel.elf"), re.M)}
    source = folder / "patch.asm"
    source.write_text(f"bits 64\norg {symbols[function]:#x}\n" + code.format(
        **{name: f"{address:#x}" for name, address in symbols.items()}))
    output_of("nasm", "-f", "bin", "-o", folder / "patch", source)

    payload = bytearray((BUILD / "kernel.bin").read_bytes())
    patch, at = (folder / "patch").read_bytes(), symbols[function] - LAYOUT["KERNEL_BASE"]
    at -= LAYOUT["KERNEL_LOAD_ADDRESS"]
    payload[at:at + len(patch)] = patch
    (folder / "kernel.bin").write_bytes(payload)
    header = subprocess.run(
        [BUILD / "tools/mkheader", "kernel", folder / "kernel.bin",
         str(LAYOUT["KERNEL_LOAD_ADDRESS"]), hex(symbols["_start"]),
         hex(symbols["kernel_memory_bytes"])], stdout=subprocess.PIPE, check=True).stdout
    image, start = bytearray(IMAGE.read_bytes()), LAYOUT["KERNEL_LBA"] * LAYOUT["SECTOR_SIZE"]
    image[start:start + len(header) + len(payload)] = header + payload
    (folder / "panics.img").write_bytes(image)
    return folder / "panics.img"


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout


# what the kernel does instead of listening at its prompt, and what `make why` says of it
PANICS = {
    "page fault": ("mov rax, 0x123456789000\nmov rax, [rax]", [
        "KERNEL PANIC: #PF page fault", "In long64", "shell_run+14",
        "The CPU raised #PF page fault (vector 14) at address 123456789000h: "
        "the page is not present, a read.",
        "Cause: 123456789000h is not mapped: PML4[36] is not present.", "Try: map it"]),
    "protection": ("mov rax, 0x8000000000001234\nmov rax, [rax]", [
        "KERNEL PANIC: #GP general protection", "The CPU raised #GP general protection",
        "Cause: The instruction at FFFFFFFF80", "not a canonical address"]),
    "divide": ("xor ecx, ecx\ndiv ecx", ["The CPU raised #DE divide error (vector 0)."]),
    "invalid opcode": ("ud2", ["The CPU raised #UD", "Cause: UD2 raises #UD on purpose"]),
    "message": ("call {crash_panic}", [
        "KERNEL PANIC: crash: requested at the prompt", "No exception led to it",
        "crash_panic, kernel/crash/crash.c:", "thbreak panic_at"]),
    "assertion": ("call {crash_assert}", [
        "No exception led to it", "crash_assert, kernel/crash/crash.c:",
        "Called by shell_run+"]),
}


@pytest.mark.parametrize("kind", PANICS)
def test_panic_is_explained(kind, tmp_path):
    code, sentences = PANICS[kind]
    image = kernel_with(tmp_path, "shell_run", "push rbp\nmov rbp, rsp\n" + code)
    status, report = why(image, "--symbols", str(BUILD / "kernel.elf"))
    assert status == 1
    for sentence in sentences:
        assert sentence in report, report
    assert re.search(r"[Cc]alled by kernel_main\+\d+, kernel/main\.c:\d+", report), report
    assert ("No exception led to it" in report) == (kind in ("message", "assertion"))


def test_waiting_with_interrupts_enabled_is_no_hang(tmp_path):
    """A kernel that idles in HLT while its timer ticks."""
    image = kernel_with(tmp_path, "shell_run", "sti\nwait_here: hlt\njmp wait_here")
    status, report = why(image, "--symbols", str(BUILD / "kernel.elf"))
    assert status == 0 and "The machine is waiting" in report and "This is not a hang" in report
    assert "Cause" not in report and "endless loop" not in report, report
