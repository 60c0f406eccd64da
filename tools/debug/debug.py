#!/usr/bin/env python3
"""QEMU halted at the reset vector, and GDB attached to it with all symbols.

    usage   tools/debug/debug.py BUILD [GDB ARGUMENT...]

`make debug` calls this, VS Code takes it for its GDB, and tests run it with
-batch -ex ...  The two talk through a socket that listens before either of
them starts, in a directory of this session, so that any number of sessions
run side by side.  Whichever of the two ends first, the other is ended too,
and the directory goes; should this program be killed, the kernel ends both.
Exit status: GDB's, or 1 if QEMU ended before GDB was done, 2 for bad usage.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOOLS / "shared"))
from firstlight import log_file  # noqa: E402
from qemu import QEMU, end  # noqa: E402

AWAITED = {signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGINT}
PR_SET_PDEATHSIG = 1


def check(build):
    """What is missing, in words that say what to do; "" if nothing is."""
    for program in (QEMU, "gdb"):
        if not shutil.which(program):
            return f"{program} is not installed; `make setup` installs it"
    for name in ("stage1.elf", "stage2.elf", "kernel.elf", "disk.img"):
        if not (build / name).is_file():
            return f"there is no {build / name}; `make` builds it"
    return ""


def child():
    """In each of the two, before it becomes the other program."""
    log_file.LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)


def start_qemu(build, folder):
    """In a session of its own, where it does not hear the terminal's Ctrl-C."""
    with socket.socket(socket.AF_UNIX) as listener, open(folder / "qemu.log", "wb") as log:
        listener.bind(str(folder / "gdb"))
        listener.listen(1)
        return subprocess.Popen(
            [TOOLS / "run/run.sh", build / "disk.img", "-S",
             "-chardev", f"socket,id=gdb,fd={listener.fileno()},server=on,wait=off",
             "-gdb", "chardev:gdb", "-no-reboot", "-no-shutdown",
             "-d", "int,cpu_reset", "-D", folder / "exceptions.log"],
            env=os.environ | {"SERIAL": f"file:{build / 'serial.log'}"},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[listener.fileno()],
            start_new_session=True, preexec_fn=child)


def start_gdb(build, folder, arguments, terminal):
    """On a terminal in a process group of its own: Ctrl-C is to stop the guest, not make."""
    def become_foreground():
        if terminal:
            os.setpgid(0, 0)
            take_terminal(os.getpid())
        child()

    return subprocess.Popen(
        ["gdb", "-q", "-x", TOOLS / "debug/start.py",
         "-ex", f"firstlight-attach {build} {folder}/gdb {folder}/exceptions.log", *arguments],
        preexec_fn=become_foreground)


def take_terminal(group):
    """The kernel stops a background process that does this, unless it blocks SIGTTOU."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    os.tcsetpgrp(0, group)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def kept_terminal():
    """The terminal as it was before, whatever GDB did to it; yields whether there is one."""
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
    """Until one of the two ends, or a signal ends this program."""
    while gdb.poll() is None and qemu.poll() is None:
        found = signal.sigtimedwait(AWAITED, 1)
        if found and found.si_signo not in (signal.SIGCHLD, signal.SIGINT):
            sys.exit(128 + found.si_signo)
        log_file.trim(log)


def session(build, arguments, folder):
    qemu = start_qemu(build, folder)
    gdb = None
    try:
        with kept_terminal() as terminal:
            try:
                gdb = start_gdb(build, folder, arguments, terminal)
                wait(qemu, gdb, folder / "exceptions.log")
                qemu_was_first = gdb.returncode is None
            finally:
                if gdb:
                    end(gdb)
    finally:
        end(qemu)
    if not qemu_was_first:
        return gdb.returncode if gdb.returncode >= 0 else 128 - gdb.returncode
    print(f"\ndebug: QEMU has ended, and so does this session\n"
          f"{(folder / 'qemu.log').read_text(errors='replace')}".rstrip(), flush=True)
    return 1


def main():
    if len(sys.argv) < 2:
        print("usage: tools/debug/debug.py BUILD [GDB ARGUMENT...]", file=sys.stderr)
        return 2
    build, arguments = Path(sys.argv[1]), sys.argv[2:]
    missing = check(build)
    if missing:
        print(f"debug: {missing}", file=sys.stderr)
        return 1
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    try:
        with tempfile.TemporaryDirectory(prefix="firstlight-debug-") as folder:
            return session(build, arguments, Path(folder))
    except OSError as error:                    # no room, or $TMPDIR is too long for a socket
        print(f"debug: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
