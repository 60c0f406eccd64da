"""Explains a panic of our kernel: where, why, and which calls led there.

The kernel prints "KERNEL PANIC: ..." and its registers on COM1 (kernel/panic/), and halts
with its memory unchanged.  QEMU's log contains the exception, if there was one, with the
CPU before the handler ran.
"""

import re

from firstlight import descriptors, exception_log, findings, paging
from firstlight.case import Case, Finding
from firstlight.cpu import MEANING

DEEPEST = 16                # callers that are listed


def headline(text):
    """The line that the kernel printed, or ""; a long one continues in the next row."""
    found = re.search(r"^KERNEL PANIC: .*$", text, re.M)
    return found[0].strip() if found else ""


def explain(text, guest, symbols, image):
    """(lines before the cause, Findings, lines with the callers)"""
    report = text[text.index("KERNEL PANIC: "):]
    said = {name: int(value, 16) for name, value
            in re.findall(r"\b(R[A-Z0-9]{2}|R[89]) +([0-9a-f]{16})\b", report)}
    raised = _exception(guest, said.get("RIP"))
    lines, found = (_of_exception(raised, guest, symbols, image) if raised
                    else _of_code(report, said, symbols))
    calls = _callers(guest, said.get("RBP", 0), symbols)
    return lines, found, ["Called by " + ",\n  called by ".join(calls) + "."] * bool(calls)


def _exception(guest, rip):
    """The exception that was reported; None if the code itself called panic()."""
    chain = exception_log.read(guest.log()).chain
    return next((link for link in chain if link.source == "exception" and link.cpu
                 and link.cpu["rip"] == rip), None)


def _of_exception(raised, guest, symbols, image):
    cpu, where = raised.cpu, symbols.describe(raised.cpu.pc)
    lines = [f"In {cpu.mode} ({MEANING[cpu.mode]})",
             f"at {cpu.where()}" + (f", {where}" if where else "") + ".",
             exception_log.sentence(raised, True)]
    case = Case(cpu, [raised], guest.read_physical,
                         lambda lba: image[lba * 512:lba * 512 + 512], symbols.section)
    return lines, findings.find(case) or [Finding(
        f"the instruction at {cpu.pc:X}h raised {descriptors.vector_name(raised.vector)}; "
        "the tables involved are correct.",
        f"make debug, then: thbreak *{cpu.pc:#x}, continue, regs. The cause is in the "
        "operands, or in the code that passed them.", "panic.exception")]


def _of_code(text, said, symbols):
    place = re.search(r"^at (\S+:\d+), in (\w+)", text, re.M)
    where = f"{place[2]}, {place[1]}" if place else symbols.describe(said.get("RIP", 0))
    return ["No exception led to it: the kernel's own code found a broken invariant"
            + (f" ({where})." if where else ".")], [Finding(
                f"the check at {where or 'that place'} failed; the message says which.",
                "make debug, then: thbreak panic_at, continue, backtrace; and look at what the "
                "callers passed.", "panic.check")]


def _callers(guest, rbp, symbols):
    """The functions along the chain of frame pointers, as far as it is valid."""
    cpu, found = guest.cpu(), []
    while rbp and len(found) < DEEPEST:
        walk = paging.walk(guest.read_physical, cpu["cr0"], cpu["cr3"], cpu["cr4"],
                           cpu.get("efer"), rbp)
        memory = guest.read_physical(walk.physical, 16) if walk.physical is not None else b""
        if len(memory) < 16:
            break
        above, back = int.from_bytes(memory[:8], "little"), int.from_bytes(memory[8:], "little")
        where = symbols.describe(back - 1)
        if not where or above and above <= rbp:
            break
        found.append(where)
        rbp = above
    return found
