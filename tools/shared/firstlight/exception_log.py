"""Reads QEMU's log of -d int,cpu_reset: the exceptions that led to the end, in sentences.

QEMU logs exceptions only in protected and long mode; in real mode they go through the
BIOS's interrupt vectors, and nothing is logged.
"""

import re
from typing import NamedTuple

from firstlight import bits, descriptors, headers
from firstlight.cpu import Cpu

ENTRY = re.compile(r"^ *\d+: v=([0-9a-f]{2}) e=([0-9a-f]{4}) i=(\d) cpl=\d "
                   r"IP=([0-9a-f]{4}):([0-9a-f]+) "
                   r"pc=([0-9a-f]+)", re.M)
CHECK = re.compile(r"^check_exception old: 0x([0-9a-f]+) new 0x([0-9a-f]+)$", re.M)
# where a section begins: a raised exception, or an interrupt without such a line before it
START = r"^(?=check_exception|Triple fault)|^(?<!new 0x.\n)(?<!new 0x..\n)(?= *\d+: v=)"
NONE, DOUBLE_FAULT, PAGE_FAULT = 0xffffffff, 8, 14
STORM = 6                   # exceptions in a row at the same place


class Raised(NamedTuple):
    """An exception or interrupt that the CPU began to deliver."""
    vector: int
    error: int
    cpu: Cpu                # before its handler ran; None if the log does not contain it
    source: str             # "exception", "software" (INT) or "hardware"
    before: int = None      # the vector that the log has before it; None if it has none

    @property
    def gate(self):
        """The vector whose gate an error code names; None if there is none."""
        if not self.cpu or self.vector == PAGE_FAULT or not has_error_code(self.vector) \
                or not self.error & bits.mask("SELECTOR_ERROR", "IDT"):
            return None
        # The code is the vector times 8.  QEMU 7.2 multiplies by the size of a gate instead, which is
        # 16 in long mode: there the vector that was being delivered, logged before, tells which it is.
        is_offset = self.cpu.has("efer", "LMA") and self.before == self.error >> 4
        return self.error >> (4 if is_offset else 3)


class Ending(NamedTuple):
    """The exceptions that belong together at the log's end, and whether they ended the machine."""
    chain: list
    is_triple_fault: bool


def has_error_code(vector):
    return bool(headers.constants()["EXCEPTIONS_WITH_CODE"] >> vector & 1) if vector < 32 else False


def read(log):
    """The Ending; its chain is empty if the log contains no exception."""
    chain, is_triple, before = [], False, None
    for part in re.split(START, log, flags=re.M)[1:]:
        if part.startswith("Triple fault"):
            is_triple = True
            continue
        check, entry = CHECK.match(part), ENTRY.search(part)
        if not check or int(check[1], 16) == NONE:
            if not _continues(chain, entry):
                chain = []
        links = _links(part, check, entry, before)
        chain, before = chain + links, links[-1].vector
    return Ending(chain, is_triple)


def everything(log):
    """All exceptions and interrupts of a log, also those that were handled."""
    found = []
    for part in re.split(START, log, flags=re.M)[1:]:
        if not part.startswith("Triple fault"):
            found += _links(part, CHECK.match(part), ENTRY.search(part),
                            found[-1].vector if found else None)
    return found


def never_returned(links, cpu, read_number):
    """The last exception whose handler never returned: its frame is still on the stack.

    `read_number` is a function: (linear address, bytes) -> the number there, or None."""
    for link in reversed(links):
        if link.source != "exception" or not link.cpu or link.cpu.bits == 16:
            continue
        size = link.cpu.bits // 8
        top = link.cpu.stack & ~15 if size == 8 else link.cpu.stack
        saved = top - (5 if size == 8 else 3) * size    # RIP, CS, RFLAGS, and in long mode RSP, SS
        return link if cpu.stack <= saved and read_number(saved, size) == link.cpu["rip"] else None
    return None


