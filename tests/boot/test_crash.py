"""`crash KIND`: what the kernel reports for each failure, word for word, in QEMU and in Bochs."""

import json
import re
from typing import NamedTuple

import pytest

from bochs import Bochs
from machine import PROMPT
from project import IMAGE, ROOT, find_line
from screen import ROWS

HALTED = "System halted. Reset the machine to start again.\r\n"
WHITE_ON_RED = 0x4F
C, ASSEMBLY = "kernel/crash/crash.c", "kernel/crash/crash_cpu.asm"
MEMORY = "kernel/crash/crash_memory.c"


class Crash(NamedTuple):
    message: str
    places: list            # (file, a pattern of this line alone, function), innermost first
    hint: str = ""


CRASHES = {
    "de": Crash("#DE divide error", [(C, r"dividend / zero", "crash_de")]),
    "ud": Crash("#UD invalid opcode", [(ASSEMBLY, r"ud2 +; crash_ud", "crash_ud")],
                "UD2 marks a place that the program must never reach"),
    "gp": Crash("#GP general protection, error code 0x0",
                [(C, r"return \*pointer", "read_from|crash_gp")],
                "0x8000000000001234 is not a canonical address: bits 63 to 47 differ"),
    "pf": Crash("#PF page fault, error code 0x0: read at 0x123456789000, page not present",
                [(C, r"return \*pointer", "read_from|crash_pf")]),
    "df": Crash("#DF double fault, error code 0x0",
                [(ASSEMBLY, r"push +rax +; to an unmapped", "crash_df")],
                "0x7ffffffffffffff8 is not a canonical address: bits 63 to 47 differ"),
    "null": Crash("#PF page fault, error code 0x0: read at 0x40, page not present",
                  [(C, r"\(void\)\*field", "crash_null")],
                  "a NULL pointer was used, at offset 0x40 (64)"),
    "vector": Crash("unexpected interrupt: vector 240 (0xf0) has no handler",
                    [(ASSEMBLY, r"pop +rbp +; the interrupt", "crash_vector")]),
    "misaligned": Crash("#UD invalid opcode", [(ASSEMBLY, r"ud2 +; crash_ud", "crash_ud"),
                                               (ASSEMBLY, r"call +crash_ud", "crash_misaligned")],
                        "the stack is misaligned: RBP is not a multiple of 16, so the function was "
                        "called with RSP off by 8"),
    "canary": Crash("stack protector: the canary was overwritten, by a write beyond a local array",
                    [("kernel/panic/stack_guard.c", r'panic\("stack protector', "__stack_chk_fail"),
                     (C, "", "crash_canary")]),  # GCC and Clang give the check different lines
    "jump": Crash("#PF page fault, error code 0x10: execution at 0x123456789000, page not present",
                  [None, (C, r"^    function\(\);", "crash_jump")],
                  "the CPU jumped to where nothing is mapped: a wrong function pointer, or an "
                  "overwritten return address"),
    "wx": Crash("#PF page fault, error code 0x3: write at 0xffffffff80100000, not permitted",
                [(MEMORY, r"\*code = 0x90", "crash_wx")],
                "something wrote to the kernel's instructions, which are read-only"),
    "nx": Crash("#PF page fault, error code 0x11: execution at 0xffff800000004000, not permitted",
                [None, (MEMORY, r"^    function\(\);", "crash_nx")],
                "the CPU jumped into data: a wrong function pointer, or an overwritten "
                "return address"),
    "assert": Crash("assertion failed: 1 + 1 == three", [(C, r"KASSERT\(", "crash_assert")]),
    "panic": Crash("crash: requested at the prompt; nothing is wrong",
                   [(C, r'panic\("crash: requested', "crash_panic")]),
}
CALLERS = [("kernel/shell/command_crash.c", r"provoke\(\);", "command_crash"),
           ("kernel/shell/shell.c", r"command->run\(", "execute_line|shell_run"),
           ("kernel/main.c", r"^    shell_run\(\);", "kernel_main"),
           ("kernel/entry.asm", r"call +kernel_main", "_start")]


