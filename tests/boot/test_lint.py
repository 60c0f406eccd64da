"""cppcheck has nothing to say about our C, but for what is done on purpose."""

import subprocess

from machine import require
from project import ROOT

ON_PURPOSE = {
    "comparePointers": "the linker's symbols for start and end of one section",
    "subtractPointers": "the same, by the name that cppcheck 2.17 gives it",
    "normalCheckLevelMaxBranches": "cppcheck 2.17 says that it looks less closely at long functions",
    "unknownMacro:kernel/shell/command_basic.c": "cppcheck 2.17 does not know __VERSION__",
    "uninitvar:kernel/panic/panic_report.c": "one argument fills the buffer to which another one points",
    "zerodiv:kernel/crash/crash.c": "`crash divide` divides by zero",
    "va_end_missing:kernel/panic/panic.c": "a panic never returns",
    "zerodivcond:kernel/memory/page_tables.c": "find() sets a level, and no level has the size 0",
    "missingIncludeSystem": "freestanding code has the compiler's headers only",
}


def test_cppcheck_finds_nothing():
    require("cppcheck")
    result = subprocess.run(
        ["cppcheck", "--quiet", "--std=c11", "-Iinclude", "-I.", "-Itools", "-j2",
         "--enable=warning,portability", "--error-exitcode=1",
         *(f"--suppress={what}" for what in ON_PURPOSE), "stage2", "kernel", "lib", "tools/image", "tools/build"],
        cwd=ROOT, text=True, timeout=300, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert result.returncode == 0, result.stdout
