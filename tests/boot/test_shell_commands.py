"""Every command of the shell prints what it should, and a bad argument gets one helpful line.

What a command prints about the machine is compared with what QEMU knows about it.
"""

import re

import pytest

from machine import Machine
from project import IMAGE, LAYOUT, ROOT

COMMANDS = re.findall(r"^COMMAND\((\w+), \"(.*?)\", \"(.*?)\"\)",
                      (ROOT / "kernel/shell/commands.def").read_text(), re.M)


@pytest.fixture(scope="module")
def machine():
    """One machine at its prompt for all tests here: none of them harms it."""
    with Machine(IMAGE) as pc:
        pc.wait_for_prompt()
        yield pc


@pytest.fixture
def ask(machine, request):
    """ask(command): what the shell answers, as lines."""
    request.node.machines = [machine]

    def ask(command):
        start = len(machine.serial)
        machine.type_serial(command + "\n")
        machine.wait_for_prompt(after=start)
        answer = re.sub(r"\x1b\[[0-9;]*m", "", machine.serial[start:])
        return answer.replace("\r", "").split("\n")[1:-1]

    return ask


def qemu_register(machine, name):
    text = machine.qmp_command("human-monitor-command", **{"command-line": "info registers"})
    return int(re.search(rf"\b{name}\s*=\s*([0-9a-f]+)", text)[1], 16)


def test_help_lists_every_command_with_arguments_and_text(ask):
    rows = [re.split(r"\s{2,}", row.strip()) for row in ask("help")]
    assert rows == [[word for word in command if word] for command in COMMANDS]


@pytest.mark.parametrize("name, arguments, text", COMMANDS)
def test_help_of_a_command_is_its_line(ask, name, arguments, text):
    assert ask(f"help {name}") == [f"{name} {arguments}: {text}."]


@pytest.mark.parametrize("name, arguments, text",
                         [c for c in COMMANDS if "..." not in c[1]])
def test_too_many_arguments_get_the_usage(ask, name, arguments, text):
    assert ask(f"{name} 1 2 3") == [f"Usage: {name} {arguments} - {text}."]


@pytest.mark.parametrize("name", ["dump", "pages"])
def test_a_missing_argument_gets_the_usage(ask, name):
    assert ask(name)[0].startswith(f"Usage: {name} ADDR")


@pytest.mark.parametrize("typed, meant", [("hlep", "help"), ("rebot", "reboot"), ("dmup", "dump")])
def test_a_misspelt_command_gets_the_nearest_name(ask, typed, meant):
    assert ask(typed) == [
        f'Unknown command "{typed}". Did you mean "{meant}"? Type "help" for a list.']


def test_a_foreign_command_is_pointed_to_help(ask):
    assert ask("frobnicate") == [
        'Unknown command "frobnicate". Type "help" for a list.']


@pytest.mark.parametrize("number, reason", [
    ("xyz", "is not a number"), ("-1", "is not a number"), ("0x", "is not a number"),
    ("1.5", "is not a number"), ("0x10000000000000000", "does not fit in 64 bits"),
    ("18446744073709551616", "does not fit in 64 bits")])
def test_bad_numbers_are_refused_by_name(ask, number, reason):
    for command in (f"dump {number}", f"dump 0 {number}", f"pages {number}", f"idt {number}"):
        assert len(ask(command)) == 1
        assert f'"{number}" {reason}' in ask(command)[0]


def test_echo_keeps_what_is_quoted(ask):
    assert ask("echo one   two \"three   four\" 'say \"five\"'") == [
        'one two three   four say "five"']
    assert ask("echo it's")[0].startswith("A closing quotation mark is missing")


def test_version_is_the_one_of_the_banner(ask, machine):
    version = re.search(r"Firstlight (v[\d.]+)", machine.serial)[1]
    assert re.fullmatch(rf"Firstlight {re.escape(version)}, compiled by (GCC|Clang) [\d.]+.*\.",
                        ask("version")[0])


def test_regs_are_those_of_qemu(ask, machine):
    regs = "\n".join(ask("regs"))
    for name in ("CR0", "CR2", "CR3", "CR4", "EFER"):
        assert int(re.search(rf"^{name}\s+([0-9a-f]{{16}})", regs, re.M)[1], 16) == \
            qemu_register(machine, name)
    assert re.search(r"^CR0 .*\bPE\b.*\bPG\b", regs, re.M)
    assert re.search(r"^CR4 .*\bPAE\b", regs, re.M)
    assert re.search(r"^EFER .*\bLME LMA\b", regs, re.M)
    assert re.search(r"^RFLAGS .*\bIF\b", regs, re.M)


