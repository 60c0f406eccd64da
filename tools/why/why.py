"""Why does this image not boot?  Runs it without a window and explains how it ended.

    tools/why/why.py IMAGE [--symbols ELF...] [--seconds N] [--tool FILE] [--json]

`make why IMAGE=...` calls this (with JSON=1 for --json).  QEMU runs the image (writing nothing to it)
until it resets, halts forever, loops, waits, reports an error, or the time is
over.  One sentence for the cause, one for what to try; below them the evidence:
where and in which mode, the chain of exceptions, what else was found.  Names and
source lines come from symbols: IMAGE with the suffix .elf, or the stages in the
same folder, are used if they exist.
Exit status: 0 the image is sound, 1 a failure that was explained, 2 one that was
not, 3 bad usage or no QEMU.
"""

import argparse
import functools
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "shared"), str(HERE.parent / "build")]

from elf_file import SHF_EXECINSTR, ElfFile  # noqa: E402
from firstlight import case, exception_log, findings, trail  # noqa: E402
from firstlight.cpu import MEANING  # noqa: E402
from logged_guest import CODE, EXCEPTIONS, Guest, Trouble  # noqa: E402
import ending  # noqa: E402
import image_file  # noqa: E402
from names import Symbols  # noqa: E402
from report import EXPLAINED, SOUND, UNEXPLAINED, UNUSABLE, Report  # noqa: E402
import why_panic  # noqa: E402

RELATIVE = 8                # R_X86_64_RELATIVE: the load address plus the addend


def place(cpu, symbols):
    where = symbols.describe(cpu.pc)
    return [f"In {cpu.mode} ({MEANING[cpu.mode]})",
            f"at {cpu.where()}" + (f", {where}" if where else "") + "."]


def headline(end, wanted, is_triple, symbols):
    if end.kind == "off":
        return "The program switched the machine off."
    if end.kind == "reset":
        return ("The program reset the machine on purpose." if wanted else
                "The machine resets itself: a triple fault." if is_triple else
                "Something requested a reset (by the keyboard controller, port CF9h or the "
                "like).")
    if end.kind == "astray":
        return "The CPU runs through memory that holds no code."
    if end.kind == "halted":
        return "The program has ended: the CPU is halted with interrupts disabled, so nothing can wake it."
    if end.kind == "waits":
        return ("The machine is waiting: the CPU is halted with interrupts enabled, so that a key or a "
                "timer wakes it. This is not a hang.")
    if end.kind == "circle":
        places = sorted({cpu.pc for cpu in end.looks})
        names = [f"{at:X}h" + (f" ({symbols.describe(at)})" if symbols.describe(at) else "")
                 for at in places[:ending.FEW]]
        return ("The program is in an endless loop: "
                f"{len(end.looks)} samples found the CPU at {', '.join(names)}.")
    return "The machine is still running; it neither resets nor stops."


def cpu_at_fault(end, chain, guest):
    """The CPU where it went wrong: at the first exception, or in a sample of code that is not the BIOS's."""
    if chain and chain[0].cpu:
        return chain[0].cpu
    now = guest.cpu()
    own = [cpu for cpu in end.looks if not trail.is_firmware(cpu.pc)]
    # it has been stopped between two blocks: unlike a sample's, its registers fit its place and the memory
    return own[-1] if own and now.pc not in {cpu.pc for cpu in own} else now