def call_lines(crash):
    """What the report must say about the calls, as patterns: the offsets depend on the compiler."""
    for number, place in enumerate(crash.places + CALLERS):
        how = "called from" if number else "at"
        if place is None:
            yield rf"{how} 0x(123456789000|ffff800000004000), which is not in the kernel's code"
        else:
            file, pattern, function = place
            where = "(.*, in )?"
            if pattern:
                where = rf"{re.escape(file)}:{find_line(file, pattern)}, in "
            yield rf"{how} {where}({function})(\+0x[0-9a-f]+)?"


def expect_report(report, crash):
    """The report's first lines, its last one, and the line for programs."""
    lines = report.replace("\r", "").split("\n")
    lines = lines[lines.index(f"KERNEL PANIC: {crash.message}") + 1:]
    if crash.hint:
        assert lines.pop(0) == f"Hint: {crash.hint}."
    for pattern in call_lines(crash):
        line = lines.pop(0)
        if re.search(r", in (execute_line|shell_run)\+", line) and "kernel_main" in pattern:
            line = lines.pop(0)                 # execute_line() was not compiled into shell_run()
        assert re.fullmatch(pattern, line), f"{line!r} is not {pattern!r}"
    assert re.match(r"RIP    [0-9a-f]{16}  RSP    [0-9a-f]{16}  RFLAGS [0-9a-f]{16}$", lines[0])
    assert lines[-2:] == [HALTED.strip(), ""]
    facts = json.loads(next(line for line in lines if line.startswith("@panic "))[7:])
    assert (facts["message"], facts["hint"]) == (crash.message, crash.hint)
    places = crash.places + CALLERS
    assert len(facts["backtrace"]) in (len(places), len(places) + 1)
    for entry, place in zip(facts["backtrace"], crash.places):
        if place and place[1]:
            assert (entry["file"], entry["line"]) == (place[0], find_line(*place[:2]))


# What the heap reports for each misuse, and the calls of the crash that it names, in their order.
HEAP = {
    "doublefree": ("was already freed", ["allocated", "freed", "seen"]),
    "useafterfree": ("was written after it was freed", ["allocated", "freed", "seen"]),
    "overrun": ("was written past its end", ["allocated", "seen"]),
}
HEAP_CALL = re.compile(r"\b(kmalloc|kfree|kheap_check)\(")


def heap_message(kind):
    """The sentence, with the lines of the calls in crash_<kind>()."""
    what, roles = HEAP[kind]
    lines = (ROOT / MEMORY).read_text().splitlines()
    first = lines.index(f"void crash_{kind}(void)")
    calls = [n + 1 for n in range(first, lines.index("}", first)) if HEAP_CALL.search(lines[n])]
    assert len(calls) == len(roles)
    *before, seen = [f"{role} at {MEMORY}:{line}" for role, line in zip(roles, calls)]
    return f"KERNEL PANIC: heap: a block {what}, {', '.join(before)}; {seen}\n", calls[-1]


def expect_heap_report(pc, kind, start):
    pc.type_serial(f"crash {kind}\n")
    pc.wait_for_text(HALTED, after=start)
    report = pc.serial[start:].replace("\r", "")
    message, line = heap_message(kind)
    assert message in report
    assert re.search(rf"^called from {MEMORY}:{line}, in crash_{kind}\+0x", report, re.M)


@pytest.mark.parametrize("kind", HEAP)
def test_heap_misuse_names_its_callers(boot, kind):
    pc = boot()
    expect_heap_report(pc, kind, pc.wait_for_prompt())
    assert pc.resets == 0


@pytest.mark.parametrize("kind", HEAP)
def test_heap_misuse_names_its_callers_in_bochs(tmp_path, kind):
    with Bochs(IMAGE, tmp_path) as pc:
        expect_heap_report(pc, kind, pc.wait_for_text(PROMPT))


def test_every_kind_is_tested():
    kinds = re.findall(r"^CRASH\((\w+),", (ROOT / "kernel/crash/crash.def").read_text(), re.M)
    others = {"bp", "nested", "stack", *HEAP}   # below: their reports have another form
    assert set(kinds) - others == set(CRASHES)


