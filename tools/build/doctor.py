"""Looks at this system's tools: versions, what each is for, what is wrong, and what to do about it.

    tools/build/doctor.py

`make doctor` runs this.  The tools and their purposes are those of packages.txt; nothing is
installed or changed.  Exit status 1 if building and booting would fail.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().with_name("packages.txt")
sys.path.insert(0, str(TABLE.parents[1] / "shared"))
from find_gdb import NAMES, find_gdb, knows_a_pc  # noqa: E402

# where `make toolchain` puts what toolchain.mk finds
OWN = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "firstlight/toolchain/bin"
LIMIT = 60          # seconds for a tool to say something, on a busy machine
VERSION = r"\d+(?:\.\d+)+"


class Tool(NamedTuple):
    level: str      # of packages.txt
    names: tuple    # the first that is there counts
    package: str    # Debian's, by which the table is read
    known_bad: tuple = ()


class Bad(NamedTuple):
    before: tuple   # versions below this one
    advice: str


TOOLS = (
    Tool("run", ("make",), "make",
         (Bad((4,), "make before 4.0 was never tried here; a Mac has 3.81: install a newer one, type gmake."),)),
    Tool("run", ("nasm",), "nasm",
         (Bad((2, 15), "NASM before 2.15 was never tried here; install a newer one."),)),
    Tool("run", ("x86_64-elf-gcc", f"{OWN}/x86_64-elf-gcc", "x86_64-linux-gnu-gcc", "gcc"), "gcc"),
    Tool("run", ("x86_64-elf-ld", f"{OWN}/x86_64-elf-ld", "x86_64-linux-gnu-ld", "ld"), "binutils"),
    Tool("run", ("python3",), "python3",
         (Bad((3, 10), "Python before 3.10 lacks what the tools and tests use; install a newer one."),)),
    Tool("run", ("qemu-system-x86_64",), "qemu-system-x86",
         (Bad((7,), "QEMU before 7 was never tried here; install a newer one."),)),
    Tool("debug", NAMES, "gdb",
         (Bad((13,), "GDB before 13 cannot show 16-bit code (it has no gdb.disassembler); install a newer one."),)),
    Tool("clang", ("clang",), "clang"),
    Tool("clang", ("ld.lld",), "lld"),
    Tool("clang", ("llvm-objcopy",), "llvm"),
    Tool("test", ("bochs",), "bochs"),
    Tool("test", ("xorriso",), "xorriso"),
    Tool("test", ("qemu-img",), "qemu-utils"),
)


def output_of(*command):
    """What a program prints, or "" if it fails to."""
    try:
        return subprocess.run(command, text=True, errors="replace", timeout=LIMIT, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def purposes():
    """By Debian's package."""
    rows = [re.split(r" *\| *", line) for line in TABLE.read_text().splitlines()
            if line and not line.startswith("#")]
    return {row[2]: row[1] for row in rows}


def number(version):
    return tuple(map(int, version.split(".")[:3]))


class Report:
    def __init__(self):
        self.fails = False

    def good(self, what, text):
        print(f"  ok    {what:<28} {text}")

    def bad(self, what, advice, fatal=False):
        self.fails = self.fails or fatal
        print(f"  {'BAD' if fatal else 'note':<5} {what:<28} {advice}")


def check_tool(report, tool, purpose):
    name = find_gdb() if tool.names == NAMES else next(filter(shutil.which, tool.names), None)
    if not name:
        report.bad(tool.package, f"not installed ({purpose}); `make setup "
                   f"{tool.level if tool.level != 'clang' else 'run LLVM=1'}` installs it.",
                   fatal=tool.level == "run" and not has_clang_instead(tool))
        return
    found = re.search(VERSION, output_of(name, "-v" if name in ("nasm",) else "--version"))
    version = found[0] if found else "of unknown version"
    for bad in tool.known_bad:
        if found and number(version) < bad.before:
            report.bad(f"{name} {version}", bad.advice, fatal=tool.level == "run")
            return
    report.good(f"{name} {version}", purpose)


def has_clang_instead(tool):
    return tool.package in ("gcc", "binutils") and shutil.which("clang") and shutil.which("ld.lld")


def check_compiler(report):
    """Another compiler than the host's own is needed where that one makes nothing for a PC."""
    names = ("x86_64-elf-gcc", f"{OWN}/x86_64-elf-gcc", "x86_64-linux-gnu-gcc")
    if any(map(shutil.which, names)) or output_of("gcc", "-dumpmachine").startswith("x86_64"):
        return
    if shutil.which("clang") and shutil.which("ld.lld"):
        report.good("Clang alone", "no GCC here compiles for a PC; the build takes Clang by itself")
    else:
        report.bad("no compiler for a PC", "`make setup run` installs one.", fatal=True)


def check_gdb(report):
    name = find_gdb()
    if not name:
        return
    if not knows_a_pc(name):
        report.bad(f"{name} without x86-64", "it cannot debug a PC; `make setup debug` installs gdb-multiarch.")
    if "Python 3" not in output_of(
            name, "-nx", "-batch", "-ex", "python import sys; print('Python', sys.version)"):
        report.bad(f"{name} without Python", "`make debug` needs it; install the distribution's full GDB, not a minimal one.")


def check_qemu(report):
    if not shutil.which("qemu-system-x86_64"):
        return
    if not re.search(r"^tcg", output_of("qemu-system-x86_64", "-accel", "help"), re.M):
        report.bad("QEMU without TCG", "it cannot emulate; install the distribution's QEMU.", fatal=True)
    if "-plugin" in output_of("qemu-system-x86_64", "-help"):
        report.good("QEMU with TCG plugins", "counts instructions for make coverage and make bench")
    else:
        report.bad("QEMU without plugins", "make coverage and make bench need them; all else works without.")


def check_display(report):
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    kinds = output_of("qemu-system-x86_64", "-display", "help").split()
    if not display:
        report.good("no display", "make run shows the PC's screen or serial console in the terminal")
    elif not {"gtk", "sdl", "cocoa"} & set(kinds):
        report.bad(f"display {display}", "QEMU has no window here; `make setup run` installs it.")
    else:
        report.good(f"display {display}", "make run opens a window")


def check_modules(report, purpose):
    for module, package, level in (("pytest", "python3-pytest", "test"),
                                   ("elftools", "python3-pyelftools", "live"),
                                   ("pygments", "python3-pygments", "live")):
        result = output_of(sys.executable, "-c", f"import {module}; print('yes')")
        if result.endswith("yes\n"):
            report.good(f"Python's {module}", purpose[package])
        else:
            report.bad(f"Python's {module}", f"not installed for {sys.executable} "
                       f"({purpose[package]}); `make setup {level}` installs it.")


def main():
    purpose = purposes()
    report = Report()
    host = platform.system(), platform.machine()
    print("doctor: " + " on ".join(host) + ("" if host == ("Linux", "x86_64") else
                                            ", where nobody has tried this project yet"))
    for tool in TOOLS:
        check_tool(report, tool, purpose[tool.package])
    check_compiler(report)
    check_gdb(report)
    check_qemu(report)
    check_display(report)
    check_modules(report, purpose)
    print("doctor: " + ("building or booting would fail; see BAD above" if report.fails else
                        "building and booting can work here"))
    return 1 if report.fails else 0


if __name__ == "__main__":
    sys.exit(main())