def test_cpu_names_vendor_model_and_features(ask):
    cpu = "\n".join(ask("cpu"))
    assert re.search(r"^Vendor +(AuthenticAMD|GenuineIntel)$", cpu, re.M)
    assert re.search(r"^Model +QEMU Virtual CPU", cpu, re.M)
    assert re.search(r"^Addresses 40 bits physical, 48 bits virtual", cpu, re.M)
    assert re.search(r"^Features .*NX, long mode", cpu, re.M)


def test_gdt_and_idt_are_where_qemu_sees_them(ask, machine):
    registers = machine.qmp_command("human-monitor-command", **{"command-line": "info registers"})
    gdt, idt = "\n".join(ask("gdt")), "\n".join(ask("idt"))
    for name, text in (("GDT", gdt), ("IDT", idt)):
        base, limit = re.search(rf"{name}=\s*([0-9a-f]+) ([0-9a-f]+)", registers).groups()
        assert f"base {base}  limit {limit[-4:]}" in text
    assert re.search(r"0008  64-bit code .* L G$", gdt, re.M)
    assert re.search(r"0018  64-bit TSS, busy", gdt)
    assert re.search(r"0e  interrupt gate .* #PF page fault", idt)
    assert re.search(r"08  interrupt gate .* IST [1-7] .*#DF", idt)
    assert re.search(r"ff  interrupt gate", "\n".join(ask("idt 0xff")))
    assert "no vector 256" in ask("idt 256")[0]


def test_pages_ends_at_the_physical_address(ask):
    kernel = LAYOUT["KERNEL_LOAD_ADDRESS"]
    walk = ask(f"pages {LAYOUT['KERNEL_BASE'] + kernel:#x}")
    assert [row.split("[")[0].strip() for row in walk[1:-1]] == ["PML4", "PDPT", "PD", "PT"]
    assert f"physical {kernel:x}, in a page of 4 KiB" in walk[-1]
    assert ask("pages 0")[-2].strip() == "not mapped"
    assert "not canonical" in ask("pages 0x8000000000000000")[-1]


def test_dump_shows_what_qemu_sees_in_memory(ask, machine):
    kernel = LAYOUT["KERNEL_LOAD_ADDRESS"]
    rows = ask(f"dump {LAYOUT['KERNEL_BASE'] + kernel:#x} 40")
    assert [len(bytes.fromhex(re.sub(r" ", "", row[18:53]))) for row in rows] == [16, 16, 8]
    assert b"".join(bytes.fromhex(row[18:53].replace(" ", "")) for row in rows) == \
        machine.memory(kernel, 40)
    assert len(ask(f"dump {LAYOUT['KERNEL_BASE'] + kernel:#x}")) == 8


@pytest.mark.parametrize("address, reason", [
    (0, "nothing is mapped there"), (0x8000000000000000, "it is not a canonical address"),
    (0xffffffffffffffff, "nothing is mapped there")])
def test_dump_names_the_address_that_cannot_be_read(ask, address, reason):
    assert ask(f"dump {address:#x} 1")[0] == f"{address:016x} cannot be read: {reason}."


@pytest.mark.parametrize("command", ["pages", "dump"])
def test_a_low_address_that_is_not_mapped_is_answered_with_where_physical_memory_is(ask, machine, command):
    where = re.search(r"Physical address f0000 is mapped at ([0-9a-f]+)\.", ask(f"{command} 0xf0000")[-1])
    shown = ask(f"dump 0x{where[1]} 16")[0]
    assert bytes.fromhex(shown[18:53].replace(" ", "")) == machine.memory(0xf0000, 16)


def test_dump_stops_at_the_first_byte_that_cannot_be_read(ask):
    """The guard page below the stack: what is before it is shown, to the last byte."""
    stack = int(re.search(r"RSP +([0-9a-f]+)", "\n".join(ask("regs")))[1], 16)
    page = stack & ~0xfff
    while not any("not mapped" in row for row in ask(f"pages {page:#x}")):
        page -= 0x1000
    rows = ask(f"dump {page - 24:#x} 64")
    assert len(rows) == 3 and rows[2] == f"{page:016x} cannot be read: nothing is mapped there."


def test_dump_is_bounded(ask):
    assert ask("dump 0 65537") == ["At most 65536 bytes at a time."]
    assert "address space ends" in ask("dump 0xffffffffffffffff 2")[0]


def test_test_checks_the_running_kernel(ask):
    rows = ask("test")
    assert all(row.startswith("ok  ") for row in rows[:-2])
    assert rows[-2].startswith(f"{len(rows) - 2} passed, 0 failed.")


@pytest.mark.parametrize("line", [
    "a" * 255, "echo " + "\"" * 250, "dump " * 51, "'" * 254, " " * 255, "\x7f" * 300,
    "dump 0x" + "f" * 240])
def test_no_line_harms_the_shell(ask, machine, line):
    ask(line)
    assert ask("echo alive") == ["alive"]
    assert machine.resets == 0
