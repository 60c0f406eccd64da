"""The guest of why.py: QEMU with a log of exceptions, stopping at a reset; and symbols."""

import json
import os
import re
import shutil
import socket
import subprocess
import time

from firstlight.cpu import Cpu

QEMU = "qemu-system-x86_64"


class Trouble(Exception):
    """QEMU can't be run."""


class Guest:
    def __init__(self, image, folder):
        if not shutil.which(QEMU):
            raise Trouble(f"{QEMU} is not installed; `make setup` installs it")
        self.image, self.folder = image, folder
        self.is_over = False

    def __enter__(self):
        ours, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [QEMU, "-accel", "tcg", "-m", "128M", "-display", "none", "-nic", "none", "-monitor",
             "none",
             "-no-reboot", "-no-shutdown", "-d", "int,cpu_reset", "-D", str(self.folder / "log"),
             "-drive", f"file={self.image},format=raw,snapshot=on",
             "-serial", f"file:{self.folder / 'serial'}",
             "-chardev", f"socket,id=qmp,fd={theirs.fileno()}", "-mon", "chardev=qmp,mode=control"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            pass_fds=(theirs.fileno(),))
        theirs.close()
        self.qmp, self.rest = ours, b""
        self._command("qmp_capabilities")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stderr.close()
        self.qmp.close()

    def _message(self, limit):
        """The next message of QMP, or None if none came in time."""
        end = time.monotonic() + limit
        while b"\n" not in self.rest:
            self.qmp.settimeout(max(end - time.monotonic(), 0.001))
            try:
                data = self.qmp.recv(65536)
            except TimeoutError:
                return None
            if not data:
                raise Trouble(f"QEMU ended: {self.process.stderr.read().strip()}")
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        message = json.loads(line)
        self.is_over |= message.get("event") == "SHUTDOWN"
        return message

    def _command(self, name, **arguments):
        self.qmp.sendall(json.dumps({"execute": name, "arguments": arguments}).encode() + b"\n")
        while True:
            message = self._message(10)
            if message is None:
                raise Trouble("QEMU does not answer")
            if "return" in message or "error" in message:
                return message.get("return", "")

    def monitor(self, command):
        return self._command("human-monitor-command", **{"command-line": command})

    def wait_for_shutdown(self, limit):
        """Has the guest reset itself?  Waits that long for it."""
        end = time.monotonic() + limit
        while not self.is_over and time.monotonic() < end:
            self._message(end - time.monotonic())
        return self.is_over

    def cpu(self):
        return Cpu(self.monitor("info registers"))

    def read_physical(self, address, length):
        text = self.monitor(f"xp /{length}xb {address:#x}")
        return bytes(int(value, 16) for line in text.splitlines() if ": " in line
                     for value in line.split(": ", 1)[1].split())

    def _file(self, name):
        path = self.folder / name
        return path.read_bytes() if path.exists() else b""

    def log(self):
        return self._file("log").decode(errors="replace")

    def serial(self):
        return self._file("serial").decode("cp437").replace("\r", "")


class Symbols:
    """Names, sections and source lines from ELF files, as far as binutils is there."""

    def __init__(self, files):
        self.files = files if shutil.which("nm") and shutil.which("addr2line") else []
        self.table = []
        for path in self.files:
            text = subprocess.run(["nm", str(path)], stdout=subprocess.PIPE, text=True,
                                  check=False).stdout
            self.table += [(int(address, 16), kind.lower(), name, path) for address, kind, name
                           in re.findall(r"^([0-9a-f]+) ([tTdDbBrR]) (\S+)$", text, re.M)]
        self.table.sort(key=lambda row: row[0])

    def _nearest(self, address):
        below = [row for row in self.table if row[0] <= address < row[0] + 0x1000]
        return below[-1] if below else None

    def section(self, address):
        row = self._nearest(address)
        return "" if not row else "code" if row[1] == "t" else "data"

    def describe(self, address):
        """"wait+4, tests/x.asm:12", or ""."""
        row = self._nearest(address)
        if not row:
            return ""
        text = subprocess.run(["addr2line", "-e", str(row[3]), f"{address:#x}"],
                              stdout=subprocess.PIPE,
                              text=True, check=False).stdout.strip().split(" (")[0]
        name = row[2] + (f"+{address - row[0]}" if address > row[0] else "")
        return name if not text or "?" in text else f"{name}, {os.path.relpath(text)}"
