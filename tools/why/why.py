"""Why does this image not boot?  Runs it without a window and explains how it ended.

    tools/why/why.py IMAGE [--symbols ELF...] [--seconds N]

`make why IMAGE=...` calls this.  QEMU runs the image (writing nothing to it)
until it resets, halts forever, loops, waits, reports an error, or the time is
over.  The report says where and in which mode it ended, the chain of
exceptions, the probable cause and what to try.  Names and source lines come from
symbols: IMAGE with the suffix .elf, or the stages in the same folder, are used
if they exist.
Exit status: 0 it boots, 1 it does not, 2 bad usage or no QEMU.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

from firstlight import exception_log, findings, headers  # noqa: E402
from firstlight.cpu import MEANING  # noqa: E402
import why_panic  # noqa: E402
from logged_guest import Guest, Symbols, Trouble  # noqa: E402

PROMPT = "\n> "
SAMPLES = 40                # how often the CPU is sampled to find out whether it is in a loop
CIRCLE = 64                 # samples within this many bytes are a loop,
FEW = 8                     # and so are samples at no more than this many places
FIRMWARE = (0xc0000, 0x100000)


class End(NamedTuple):
    kind: str               # reset, said, booted, halted, waits, circle or runs
    looks: list             # samples of the CPU, if it did not stop


def wait_for_end(guest, seconds):
    """Waits for `seconds` of guest time, however slow this computer is."""
    for _ in range(int(seconds / 0.1)):
        if guest.live(0.1):
            return End("reset", [])
        text = guest.serial()
        if said(text):
            wait_for_full_stop(guest)
            return End("said", [])
        if PROMPT in text:
            return End("booted", [])
        if is_halted_for_ever(guest.cpu()):
            return End("halted", [])
    looks = []
    for _ in range(SAMPLES):
        looks.append(guest.cpu())
        if guest.live(0.01):
            return End("reset", [])
    return End(kind_of_life(looks), looks)


def kind_of_life(looks):
    if sum(bool(cpu.get("hlt")) for cpu in looks) > len(looks) / 2:
        return "waits"
    places = {cpu.pc for cpu in looks}
    is_circle = max(places) - min(places) <= CIRCLE or len(places) <= FEW
    return "circle" if is_circle else "runs"


def wait_for_full_stop(guest):
    """Waits until it has halted, or has printed nothing for a while."""
    text = None
    while text != guest.serial() and not is_halted_for_ever(guest.cpu()):
        text = guest.serial()
        guest.live(0.3)


def is_halted_for_ever(cpu):
    return bool(cpu.get("hlt")) and not cpu.has("rflags", "IF")


def said(text):
    """What Firstlight's stages report about themselves: (line, cause, advice), or None."""
    panic = why_panic.headline(text)
    if panic:
        return panic, "", ""
    number = re.search(r"error E(\d+):", text)
    letter = re.search(r"MBR error (.) ", text)
    for row in headers.table("errors.def", "ERROR") if number else []:
        if row[0] == int(number[1]):
            return f"error E{row[0]}: {row[2]}", row[3], row[4]
    for row in headers.table("errors.def", "MBR_ERROR") if letter else []:
        if row[0] == f"'{letter[1]}'":
            return f"MBR error {letter[1]}: {row[2]}", row[3], row[4]
    return None


def place(cpu, symbols):
    where = symbols.describe(cpu.pc)
    return f"In {cpu.mode} ({MEANING[cpu.mode]})\nat {cpu.where()}" + (f", {where}" if where
                                                                       else "") + "."


def headline(end, ending, symbols):
    if end.kind == "reset":
        return ("The machine resets itself: a triple fault." if ending.is_triple_fault else
                "Something requested a reset (by the keyboard controller, port CF9h or the "
                "like).")
    if end.kind == "halted":
        return "The machine hangs: the CPU is halted with interrupts disabled, so nothing can wake it."
    if end.kind == "waits":
        return ("The machine is waiting: the CPU is halted with interrupts enabled, so that a key or a "
                "timer wakes it. This is not a hang.")
    if end.kind == "circle":
        places = sorted({cpu.pc for cpu in end.looks})
        names = [f"{at:X}h" + (f" ({symbols.describe(at)})" if symbols.describe(at) else "")
                 for at in places[:FEW]]
        return ("The machine hangs in an endless loop: "
                f"{SAMPLES} samples found the CPU at {', '.join(names)}.")
    return "The machine is still running; it neither resets nor stops."


def guilty_cpu(end, ending, guest):
    """The CPU where it went wrong: at the first exception, or in a sample of code that is not the BIOS's."""
    if end.kind == "reset" and ending.chain and ending.chain[0].cpu:
        return ending.chain[0].cpu
    own = [cpu for cpu in end.looks if not FIRMWARE[0] <= cpu.pc < FIRMWARE[1]]
    return own[-1] if own else guest.cpu()


def explain(guest, end, symbols, image):
    """The report, line by line."""
    text = guest.serial()
    if end.kind == "booted":
        return ["The image boots: the kernel's prompt appeared."]
    if end.kind == "said":
        line, cause, advice = said(text)
        if why_panic.headline(text):
            return [line, *why_panic.explain(text, guest, symbols, image)]
        return [line] + [f"Cause: {cause}."] * bool(cause) + [f"Try: {advice}"]
    ending = exception_log.read(guest.log())
    if end.kind != "reset":
        ending = exception_log.Ending([], False)    # those that were handled
    cpu = guilty_cpu(end, ending, guest)
    lines = [headline(end, ending, symbols), place(cpu, symbols),
             *exception_log.chain_lines(ending)]
    case = findings.Case(cpu, ending.chain, guest.read_physical,
                         lambda lba: image[lba * 512:lba * 512 + 512], symbols.section)
    found = findings.find(case)
    lines += findings.lines(found)
    if not found and end.kind not in ("runs", "waits"):
        lines.append("Try: `make debug`, a breakpoint shortly before this place, then stepi: the "
                     "banner shows what each instruction changes.")
    return lines + last_words(text, guest)


def last_words(text, guest):
    last = [row for row in text.splitlines() if row.strip()]
    if last:
        return [f"The last lines on COM1: {last[-1].strip()}"]
    return [f"The screen ends with: {row}" for row in guest.screen()[-1:]]


def find_symbols(image, given):
    if given:
        return given
    beside = [image.with_suffix(".elf")]
    stages = [image.parent / f"{name}.elf" for name in ("stage1", "stage2", "kernel")]
    return [path for path in (beside if beside[0].exists() else stages) if path.exists()]


def main():
    parser = argparse.ArgumentParser(description="Runs an image and explains why it does not boot.")
    parser.add_argument("image", type=Path)
    parser.add_argument("--symbols", type=Path, nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=5,
                        help="of guest time; an image that is silent for longer counts as hung")
    options = parser.parse_args()
    try:
        image = options.image.read_bytes()
    except OSError as error:
        print(f"why: {options.image}: {error.strerror}", file=sys.stderr)
        return 2
    symbols = Symbols(find_symbols(options.image, options.symbols))
    try:
        with tempfile.TemporaryDirectory(prefix="firstlight-why-") as folder, \
                Guest(options.image, Path(folder)) as guest:
            end = wait_for_end(guest, options.seconds)
            print("\n".join(explain(guest, end, symbols, image)))
    except Trouble as trouble:
        print(f"why: {trouble}", file=sys.stderr)
        return 2
    return 0 if end.kind == "booted" else 1


if __name__ == "__main__":
    sys.exit(main())