class Boot:
    """A boot that has ended, and what is known of it."""

    def __init__(self, guest, end, symbols, image):
        self.guest, self.image = guest, image
        self.read_physical = functools.lru_cache(None)(guest.read_physical)     # it has been stopped
        log = guest.whole_log()
        self.trail = trail.read(log)
        self.ending = exception_log.read(guest.log())
        self.handled = exception_log.everything(log[trail.start(log):])
        chain, is_alive = self.ending.chain, end.kind in ending.ALIVE
        if end.kind != "reset":
            chain = self._unanswered()
            is_alive = is_alive and not chain
        self.ending = exception_log.Ending(chain, end.kind == "reset" and self.ending.is_triple_fault)
        self.cpu = cpu_at_fault(end, chain, guest)
        symbols.was_loaded = self._was_loaded
        kernel = case.kernel_in(self.sector)
        self.case = case.Case(
            self.cpu, chain, self.read_physical, self.sector, symbols.section, trail=self.trail,
            handled=self.handled, pics=case.pics(guest.monitor("info pic")), is_alive=is_alive,
            kernel=kernel if kernel and any(b.start == kernel.entry for b in self.trail) else None,
            describe=symbols.describe, places=frozenset(cpu.pc for cpu in end.looks), constructors=constructors(symbols.files),
            read_port=guest.read_port)

    def _unanswered(self):
        """An exception after which the program did not go on, although its handler ran."""
        cpu = self.guest.cpu()
        here = case.Case(cpu, [], self.read_physical, self.sector, None)
        storm = exception_log.storm(self.handled) if not cpu.get("hlt") else None       # a halted CPU got past it
        link = storm or exception_log.never_returned(self.handled, cpu, here.read_number)
        return [link] if link else []

    def relocated(self, files):
        """Whether the kernel is position-independent code that has applied its relocations itself."""
        kernel = self.case.kernel
        for elf in map(ElfFile, files):
            wanted = [(offset, addend) for section in elf.sections if section.name.startswith(".rela")
                      for offset, info, addend in struct.iter_unpack("<QQq", section.data[:len(section.data) // 24 * 24])
                      if elf.is_64 and info & 0xffffffff == RELATIVE]
            if wanted and all(self.case.read_number(kernel.load + offset) == kernel.load + addend for offset, addend in wanted):
                return True                     # such a kernel is linked for 0
        return False

    def moved(self, files):
        """Whether the kernel has copied its code to where it is linked for, away from itself, and runs there."""
        kernel = self.case.kernel
        code = [section for elf in map(ElfFile, files) for section in elf.sections
                if section.flags & SHF_EXECINSTR and section.data and not kernel.holds(section.address)]
        return any(block.start - one.address in range(one.size) for one in code for block in self.trail
                   if self.case.read_linear(one.address, len(one.data)) == one.data)

    def _was_loaded(self, address, original):
        """Whether the image ever filled this address: something else than zeros ran or lies there."""
        ran = any(block.holds(address) and block.raw.strip(b"\0") for block in self.trail)
        now = self.case.read_linear(address, len(original))
        return ran or not original.strip(b"\0") or not now or bool(now.strip(b"\0"))

    def sector(self, lba):
        return self.image[lba * case.SECTOR:lba * case.SECTOR + case.SECTOR]


def explain(guest, end, symbols, image, before):
    """The Report of a boot; `before` is what was found before it."""
    text = guest.serial()
    if end.kind == "booted" and not before:
        return Report(SOUND, end.kind, [], ["The image boots: the kernel's prompt appeared."])
    if end.kind == "said":
        return report_of(text, guest, symbols, image)
    guest.monitor("stop")
    boot = Boot(guest, end, symbols, image)
    if boot.case.kernel and (boot.relocated(symbols.files) or boot.moved(symbols.files)):
        before = [finding for finding in before if finding.kind != "elf.differs"]
    wanted = end.kind == "reset" and ending.is_wanted_reset(boot.trail, boot.ending)
    found = before + ([] if wanted or end.kind == "off" else findings.find(boot.case))
    what = headline(end, wanted, boot.ending.is_triple_fault, symbols)
    evidence = [*place(boot.cpu, symbols), *exception_log.chain_lines(boot.ending)]
    last = tuple(last_words(text, guest))
    if found:
        return Report(EXPLAINED, end.kind, found, [what, *evidence], last=last)
    if wanted or end.kind in ("off", "booted") or boot.case.is_alive:
        return Report(SOUND, end.kind, [], [what, *evidence], last=last)
    return Report(UNEXPLAINED, end.kind, [], evidence, (
        f"Not explained: {what}",
        "Try: `make debug`, a breakpoint shortly before this place, then stepi: the "
        "banner shows what each instruction changes."), last)


def report_of(text, guest, symbols, image):
    """What Firstlight's stages, or an operating system's panic, reported themselves."""
    line, kind, cause, advice = ending.said(text)
    if why_panic.headline(text):
        before, found, calls = why_panic.explain(text, guest, symbols, image)
        return Report(EXPLAINED, "said", found, calls, (line, *before))
    return Report(EXPLAINED, "said", [case.Finding(f"{cause}.", advice, kind)], [], (line,))


def last_words(text, guest):
    last = [row for row in text.splitlines() if row.strip()]
    if last:
        return [f"The last lines on COM1: {last[-1].strip()}"]
    return [f"The screen ends with: {row}" for row in guest.screen()[-1:]]


def constructors(files):
    """The addresses in .init_array of these ELF files."""
    found = []
    for path in files:
        section = ElfFile(path).section(".init_array")
        data = section.data if section else b""
        found += [int.from_bytes(data[at:at + 8], "little") for at in range(0, len(data), 8)]
    return tuple(found)


def compare_with_elf(tool, image, elf):
    """What firstlight-image finds when it compares the image's kernel with its ELF file: Findings."""
    if not tool.exists() or not elf.exists():
        return []
    result = subprocess.run([tool, "match", image, elf], stdout=subprocess.PIPE, text=True,
                            stderr=subprocess.DEVNULL, check=False)
    if result.returncode != 1:
        return []
    cause, advice = result.stdout.splitlines()[:2]
    return [case.Finding(f"{cause[0].upper()}{cause[1:]} ({elf.name})", advice, "elf.differs")]


def find_symbols(image, given):
    if given:
        return given
    beside = [image.with_suffix(".elf")]
    stages = [image.parent / f"{name}.elf" for name in ("stage1", "stage2", "kernel")]
    return [path for path in (beside if beside[0].exists() else stages) if path.exists()]


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(UNUSABLE, f"why: {message}\n")


def main():
    parser = Parser(description="Runs an image and explains why it does not boot.")
    parser.add_argument("image", type=Path)
    parser.add_argument("--symbols", type=Path, nargs="*", default=[])
    parser.add_argument("--tool", type=Path, default=HERE.parents[1] / "build/tools/firstlight-image",
                        help="firstlight-image, which compares the kernel with its ELF file")
    parser.add_argument("--seconds", type=float, default=5,
                        help="of guest time; an image that is silent for longer counts as hung")
    parser.add_argument("--json", action="store_true", help="the same facts for programs")
    options = parser.parse_args()
    try:
        report = examine(options)
    except OSError as error:
        print(f"why: {options.image}: {error.strerror}", file=sys.stderr)
        return UNUSABLE
    except Trouble as trouble:
        print(f"why: {trouble}", file=sys.stderr)
        return UNUSABLE
    print(report.json() if options.json else "\n".join(report.lines()))
    return report.status


def examine(options):
    """The Report of options.image, which boots unless its bytes say enough."""
    image = image_file.open_bytes(options.image)
    unbootable = image_file.explain(image, options.image.name)
    if unbootable:
        return Report(EXPLAINED, "file", [unbootable], [])
    before = compare_with_elf(options.tool, options.image, options.image.with_suffix(".elf"))
    symbols = Symbols(find_symbols(options.image, options.symbols))
    with tempfile.TemporaryDirectory(prefix="firstlight-why-") as folder, \
            Guest(options.image, Path(folder), f"{EXCEPTIONS},{CODE}") as guest:
        end = ending.wait(guest, options.seconds, lambda address: case.original_bytes(
            lambda lba: image[lba * case.SECTOR:(lba + 1) * case.SECTOR], address))
        return explain(guest, end, symbols, image, before)


if __name__ == "__main__":
    sys.exit(main())
