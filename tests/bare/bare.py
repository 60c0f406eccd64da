"""Firstlight on a bare Debian: the README's two commands, a strict build, and every other tool.

    tests/bare/bare.py SUITE [--short]

`make bare SUITE=trixie` runs this as root.  The short form is what CI does: a build
with warnings as errors, a boot, the debugger's tests, five minutes at most.  What each
step printed is in a file in $BARE_ROOTS/SUITE-log (root.py describes the root).
The last line is "N passed, N failed", with one count for each step.  Where a bare system
is not available, this says why, counts nothing and exits with 0; the same is true of a step for
which the short form's time limit is too short on this machine.
"""

import argparse
import os
import re
import select
import signal
import subprocess
import sys
import time
from typing import NamedTuple

from root import ROOTS, Impossible, Root

PROMPT = b"\n> "
QUIT_QEMU = b"\x01x"        # Ctrl-A, X
MODES = ("real16", "prot16", "prot32", "compat32", "long64")
DEBUG_INPUT = "".join(f"{line}\n" for line in (
    "continue", *(f"until-mode {mode}" for mode in MODES[1:]), "quit"))
TOOLS = ("gcc clang lld binutils nasm qemu-system-x86 seabios gdb bochs libcmocka-dev python3 "
         "python3-pytest make")
SETUP_LIMIT = 900           # seconds for the packages, which are there from the second run on
SHORT_LIMIT = 300           # seconds for all steps of the short form


class Step(NamedTuple):
    command: str
    limit: int              # seconds
    expected: str = ""      # a regular expression that its output must match
    forbidden: str = r"(:\d+:|\bld(\.lld)?:) warning:"  # ... and one that no line may match
    answer: bytes = b""     # what is typed once the guest's prompt has come
    typed: str = ""         # what is typed at once
    prompt: bytes = PROMPT


JOBS = os.cpu_count()
FULL = [
    Step("make setup run", 1200, expected="Hello, World!", answer=QUIT_QEMU),
    Step("make setup", SETUP_LIMIT, forbidden=""),
    Step(f"make -j{JOBS} WERROR=1 BUILD=build/gcc all unit-tests fuzz-tests kernel-tests", 900),
    Step(f"make -j{JOBS} WERROR=1 LLVM=1 BUILD=build/clang all unit-tests fuzz-tests kernel-tests steps",
         900),
    Step("make setup test", 5400, expected=r"(?m)^\d+ passed, 0 failed", forbidden=""),
    Step("BUILD=build/clang python3 -B -m pytest -p no:cacheprovider -q tests/guide/test_chapters.py",
         1800, expected=r"\d+ passed", forbidden=r"\d+ (failed|error)"),
    Step("python3 -B tests/guide/typed.py", 1200, expected=r"(?m)^typed \d+ commands", forbidden=""),
    Step("rm -rf ~/mine && make new DIR=~/mine && cd ~/mine && make test && "
         "sed -i 's/Hello from a kernel of my own/Hello, Ada/' kernel.c && make run", 120,
         expected="test: passed(?s:.*)Hello, Ada!", answer=QUIT_QEMU, prompt=b"Hello, Ada!"),
    Step("make debug", 120, typed=DEBUG_INPUT, forbidden=r"^(Error|QEMU does not answer)",
         expected="(?s)" + ".*".join(rf"\[{mode}\]" for mode in MODES)),
    Step("make why", 120, expected="The image boots"),
    Step("unshare -rn sh -c 'make clean && make && make release && make why && make new DIR=/tmp/alone "
         "&& make -C /tmp/alone test && rm -r /tmp/alone'", 300, expected="test: passed"),
    Step("make bench", 1800),
    Step("make coverage", 1200),
]
SHORT = [
    Step(f"make -j{JOBS} WERROR=1", SHORT_LIMIT),
    Step("make run", 60, expected="Hello, World!", answer=QUIT_QEMU),
    Step("python3 -B -m pytest -p no:cacheprovider -q --tb=short tests/boot/test_debugger*.py",
         SHORT_LIMIT, expected=r"\d+ passed", forbidden=r"\d+ (failed|error)"),
]


