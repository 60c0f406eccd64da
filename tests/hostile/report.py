"""From a report of `make biosprobe` to a mode: the shim then does what that machine's BIOS did.

    settings, extras = read_report(path.read_text())

Only what the report shows is simulated.  Memory that the test's machine lacks is left
out: the report may come from a larger one.
"""

import re

GUEST_END = 120 << 20           # of the tests' 128 MiB; the firmware's tables are above
SMAP = 0x534D4150
CF, IF, DF = 0x001, 0x200, 0x400
STALE = 0x77777777              # what the probe leaves where 20 bytes are written
MARKS = {"ebx": 0x11112222, "ecx": 0x33334444, "edi": 0x88889999, "ebp": 0x44445555}
DISK = 1
USABLE = 1
MOST_EXTRAS = 64


def _lines(text):
    """[(name, {value: number})] of each line between the first and the last one."""
    body = re.search(r"firstlight biosprobe 1(.*?)\nend", text.replace("\r", ""), re.S)
    if not body:
        raise ValueError("no whole report of biosprobe")
    return [(line.split()[0], {name: int(number, 16) for name, number in
                               re.findall(r"([a-z0-9-]+)=([0-9a-f]+)", line)})
            for line in body[1].strip().splitlines()]


def _entry(values):
    """How the boot sector was entered; any junk is simulated by some junk."""
    return {"entry_segment": 0x7C0 if values["cs"] == 0x7C0 else 0,
            "entry_df": int(bool(values["flags"] & DF)),
            "entry_cli": int(not values["flags"] & IF),
            "entry_registers": int(any(values[name] for name in ("bx", "cx", "si", "di", "bp"))),
            "entry_segments": int(any(values[name] for name in ("ds", "es")))}


def _disk(lines):
    reads = {name: [values for line, values in lines if line == name]
             for name in ("read-edd", "read-chs")}
    named = dict(lines)
    settings = {"no_41": int(bool(named["edd"]["flags"] & CF)),
                "no_42": int(bool(reads["read-edd"][0]["flags"] & CF))}
    for name, most in ("read-edd", "edd_most"), ("read-chs", "chs_most"):
        works = [r["sectors"] for r in reads[name] if not r["flags"] & CF]
        if works and len(works) < len(reads[name]):
            settings[most] = max(works)
        if any(r["came"] < r["sectors"] for r in reads[name] if not r["flags"] & CF):
            settings["deliver_most"] = max(1, max(r["came"] for r in reads[name]))
    calls = [named["reset"], *reads["read-edd"], *reads["read-chs"]]
    if any(call["flags"] & DF for call in calls):
        settings["returns_df"] = DISK
    if any(not call["flags"] & IF for call in calls):
        settings["returns_cli"] = DISK
    for setting, half in ("junk_registers", 0xFFFF), ("junk_upper", 0xFFFF0000):
        if any((call[name] ^ mark) & half for call in [named["reset"], *reads["read-edd"]]
               for name, mark in MARKS.items()):
            settings[setting] = DISK
    if any(call["ds"] for call in calls):
        settings["junk_ds"] = DISK
    if any(call["a20"] == 0 for call in reads["read-edd"] + reads["read-chs"]):
        settings["closes_a20"] = DISK
    geometry = named["geometry"]
    if geometry["flags"] & CF and not geometry["eax"] & 0xFF00:
        settings["carry_08"] = 1
    if geometry["ecx"] & 63:
        settings |= {"sectors": geometry["ecx"] & 63, "heads": (geometry["edx"] >> 8 & 0xFF) + 1}
    return settings


def _memory(lines):
    entries = [values for name, values in lines if name == "e820"]
    given = [e for e in entries if not e["flags"] & CF and e["eax"] == SMAP]
    named = dict(lines)
    settings = {"no_e820": int(not given), "e820_replace": int(bool(given)),
                "no_e801": named["e801"]["flags"] & CF, "no_88": named["88"]["flags"] & CF,
                "e801_in_cx_dx": int(named["e801"]["eax"] & 0xFFFF == 0)}
    if given:
        settings["e820_end"] = 0 if entries[-1]["next"] == 0 else 1
        settings["e820_opaque"] = int(any(e["ask"] > 0xFFFF for e in given))
        if all(e["ecx"] == 20 for e in given):
            settings["e820_short"] = 1 if given[0]["attributes"] == STALE else 2
    extras = []
    for e in given[:MOST_EXTRAS]:
        length = e["length"]
        if e["type"] == USABLE:
            length = min(length, max(0, GUEST_END - e["base"]))
        extras.append((e["base"], length, e["type"], 1))
    return settings, extras


def _area(lines):
    """The EBDA stays where the test's machine has it, unless it is junk."""
    named = dict(lines)
    settings = {"int12_set": 1, "int12_kib": named["int12"]["eax"] & 0xFFFF}
    if not 0x8000 <= named["area"]["ebda"] < 0xA000:
        settings |= {"ebda_set": 1, "ebda": named["area"]["ebda"]}
    return settings


def _a20(lines):
    named = dict(lines)
    closed = named["a20-at-entry"]["a20"] == 0
    lies = not named["a20-on"]["flags"] & CF and named["a20-on"]["a20"] == 0
    return {"entry_a20_off": int(closed), "a20_lies": int(lies),
            "a20_fails": named["a20-on"]["flags"] & CF}


def read_report(text):
    """The settings, and the ranges of E820h, that simulate the machine of this report."""
    lines = _lines(text)
    memory, extras = _memory(lines)
    settings = _entry(dict(lines)["entry"]) | _disk(lines) | _area(lines) | _a20(lines) | memory
    return {name: value for name, value in settings.items() if value}, extras