@pytest.mark.parametrize("kind", CRASHES)
def test_report_in_qemu(boot, kind):
    pc = boot()
    start = pc.wait_for_prompt()
    pc.type_serial(f"crash {kind}\n")
    pc.wait_for_text(HALTED, after=start)
    expect_report(pc.serial[start:], CRASHES[kind])
    assert pc.resets == 0
    # the first and the last word are both on the screen, white on red
    screen = pc.wait_for_screen_text(HALTED.strip())
    red = " ".join(screen.text_with_attribute(WHITE_ON_RED).split())
    first = " ".join(f"KERNEL PANIC: {CRASHES[kind].message}".split())
    assert red.replace(" ", "").startswith(first.replace(" ", "")) and HALTED.strip() in red
    assert "@panic" not in red and len(red.split("\n")) < ROWS


@pytest.mark.parametrize("kind", CRASHES)
def test_report_in_bochs(tmp_path, kind):
    with Bochs(IMAGE, tmp_path) as pc:
        start = pc.wait_for_text(PROMPT)
        pc.type_serial(f"crash {kind}\n")
        pc.wait_for_text(HALTED, after=start)
        expect_report(pc.serial[start:], CRASHES[kind])


def expect_stack_overflow(pc):
    start = pc.wait_for_text(PROMPT)
    pc.type_serial("crash stack\n")
    pc.wait_for_text(HALTED, after=start)
    report = pc.serial[start:].replace("\r", "")
    assert "KERNEL PANIC: #DF double fault, error code 0x0\n" in report
    assert re.search(r"^Hint: 0xffffffff80[0-9a-f]{6} is in the guard page below the main stack: "
                     r"the stack overflowed\.$", report, re.M)
    assert re.search(rf"^called from {C}:{find_line(C, 'return call_again')}, in call_again\S*"
                     r"\+0x[0-9a-f]+, \d+ times$", report, re.M)
    for file, pattern, function in [(C, r"^    call_again\(0\);", "crash_stack"), *CALLERS]:
        assert re.search(rf"^called from {file}:{find_line(file, pattern)}, in ({function})\+0x",
                         report, re.M)
    assert re.search(r"^RSP is in the (main stack: |guard page below the main stack\.).* This "
                     r"report is made on the #DF stack\.$", report, re.M)
    assert re.search(r"^  PT  \[ *\d+\]  0{16}  none\n  not mapped$", report, re.M)


def test_stack_overflow_in_qemu(boot):
    pc = boot()
    expect_stack_overflow(pc)
    assert pc.resets == 0


def test_stack_overflow_in_bochs(tmp_path):
    with Bochs(IMAGE, tmp_path) as pc:
        expect_stack_overflow(pc)


def expect_breakpoint_goes_on(pc):
    start = pc.wait_for_text(PROMPT)
    pc.type_serial("crash bp\n")
    end = pc.wait_for_text(PROMPT, after=start)
    line = find_line(ASSEMBLY, "int3")
    assert re.search(rf"^#BP breakpoint at 0xffffffff80[0-9a-f]+, {ASSEMBLY}:{line}, in crash_bp: "
                     r"execution continues\.\r$", pc.serial[start:end], re.M)
    assert "KERNEL PANIC" not in pc.serial


def test_breakpoint_continues_in_qemu(boot):
    expect_breakpoint_goes_on(boot())


def test_breakpoint_continues_in_bochs(tmp_path):
    with Bochs(IMAGE, tmp_path) as pc:
        expect_breakpoint_goes_on(pc)


def expect_both_said(pc):
    start = pc.wait_for_text(PROMPT)
    pc.type_serial("crash nested\n")
    pc.wait_for_text("System halted.", after=start)
    lines = pc.serial[start:].replace("\r", "").split("\n")
    assert lines.count("KERNEL PANIC: crash: the first of two") == 1
    assert re.fullmatch(r"Failed while reporting a panic: #PF at RIP ffffffff80[0-9a-f]{6}\. "
                        r"System halted\.", lines[-1] or lines[-2])