def run(root, step, log, limit):
    """What is wrong with the step's outcome, or ""; the log gets its output."""
    process = root.start(step.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT)
    output = b""                                # in case a signal ends us before there is any
    try:
        output, in_time = talk(process, step, time.monotonic() + limit)
        if not in_time:
            return f"not done after {limit:.0f} s"
        status = process.wait()
    finally:
        process.kill()                          # and with it everything it started
        process.wait()
        log.write_bytes(output)
    text = output.decode(errors="replace")
    unwanted = step.forbidden and re.search(rf"^.*{step.forbidden}.*$", text, re.M)
    if status != 0:
        return f"exit status {status}"
    if unwanted:
        return unwanted[0].strip()
    return "" if re.search(step.expected, text) else f"no {step.expected!r} in its output"


def talk(process, step, end):
    """Reads to the end of the output and types the answer; False if time runs out."""
    output, answer = b"", step.answer
    process.stdin.write(step.typed.encode())
    process.stdin.flush()
    while select.select([process.stdout], [], [], max(0, end - time.monotonic()))[0]:
        data = os.read(process.stdout.fileno(), 65536)
        if not data:
            return output, True
        output += data
        if answer and step.prompt in output:
            process.stdin.write(answer)
            process.stdin.flush()
            answer = b""
    return output, False


def summary(log):
    """What a person wants to see of a step that passed: the tests' last line, if there is one."""
    found = re.findall(r"^(\d+ passed.*)$", log.read_text(errors="replace"), re.M)
    return f"  {found[-1]}" if found else ""


def tail(log):
    return "".join(f"    | {line}\n" for line in log.read_text(errors="replace").splitlines()[-15:])


def prepare(root, with_packages):
    """The root with the project in it; with its packages only if no step installs them."""
    start = time.monotonic()
    root.make()
    root.copy_project()
    log = ROOTS / f"{root.suite}-setup.log"
    if with_packages:
        problem = run(root, Step("make setup", SETUP_LIMIT, forbidden=""), log, SETUP_LIMIT)
        if problem:
            raise Impossible(f"`make setup`: {problem}; see {log}")
    print(f"{root.suite}: {root.folder}, ready after {time.monotonic() - start:.0f} s", flush=True)


def versions(root):
    return subprocess.run(
        ["chroot", root.folder, "dpkg-query", "-W", "-f", "${Package} ${Version}, ",
         *TOOLS.split()], text=True, stdout=subprocess.PIPE, check=False).stdout.rstrip(", ")


def run_steps(root, steps, end):
    """How many passed and failed; those that have no time left before `end` did neither."""
    folder = ROOTS / f"{root.suite}-log"
    folder.mkdir(exist_ok=True)
    results = []
    for number, step in enumerate(steps, 1):
        log = folder / f"{number}"
        start = time.monotonic()
        problem = run(root, step, log, min(step.limit, max(0, end - start)))
        results.append("passed" if not problem else
                       "no time" if time.monotonic() > end else "FAILED")
        print(f"  {results[-1]:<7}{time.monotonic() - start:>6.0f} s  "
              f"{step.command}{f': {problem}' if problem else summary(log)}", flush=True)
        if problem:
            print(tail(log), end="", flush=True)
    return results.count("passed"), results.count("FAILED")


def main():
    parser = argparse.ArgumentParser(description="Firstlight on a bare Debian.")
    parser.add_argument("suite", help="bookworm, trixie, forky, ...")
    parser.add_argument("--short", action="store_true", help="build, boot, the debugger's tests")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))     # by way of run()'s `finally`
    try:
        root = Root(options.suite)
        prepare(root, with_packages=options.short)
    except Impossible as reason:
        print(f"{options.suite}: not tried: {reason}\n0 passed, 0 failed")
        return 0
    steps = SHORT if options.short else FULL
    end = time.monotonic() + (SHORT_LIMIT if options.short else float("inf"))
    passed, failed = run_steps(root, steps, end)
    print(f"{options.suite}: with {versions(root)}\n"
          f"{options.suite}: the output of each step: {ROOTS / options.suite}-log\n"
          f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
