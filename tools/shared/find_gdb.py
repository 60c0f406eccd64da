"""Which GDB to start: a distribution for another processor may call the one that knows a PC otherwise."""

import shutil
import subprocess

NAMES = ("gdb", "gdb-multiarch", "x86_64-elf-gdb")
PATIENCE = 60           # seconds for a GDB to say whether it knows a PC


def knows_a_pc(name):
    try:
        return subprocess.run([name, "-nx", "-batch", "-ex", "set architecture i386:x86-64"], check=False,
                              timeout=PATIENCE, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find_gdb():
    """Its name, or "" if there is none.  One that is alone is not asked: what it lacks it says itself."""
    found = [name for name in NAMES if shutil.which(name)]
    return next(filter(knows_a_pc, found), found[0]) if len(found) > 1 else "".join(found)
