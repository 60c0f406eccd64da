#!/usr/bin/env python3
"""QEMU halted at the reset vector, and GDB attached to it with all symbols.

    usage   tools/debug/debug.py BUILD [--image=FILE] [--elf=FILE] [GDB ARGUMENT...]

The image is BUILD/disk.img with the symbols of BUILD.  For another image, the kernel's symbols are
those of the ELF file, or of the one beside the image (my.elf for my.img), and the loader's are
loaded if it holds the loader of BUILD.  `make debug` calls this, VS Code runs it as its GDB, and
tests run it with -batch -ex ...  The two talk through a socket that listens before either of
them starts, in a directory of this session, so that any number of sessions
run side by side.  Whichever of the two ends first, the other is then ended
and the directory removed; if this program is killed, the kernel ends both.
Exit status: GDB's, or 1 if QEMU ended before GDB was done, 2 for bad usage.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from typing import NamedTuple

TOOLS = Path(__file__).resolve().parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOOLS / "shared"))
from firstlight import log_file  # noqa: E402
from find_gdb import find_gdb  # noqa: E402
from qemu import QEMU, end  # noqa: E402

AWAITED = {signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGINT}
PR_SET_PDEATHSIG = 1
LONGEST_PLACE = 75          # bytes of a folder in which a session has its own, with the socket


class Subject(NamedTuple):
    """What is debugged."""
    build: Path             # the loader's symbols
    image: Path
    elf: Path               # the kernel's symbols, which may be missing


def options(words):
    """From the command line; the rest of it is GDB's."""
    given = {}
    while words and (match := re.fullmatch(r"--(image|elf)=(.*)", words[0], re.S)):
        given[match[1]] = Path(match[2]).absolute()
        words = words[1:]
    return given, words


def find(build, given):
    image = given.get("image", build / "disk.img")
    own = image == build / "disk.img"
    return Subject(build, image,
                   given.get("elf", build / "kernel.elf" if own else image.with_suffix(".elf")))


def check(subject, given):
    """What is missing, and what to do about it; "" if nothing is."""
    for program, name in ((QEMU, shutil.which(QEMU)), ("gdb", find_gdb())):
        if not name:
            return f"{program} is not installed; `make setup debug` installs it"
    needed = [subject.build / "stage1.elf", subject.build / "stage2.elf"]
    needed += [subject.build / "kernel.elf", subject.image] if not given else [given.get("elf")]
    for path in needed:
        if path and not path.is_file():
            return f"{path} does not exist" + ("" if given else "; `make` builds it")
    if not os.access(subject.image, os.R_OK):
        return f"the image {subject.image} cannot be read"
    return ""


def quoted(path):
    """One word of a GDB command."""
    return re.sub(r"([^A-Za-z0-9_./-])", r"\\\1", str(path))


def child():
    """Runs in each child process, before it becomes the other program."""
    log_file.LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)


def start_qemu(subject, folder):
    """In a session of its own, where it does not hear the terminal's Ctrl-C; and in `folder`, as
    -D would expand a % in its path."""
    with socket.socket(socket.AF_UNIX) as listener, open(folder / "qemu.log", "wb") as log:
        listener.bind(str(folder / "gdb"))
        listener.listen(1)
        return subprocess.Popen(
            ["sh", TOOLS / "run/run.sh", subject.image, "-S",
             "-chardev", f"socket,id=gdb,fd={listener.fileno()},server=on,wait=off",
             "-gdb", "chardev:gdb", "-no-reboot", "-no-shutdown",
             "-d", "int,cpu_reset", "-D", "exceptions.log"],
            env=os.environ | {"SERIAL": f"file:{subject.build / 'serial.log'}"}, cwd=folder,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[listener.fileno()],
            start_new_session=True, preexec_fn=child)


def start_gdb(subject, folder, arguments, terminal):
    """On a terminal, starts it in its own process group: Ctrl-C should stop the guest, not make."""
    def become_foreground():
        if terminal:
            os.setpgid(0, 0)
            take_terminal(os.getpid())
        child()

    # By this name GDB takes no colon in the folder's path for the one of a host and a port.
    place = os.open(folder, os.O_PATH)
    words = [subject.build, f"/proc/self/fd/{place}/gdb", folder / "exceptions.log", subject.image,
             subject.elf]
    try:
        return subprocess.Popen(
            [find_gdb(), "-q", "-x", TOOLS / "debug/start.py",
             "-ex", " ".join(["firstlight-attach", *map(quoted, words)]), *arguments],
            preexec_fn=become_foreground, pass_fds=[place])
    finally:
        os.close(place)


def take_terminal(group):
    """The kernel stops a background process that does this, unless it blocks SIGTTOU."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    os.tcsetpgrp(0, group)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def kept_terminal():
    """Restores the terminal afterwards, whatever GDB did to it; yields whether there is one."""
    try:
        settings, group = termios.tcgetattr(0), os.tcgetpgrp(0)
    except (OSError, termios.error):
        yield False
        return
    try:
        yield True
    finally:
        with contextlib.suppress(OSError, termios.error):
            take_terminal(group)
            termios.tcsetattr(0, termios.TCSADRAIN, settings)


def wait(qemu, gdb, log):
    """Waits until one of the two ends, or a signal ends this program."""
    while gdb.poll() is None and qemu.poll() is None:
        found = signal.sigtimedwait(AWAITED, 1)
        if found and found.si_signo not in (signal.SIGCHLD, signal.SIGINT):
            sys.exit(128 + found.si_signo)
        log_file.trim(log)


def session(subject, arguments, folder):
    qemu = start_qemu(subject, folder)
    gdb = None
    try:
        with kept_terminal() as terminal:
            try:
                gdb = start_gdb(subject, folder, arguments, terminal)
                wait(qemu, gdb, folder / "exceptions.log")
                qemu_was_first = gdb.returncode is None
            finally:
                if gdb:
                    end(gdb)
    finally:
        end(qemu)
    if not qemu_was_first:
        return gdb.returncode if gdb.returncode >= 0 else 128 - gdb.returncode
    print(f"\ndebug: QEMU has ended, and with it this session\n"
          f"{(folder / 'qemu.log').read_text(errors='replace')}".rstrip(), flush=True)
    return 1


def place_for_sockets():
    """Where folders with sockets can be: the name of one has at most 107 bytes (unix(7)), and $TMPDIR may be long."""
    usual = tempfile.gettempdir()
    return usual if len(os.fsencode(usual)) <= LONGEST_PLACE else "/tmp"


def main():
    if len(sys.argv) < 2:
        print("usage: tools/debug/debug.py BUILD [--image=FILE] [--elf=FILE] [GDB ARGUMENT...]",
              file=sys.stderr)
        return 2
    given, arguments = options(sys.argv[2:])
    subject = find(Path(sys.argv[1]).absolute(), given)
    missing = check(subject, given)
    if missing:
        print(f"debug: {missing}", file=sys.stderr)
        return 1
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    try:
        with tempfile.TemporaryDirectory(prefix="firstlight-debug-", dir=place_for_sockets()) as folder:
            return session(subject, arguments, Path(folder))
    except OSError as error:                    # no space left, for instance
        print(f"debug: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