def storm(links):
    """The exception that its handler returns to again and again, or None."""
    last = links[-STORM:]
    if len(last) < STORM or any(link.source != "exception" or not link.cpu for link in last):
        return None
    if len({(link.vector, link.cpu.pc) for link in last}) > 2:
        return None
    touched = {link.cpu["cr2"] for link in last if link.vector == PAGE_FAULT}
    return last[-1] if len(touched) <= 2 else None      # another page each time: they are mapped on demand


def _links(part, check, entry, before):
    """The links of one section of the log: one, or two if it caused a double fault."""
    new = int(check[2], 16) if check else None
    if not entry:
        return [Raised(new, 0, None, "exception")]
    dump = Cpu(part[entry.end():])
    vector = int(entry[1], 16)
    source = "exception" if check else "software" if entry[3] == "1" else "hardware"
    raised = Raised(vector, int(entry[2], 16), dump if "efer" in dump.values else None, source,
                    before)     # EFER is the dump's last register: a log still being written may end before it
    if vector == DOUBLE_FAULT and new not in (None, DOUBLE_FAULT):
        return [Raised(new, 0, None, "exception"), raised]      # the one that caused it comes first
    return [raised]


def _continues(chain, entry):
    """QEMU forgets what it was delivering if a push faults: the same CS:IP means the same chain."""
    return bool(chain and entry and chain[-1].cpu and int(entry[6], 16) == chain[-1].cpu.pc
                and int(entry[1], 16) != chain[-1].vector)


def error_words(raised):
    """What the error code says, or ""."""
    vector, error = raised.vector, raised.error
    if not raised.cpu or not has_error_code(vector) or vector in (8, 17):
        return ""
    if vector == PAGE_FAULT:
        parts = [bit.meaning for bit in bits.set_bits("PAGE_FAULT", error)[0]]
        if not error & bits.mask("PAGE_FAULT", "P"):
            parts.insert(0, "the page is not present")
        if not error & (bits.mask("PAGE_FAULT", "W") | bits.mask("PAGE_FAULT", "I")):
            parts.append("a read")
        return ", ".join(parts)
    return _selector_words(raised)


def _selector_words(raised):
    """An error code that names a selector or a gate: its EXT, IDT and TI bits in words."""
    error = raised.error
    delivered = ("; it was raised while a hardware interrupt or another exception was delivered (EXT = 1)"
                 if error & bits.mask("SELECTOR_ERROR", "EXT") else "")
    code = f"error code {error:04X}h"
    if not error:
        return "error code 0, so no selector is involved"
    if raised.gate is not None:
        return (f"{code}: the gate of vector {raised.gate:02X}h ({descriptors.vector_name(raised.gate)}) in the "
                f"IDT (IDT = 1){delivered}")
    if not error & ~bits.mask("SELECTOR_ERROR", "EXT"):
        return f"{code}: no selector is involved{delivered}"
    table = "LDT (TI = 1)" if error & bits.mask("SELECTOR_ERROR", "TI") else "GDT"
    return f"{code}: selector {error & ~7:X}h, entry {error >> 3} of the {table}{delivered}"


def sentence(raised, is_first):
    """One link of the chain, as a sentence."""
    name = f"{descriptors.vector_name(raised.vector)} (vector {raised.vector})"
    words = error_words(raised)
    detail = f": {words}" if words else ""
    if raised.vector == PAGE_FAULT and raised.cpu:
        detail = f" at address {raised.cpu['cr2']:X}h{detail}"
    if raised.source == "software":
        return f"The code called {name} with an INT instruction."
    if raised.source == "hardware":
        return f"A hardware interrupt arrived: vector {raised.vector:02X}h."
    if is_first:
        return f"The CPU raised {name}{detail}."
    if raised.vector == DOUBLE_FAULT and raised.cpu:
        return f"The two exceptions together cause a {name}."
    return f"While it was delivered, {name} followed{detail}."


def chain_lines(ending):
    lines = [sentence(raised, i == 0) for i, raised in enumerate(ending.chain)]
    if ending.is_triple_fault:
        lines.append("The handler of the double fault could not be called: that is a triple fault, "
                     "which resets the machine.")
    return lines
