"""The kernel's memory from outside: page rights as QEMU sees them, all RAM on any machine."""

import re

import pytest

from machine import PROMPT
from project import LAYOUT

KIB, MIB, GIB = 1, 1 << 10, 1 << 20             # in KiB, as `mem` counts
KERNEL = LAYOUT["KERNEL_BASE"] + LAYOUT["KERNEL_LOAD_ADDRESS"]
PAGE = re.compile(r"^([0-9a-f]{16}): ([0-9a-f]{16}) ([-XGPDACTUW]{9})", re.M)


def pages(pc):
    """{virtual address: attributes}: X no-execute, W writable; as the CPU's tables say."""
    text = pc.qmp_command("human-monitor-command", **{"command-line": "info tlb"})
    return {int(virtual, 16): flags for virtual, _, flags in PAGE.findall(text.replace("\r", ""))}


@pytest.fixture
def at_prompt(boot):
    def start(*arguments, **options):
        pc = boot(*arguments, **options)
        pc.wait_for_prompt()
        return pc
    return start


@pytest.mark.parametrize("cpu", [None, "max"])
def test_no_page_is_writable_and_executable(at_prompt, cpu):
    found = pages(at_prompt(cpu=cpu))
    assert len(found) > 30
    assert not [hex(page) for page, flags in found.items() if "W" in flags and "X" not in flags]
    executable = [page for page, flags in found.items() if "X" not in flags]
    assert executable and all(page >= KERNEL for page in executable)    # the kernel's text alone
    assert KERNEL in executable


def test_page_0_and_the_lower_half_are_not_mapped(at_prompt):
    assert min(pages(at_prompt())) == 0xFFFF800000000000


def test_cpu_without_nx_boots_and_text_is_read_only(at_prompt):
    found = pages(at_prompt(cpu="qemu64,-nx"))
    assert "W" not in found[KERNEL]
    assert 0 not in found


def test_1_gib_pages_are_used_where_the_cpu_has_them(at_prompt):
    options = {"machine": "q35,memory-backend=m", "memory": "8G"}
    backend = ("-object", "memory-backend-ram,id=m,size=8G,reserve=off")
    small, large = (len(pages(at_prompt(*backend, cpu=cpu, **options)))
                    for cpu in ("qemu64", "max"))
    assert small - large >= 6 * 511         # of 8 GiB, 6 or 7 are whole and aligned


@pytest.mark.parametrize("size, kib", [("2M", 2 * MIB), ("128M", 128 * MIB), ("8G", 8 * GIB),
                                       ("256G", 256 * GIB)])
def test_all_ram_is_usable(at_prompt, size, kib):
    pc = at_prompt("-object", f"memory-backend-ram,id=m,size={size},reserve=off",
                   machine="pc,memory-backend=m", memory=size)
    start = len(pc.serial)
    pc.type_serial("mem\n")
    pc.wait_for_text(PROMPT, after=start)
    frames = re.search(r"^Frames: (\d+) KiB usable, (\d+) free, .* free run (\d+) KiB",
                       pc.serial[start:], re.M | re.S)
    usable, free, longest = map(int, frames.groups())
    # taken: the kernel, 385 KiB below 1 MiB, page tables, one bit a frame, QEMU's ACPI tables
    assert kib - 1024 - kib / 4096 < usable < kib
    assert free <= usable and longest <= free
    assert longest > free / 2 - 512


def test_mem_draws_the_map_and_counts_the_heap(at_prompt):
    pc = at_prompt()
    start = len(pc.serial)
    pc.type_serial("mem\n")
    pc.wait_for_text(PROMPT, after=start)
    text = pc.serial[start:].replace("\r", "")
    assert re.search(r"^  0 \|[.K# an]{64}\| 127 MiB$", text, re.M)
    assert re.search(r"^  K 000000100000 - [0-9a-f]{12} +\d+ KiB  kernel$", text, re.M)
    assert re.search(r"^Heap: +\d+ blocks, ", text, re.M)
    assert all(len(line) <= 80 for line in text.split("\n"))