def test_fault_inside_a_report_in_qemu(boot):
    pc = boot()
    expect_both_said(pc)
    assert pc.resets == 0
    screen = pc.wait_for_screen_text("Failed while reporting a panic: #PF")
    assert "KERNEL PANIC: crash: the first of two" in screen.text


def test_fault_inside_a_report_in_bochs(tmp_path):
    with Bochs(IMAGE, tmp_path) as pc:
        expect_both_said(pc)


# ---- exceptions that come from outside: on stacks of their own ----------------------------

@pytest.mark.parametrize("command, cpu, message, stack, detail", [
    ("nmi", None, "NMI non-maskable interrupt", "the NMI stack",
     "Hint: the chipset reports neither SERR# nor IOCHK#: a watchdog, or a person, sent the NMI."),
    # bank 1: valid, uncorrected, enabled; MCG_STATUS: machine check in progress, RIP valid
    ("mce 0 1 0xb200000000000000 0x5 0 0", "max", "#MC machine check", "the #MC stack",
     "Machine-check bank 1: status b200000000000000, error 0000, bits: PCC EN UC VAL"),
], ids=["nmi", "mc"])
def test_exception_from_outside_has_its_own_stack(boot, command, cpu, message, stack, detail):
    pc = boot(cpu=cpu)
    start = pc.wait_for_prompt()
    pc.qmp_command("human-monitor-command", **{"command-line": command})
    pc.wait_for_text(HALTED, after=start)
    report = pc.serial[start:].replace("\r", "")
    assert f"KERNEL PANIC: {message}\n" in report and f"\n{detail}\n" in report
    assert re.search(rf"^RSP is in the main stack: \d+ of 16384 bytes are used\. "
                     rf"This report is made on {stack}\.$", report, re.M)
    assert re.search(r"^called from kernel/entry\.asm:\d+, in _start\+0x", report, re.M)
    assert pc.resets == 0


def test_double_fault_has_its_own_stack(boot):
    pc = boot()
    start = pc.wait_for_prompt()
    pc.type_serial("crash df\n")
    pc.wait_for_text("RSP is not in any of the kernel's stacks. This report is made on the #DF stack.",
                     after=start)


def test_crash_lists_its_kinds_and_refuses_others(boot):
    pc = boot()
    start = pc.wait_for_prompt()
    pc.type_serial("crash\n")
    end = pc.wait_for_prompt(after=start)
    for kind in CRASHES:
        assert re.search(rf"^  {kind} ", pc.serial[start:end], re.M)
    pc.type_serial("crash nothing\n")
    pc.wait_for_text('Unknown crash "nothing"', after=end)


# ---- docs/panic.md -----------------------------------------------------------------------

def shape(report):
    """A report without what differs from build to build: numbers, lists of bits and milestones."""
    lines = []
    for line in report.split("\n"):
        line = re.sub(r"^(RFLAGS|CR0|CR4|EFER) .*", r"\1", line)
        if line.startswith("@panic "):
            facts = json.loads(line[7:])
            line = f"@panic {list(facts)} {list(facts['backtrace'][0])}"
        if line.startswith("called from"):      # the compiler decides which functions are inlined
            line = re.sub(r"[\w/.]+:\d+, in \w+\+0x[0-9a-f]+$", "PLACE, in FUNCTION+OFFSET", line)
        if not line.startswith("      ") and line not in lines[-1:]:    # more milestones, calls
            line = line.split("Passed:")[0]
            lines.append(re.sub(r"\b0x[0-9a-f]+\b|\b[0-9a-f]{2,16}\b|\d+", "#", line))
    return lines


def test_manual_shows_a_real_report(boot):
    manual = (ROOT / "docs/panic.md").read_text().split("```\n")[1]
    pc = boot()
    start = pc.wait_for_prompt()
    pc.type_serial("crash null\n")
    pc.wait_for_text(HALTED, after=start)
    report = pc.serial[start:].replace("\r", "")
    assert shape(manual) == shape(report[report.index("KERNEL PANIC"):])
