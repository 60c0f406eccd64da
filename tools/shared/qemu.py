"""Starts and ends a guest: shared by all our ways of running QEMU.

No ports, no paths, no waiting for a socket to appear: QEMU gets its connections as
ready-made socket pairs.  It never writes to the image, has no window, and ends with the
program that started it.
"""

import os
import signal
import socket
import subprocess

QEMU = "qemu-system-x86_64"
PATIENCE = 30               # seconds for QEMU to end by itself after being told to


def file_option(path):
    """A path as the value of -drive's file=: never a protocol ("nbd:..."), its commas doubled."""
    return os.path.abspath(path).replace(",", ",,")


def command(image, *arguments, machine="pc", memory="128M", cpu=None, drive="if=ide"):
    """The command line for an image (see file_option); emulated, because KVM may be missing or slow."""
    return [
        "setpriv", "--pdeathsig", "KILL",
        QEMU, "-accel", "tcg", "-machine", machine, "-m", memory, *(["-cpu", cpu] if cpu else []),
        "-display", "none", "-nic", "none", "-monitor", "none",
        "-drive", f"file={image},format=raw,snapshot=on,{drive}", *arguments,
    ]


def _enlarge(end):
    """Lets QEMU send far ahead of what we have read, as far as the system allows.

    Each byte of a UART is a separate message, and takes nearly a kilobyte of the socket's
    buffer; when that is full, the guest's UART stops.
    """
    SO_SNDBUFFORCE = 32
    for option in (SO_SNDBUFFORCE, socket.SO_SNDBUF):
        try:
            end.setsockopt(socket.SOL_SOCKET, option, 16 << 20)
            return
        except PermissionError:
            continue


def start(command_line, *connections, serial=True, **options):
    """Starts it with connections, of "qmp" and "com1"; returns the process and our ends of them.

    Without `serial` the machine has no COM1, and nothing is ever received from it.
    """
    use = {"qmp": ["-qmp", "chardev:qmp"],     # QEMU 11 warns about "-mon chardev=..."
           "com1": ["-serial", "chardev:com1" if serial else "none"]}
    pairs = {name: socket.socketpair() for name in connections}
    numbers = {name: theirs.fileno() for name, (_, theirs) in pairs.items()}
    for name, number in numbers.items():
        _enlarge(pairs[name][1])
        command_line = [*command_line, "-chardev", f"socket,id={name},fd={number}", *use[name]]
    process = subprocess.Popen(command_line, stdin=subprocess.DEVNULL,
                               pass_fds=tuple(numbers.values()), **options)
    for _, theirs in pairs.values():
        theirs.close()
    return process, *(ours for ours, _ in pairs.values())


def end(process):
    """Ends a program, first in the clean way: then QEMU's plugins write their reports."""
    process.send_signal(signal.SIGCONT)     # Ctrl-Z may have stopped it
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def dump_command(address, length):
    """The monitor's command that shows physical memory; dumped_bytes() reads its answer."""
    size, letter = (4, "w") if length % 4 == 0 else (1, "b")
    return f"xp /{length // size}x{letter} {address:#x}"


def dumped_bytes(text):
    """The bytes in lines like "0000000000000600: 0x43455246 0x00000009"; as far as it got."""
    return b"".join(bytes.fromhex(value[2:])[::-1] for line in text.splitlines() if ": " in line
                    for value in line.split(": ", 1)[1].split() if value.startswith("0x"))
