"""Reads the flight recorder in a memory dump: how far did this boot get?

    tools/debug/recorder.py DUMP [--offset N] [--hz N] [--include DIR]

DUMP is raw memory of a crashed guest, from physical address 0 on, for example
what QEMU's monitor writes with `pmemsave 0 0x100000 dump` (QMP has the same
command).  For a dump that starts elsewhere, or has another format, --offset gives
the position of the recorder in the file.  --hz, the guest's TSC frequency (in
QEMU's TCG 1000000000 on most hosts), converts TSC ticks to milliseconds.

Needs only Python and the project's include/: milestones.def names the steps,
recorder.h and layout.h define the recorder.
Exit status: 0 a recorder was read, 1 there is none or it is damaged, 2 bad usage.
"""

import argparse
import re
import struct
import sys
from pathlib import Path
from typing import NamedTuple

HEADER = struct.Struct("<IIH6x")    # struct recorder: magic, count, ticks
ENTRY = struct.Struct("<IIQ")       # struct recorder_entry: milestone, data, tsc
INCLUDE = Path(__file__).resolve().parents[2] / "include"
DAMAGED = "the recorder is damaged"


class NoRecorder(Exception):
    """There is nothing to decode; the text says why."""


class Format(NamedTuple):
    """What the headers define."""
    address: int                    # physical
    magic: int
    most: int                       # entries
    milestones: dict                # number: (name, text)


class Stamp(NamedTuple):
    milestone: int
    data: int
    tsc: int


def read_format(include):
    """The Format, from the headers in that folder."""
    text = "".join((include / name).read_text() for name in ("layout.h", "recorder.h"))
    numbers = {name: int(number, 0) for name, number
               in re.findall(r"^#define (\w+) (0x[0-9a-fA-F]+|\d+)\b", text, re.M)}
    milestones = re.findall(r'^MILESTONE\((\d+), (\w+), "([^"]*)"\)',
                            (include / "milestones.def").read_text(), re.M)
    return Format(numbers["RECORDER_ADDRESS"], numbers["RECORDER_MAGIC"], numbers["RECORDER_MAX"],
                  {int(number): (name, text) for number, name, text in milestones})


def find_magic(dump, magic):
    """Where else in the dump a recorder might be, as advice."""
    found, at = [], dump.find(struct.pack("<I", magic))
    while at >= 0 and len(found) < 3:
        found.append(f"{at:#x}")
        at = dump.find(struct.pack("<I", magic), at + 1)
    return f"; its magic number is at {', '.join(found)}: try --offset" if found else ""


def decode(dump, form, offset):
    """(stamps, complaints) of the recorder at that offset; NoRecorder if there is none."""
    if not 0 <= offset <= len(dump) - HEADER.size:
        raise NoRecorder(f"the file has {len(dump)} bytes and ends before a recorder at {offset:#x}"
                         + find_magic(dump, form.magic))
    magic, count, _ = HEADER.unpack_from(dump, offset)
    if magic != form.magic:
        raise NoRecorder(f"no recorder at {offset:#x}: the magic number is {magic:#010x}, not "
                         f"{form.magic:#010x}. Stage 2 did not start, or low memory was overwritten"
                         + find_magic(dump, form.magic))
    complaints = []
    if count > form.most:
        complaints.append(f"{DAMAGED}: it claims {count} entries but has room for {form.most}")
        count = form.most
    whole = (len(dump) - offset - HEADER.size) // ENTRY.size
    if count > whole:
        complaints.append(f"the file ends after {whole} of {count} entries")
        count = whole
    stamps = [Stamp(*ENTRY.unpack_from(dump, offset + HEADER.size + i * ENTRY.size))
              for i in range(count)]
    return stamps, complaints + check(stamps, form)


def check(stamps, form):
    """Everything that cannot be right about these stamps."""
    complaints = [f"{DAMAGED}: entry {i} has the unknown milestone {stamp.milestone}"
                  for i, stamp in enumerate(stamps) if stamp.milestone not in form.milestones]
    times = [stamp.tsc for stamp in stamps]
    if times != sorted(times):
        complaints.append(f"{DAMAGED}: its times go backwards")
    return complaints


def time_text(ticks, hz):
    return f"{1000 * ticks / hz:12.3f} ms" if hz else f"{ticks:15,}"


def table(stamps, form, hz):
    """One line per milestone: time since the first, time since the one before, name, data."""
    unit = "time" if hz else "TSC ticks"
    lines = [f"{unit + ' since first':>22}{'since last':>18}  {'milestone':<18}data"]
    for i, stamp in enumerate(stamps):
        _, text = form.milestones.get(stamp.milestone, (None, f"unknown {stamp.milestone}"))
        since_first = stamp.tsc - stamps[0].tsc
        since_last = stamp.tsc - stamps[max(i - 1, 0)].tsc
        lines.append(f"{time_text(since_first, hz):>22}{time_text(since_last, hz):>18}  "
                     f"{text:<18}{stamp.data:#010x} = {stamp.data}")
    return "\n".join(lines)


def summary(stamps, form):
    """The sentence that says how far the boot got."""
    if not stamps:
        return "The recorder was started, but no milestone was stamped."
    known = [stamp.milestone for stamp in stamps if stamp.milestone in form.milestones]
    later = sorted(number for number in form.milestones if number > max(known, default=0))
    names = [form.milestones[number][1] for number in (known[-1:] + later[:1])]
    if not known:
        return "None of its milestones is known."
    if not later:
        return f"The boot was complete: its last milestone is \"{names[0]}\"."
    return f"The last milestone is \"{names[0]}\"; \"{names[1]}\" was not reached."


def number(text):
    return int(text, 0)


def main():
    parser = argparse.ArgumentParser(description="Reads the flight recorder in a memory dump.")
    parser.add_argument("dump", type=Path)
    parser.add_argument("--offset", type=number, help="of the recorder in the file")
    parser.add_argument("--hz", type=number, help="TSC ticks per second")
    parser.add_argument("--include", type=Path, default=INCLUDE)
    options = parser.parse_args()
    if options.hz is not None and options.hz <= 0:
        parser.error("--hz must be above 0")
    try:
        form = read_format(options.include)
        dump = options.dump.read_bytes()
    except (OSError, KeyError, UnicodeDecodeError) as error:
        parser.error(str(error))
    offset = form.address if options.offset is None else options.offset
    try:
        stamps, complaints = decode(dump, form, offset)
    except NoRecorder as none:
        print(f"recorder.py: {none}", file=sys.stderr)
        return 1
    for complaint in complaints:
        print(f"recorder.py: {complaint}", file=sys.stderr)
    ticks = HEADER.unpack_from(dump, offset)[2]
    print(f"Stage 2 began at the BIOS's tick {ticks} (of 54.9 ms, low 16 bits).")
    if stamps and stamps[0].tsc == 0:
        print("This CPU has no time stamp counter: no times.")
    print(table(stamps, form, options.hz))
    print(summary(stamps, form))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
