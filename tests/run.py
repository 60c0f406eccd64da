"""Every test: the unit tests and the fuzzers on this machine, then those that boot: the tests
inside the kernel (tests/kernel/), those of the live page (tests/live/) and the tests of whole
images in QEMU, Bochs and GDB.

`make test` runs this.  It ends with the names of what failed and the line
"N passed, N failed" (and how many were skipped, if any); the exit status is 0
only if something passed and nothing failed.  A unit test that crashes has
failed, and so has a runner.
"""

import functools
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / os.environ.get("BUILD", "build")
FULL = bool(os.environ.get("FIRSTLIGHT_FULL"))      # make test-full
UNIT_TEST_LIMIT = 600       # seconds for one program, which takes a few: something hangs
FUZZ_RUNS = 200000          # inputs for each fuzzer, always the same ones: seconds
# the slow ones: whole images, poison
FUZZ_FEWER_RUNS = {"fuzz_inspect": 20000, "fuzz_heap": 5000}
FUZZ_MORE = 10 if FULL else 1       # times as many inputs, the same ones first
BOOT_TESTS_LIMIT = 14400 if FULL else 3600       # seconds for all of them
PAGE_TESTS_LIMIT = 5400 if FULL else 1800        # seconds for all of them
MOST_SKIPPED = 10           # tests that the versions of the tools may make impossible


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list = field(default_factory=list)        # a line for each

    def fail(self, name):
        self.failed += 1
        self.failures.append(name)

    def __iadd__(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += other.failures
        return self

    def __str__(self):
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def run(command, limit, **options):
    """Exit status and output of a program; None as status if it did not end in time."""
    try:
        result = subprocess.run(command, cwd=ROOT, timeout=limit, text=True, errors="replace",
                                **options)
        return result.returncode, result.stdout
    except subprocess.TimeoutExpired as expired:
        return None, (expired.stdout or b"").decode(errors="replace")


def count_tap(output):
    """What the lines of a TAP report say, and how many the plan "1..N" promised."""
    lines = re.findall(r"^(ok|not ok) \d+(.*)$", output, re.M)
    count = Count(skipped=sum("# skip" in rest.lower() for _, rest in lines))
    for result, rest in lines:
        if result == "not ok":
            count.fail(rest.lstrip(" -"))
    count.passed = len(lines) - count.failed - count.skipped
    plan = re.search(r"^1\.\.(\d+)", output, re.M)
    return count, int(plan[1]) if plan else 0


def run_unit_test(program):
    status, output = run([program], UNIT_TEST_LIMIT, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env=os.environ | {"CMOCKA_MESSAGE_OUTPUT": "TAP"})
    count, planned = count_tap(output)
    ended = {None: f"ended after {UNIT_TEST_LIMIT} s", 0: ""}.get(status, f"exit status {status}")
    complete = planned == count.passed + count.failed + count.skipped > 0
    if not complete or (status != 0 and not count.failed):
        ended = ended or "incomplete report"
        count.fail(ended)       # it crashed, or lost its way
    count.failures = [f"{program.name}: {failure}" for failure in count.failures]
    print(f"  {program.name:<24} {count}")
    if count.failed:
        print(f"{output.rstrip()}\n{program.name}: {ended}\n")
    return count


@functools.cache
def without_random_addresses():
    """What to put before a fuzzer's command.  libFuzzer learns from what is compared, pointers
    too: only at the same addresses are its inputs the same ones.  Some containers forbid it."""
    allowed = subprocess.run(["setarch", "-R", "true"], stderr=subprocess.DEVNULL).returncode == 0
    return ["setarch", "-R"] if allowed else []


def run_fuzzer(program):
    """One fuzzer is one test: it passes if it survives all its inputs."""
    runs = FUZZ_FEWER_RUNS.get(program.name, FUZZ_RUNS) * FUZZ_MORE
    command = [*without_random_addresses(), program, f"-runs={runs}", "-seed=1", "-len_control=0",
               "-max_len=256", f"-artifact_prefix={BUILD}/{program.name}-"]
    status, output = run(command, UNIT_TEST_LIMIT * FUZZ_MORE, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    complete = re.search(rf"^Done {runs} runs", output, re.M)
    count = Count()
    if status == 0 and complete:
        count.passed = 1
    else:
        count.fail(f"{program.name}: exit status {status}")
    print(f"  {program.name:<24} {count}")
    if count.failed:
        print(f"{output.rstrip()}\n")
    return count


def programs(pattern):
    return sorted(path for path in (BUILD / "tests").glob(pattern)
                  if path.is_file() and not path.suffix and os.access(path, os.X_OK))


def run_programs(title, pattern, run_one, target):
    found = programs(pattern)
    print(f"{title} ({len(found)} programs)", flush=True)
    count = Count()
    for program in found:
        count += run_one(program)
    if not found:
        count.fail(f"none were built; `make {target}` builds them")
    return count


def count_junit(path):
    count = Count()
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            count.fail(f"{case.get('classname')}: {case.get('name')}")
        elif case.find("skipped") is not None:
            count.skipped += 1
        else:
            count.passed += 1
    return count


def page_test_files():
    """*.full.mjs hold time limits, which a busy machine breaks: they are for a full run."""
    folder = ROOT / "tests/live"
    return sorted([*folder.glob("*.test.mjs"), *(folder.glob("*.full.mjs") if FULL else ())])


def run_page_tests():
    """The live page's, by Node.js's own runner.  Without Node.js they count as one skipped test."""
    print("\nTests of the live page", flush=True)
    count = Count()
    if not shutil.which("node"):
        print("  skipped: Node.js is not installed; `make setup test` installs it")
        count.skipped = 1
        return count
    page = BUILD / "live.html"
    status, output = run([sys.executable, "-B", "tools/live/live.py", BUILD / "disk.img", "--build",
                          BUILD, f"--out={page}"], 180, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if status != 0:
        print(output)
        count.fail("the live page cannot be made")
        return count
    status, output = run(["node", "--test", "--test-reporter=tap",
                          *page_test_files()],
                         PAGE_TESTS_LIMIT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, env=os.environ | {"BUILD": str(BUILD)})
    count, planned = count_tap(output)
    complete = planned == count.passed + count.failed + count.skipped > 0
    if not complete or (status != 0 and not count.failed):
        count.fail(f"the tests of the live page ended early: exit status {status}")
    print("".join(f"  skipped: {name}\n" for name in re.findall(r"^ok \d+ - (.*# SKIP.*)$", output, re.M)),
          f" {count}", sep="")
    if count.failed:
        print(f"{output.rstrip()}\n")
    return count


def run_boot_tests():
    print("\nBoot tests", flush=True)
    if not importlib.util.find_spec("pytest"):
        count = Count()
        count.fail(f"{sys.executable} has no pytest; `make setup test` installs it")
        return count
    report = BUILD / "boot-tests.xml"
    report.unlink(missing_ok=True)
    status, _ = run([sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", "-v", "-rfs",
                     "--tb=short", f"--junitxml={report}", "tests/boot", "tests/hostile", "tests/guide",
                     "tests/labs", "tests/live"],
                    BOOT_TESTS_LIMIT)
    count = count_junit(report) if report.exists() else Count()
    if status not in (0, 1) or (status == 1 and not count.failed):
        count.fail(f"pytest itself failed: exit status {status}")
    if count.skipped > MOST_SKIPPED:
        count.fail(f"{count.skipped} tests were skipped; at most {MOST_SKIPPED} may be")
    return count


def main():
    count = run_programs("Unit tests", "test_*", run_unit_test, "unit-tests")
    count += run_programs("\nFuzzers", "fuzz_*", run_fuzzer, "fuzz-tests")
    count += run_page_tests()
    count += run_boot_tests()
    print("".join(f"\nFAILED  {failure}" for failure in count.failures))
    print(count)
    return 0 if count.passed and not count.failed else 1


if __name__ == "__main__":
    sys.exit(main())
