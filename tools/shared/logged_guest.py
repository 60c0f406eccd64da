"""The guest of why.py: QEMU with a log of exceptions, stopping at a reset."""

import json
import os
import re
import shutil
import subprocess
import time

import qemu
from firstlight import log_file, screen
from firstlight.cpu import Cpu
from firstlight.headers import constants

EXCEPTIONS = "int,cpu_reset"
CODE = "in_asm"             # each block of code, when it is first reached
MOST_CODE = 8 << 20         # bytes of the log after which no more code is logged
AT_ONCE = 4096              # bytes that the monitor shows; more come in a file
LOOK = 0.05                 # seconds between two looks at a guest that lives
PATIENCE = 60               # seconds for QEMU to answer
STARVED = 100               # a guest that gets less than 1/100 of a processor continues anyway


class Trouble(Exception):
    """QEMU cannot be run."""


class Guest:
    """`logged` is what QEMU logs: exceptions, blocks of code (CODE), or both."""

    def __init__(self, image, folder, logged=EXCEPTIONS):
        if not shutil.which(qemu.QEMU):
            raise Trouble(f"{qemu.QEMU} is not installed; `make setup run` installs it")
        self.image, self.folder, self.logged = image, folder, logged
        self.is_over, self.reason = False, ""       # of the end: "guest-reset", "guest-shutdown"
        self.start_of_log = None                    # kept before the log is trimmed
        self.read = 0                               # bytes of the log that new_log() has returned

    def __enter__(self):
        command = qemu.command(
            qemu.file_option(self.image), "-no-reboot", "-no-shutdown", "-d", self.logged,
            "-D", "log", "-serial", "file:serial")          # plain names: -D expands a %
        self.process, self.qmp = qemu.start(
            command, "qmp", cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True)
        self.rest = b""
        try:
            self._command("qmp_capabilities")
        except Trouble:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        qemu.end(self.process)
        self.process.stderr.close()
        self.qmp.close()

    def _message(self, limit):
        """The next QMP message, or None if none arrives in time."""
        end = time.monotonic() + limit
        while b"\n" not in self.rest:
            self.qmp.settimeout(max(end - time.monotonic(), 0.001))
            try:
                data = self.qmp.recv(65536)
            except TimeoutError:
                return None
            except ConnectionResetError:        # it left before it read what we sent
                data = b""
            if not data:
                raise self._ended()
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        message = json.loads(line)
        if message.get("event") == "SHUTDOWN":
            self.is_over, self.reason = True, message["data"].get("reason", "")
        return message

    def _ended(self):
        return Trouble(f"QEMU ended: {self.process.stderr.read().strip()}")

    def _command(self, name, **arguments):
        try:
            self.qmp.sendall(json.dumps({"execute": name, "arguments": arguments}).encode() + b"\n")
        except BrokenPipeError:
            raise self._ended() from None
        while True:
            message = self._message(PATIENCE)
            if message is None:
                raise Trouble("QEMU does not answer")
            if "return" in message or "error" in message:
                return message.get("return", "")

    def monitor(self, command):
        return self._command("human-monitor-command", **{"command-line": command})

    def wait_for_shutdown(self, limit):
        """True if the guest has reset itself; waits that long for it."""
        end = time.monotonic() + limit
        while not self.is_over and time.monotonic() < end:
            self._message(end - time.monotonic())
        return self.is_over

    def live(self, seconds):
        """Lets the guest run for that long, whatever else this computer has to do.

        While it runs, the processor time that QEMU gets is counted; while it is halted,
        real time, but of each look no more than was meant: a late one means that QEMU, which
        may wait for its disk, gets no processor either.  True if the guest reset itself."""
        lived, used = 0, self._used_seconds()
        while lived < seconds and not self.is_over:
            start = time.monotonic()
            self._limit_log()
            self.wait_for_shutdown(min(seconds, LOOK))
            passed, was_used = time.monotonic() - start, used
            used = self._used_seconds()
            is_idle = not self.is_over and self.cpu().get("hlt")
            lived += min(passed, LOOK) if is_idle else max(used - was_used, passed / STARVED)
        return self.is_over

    def _limit_log(self):
        """Without a limit, code that runs astray fills gigabytes, and so does a storm of exceptions."""
        path = self.folder / "log"
        if self.logged == EXCEPTIONS:
            log_file.trim(path)
        elif self.logged != CODE and path.exists() and path.stat().st_size > MOST_CODE:
            with path.open(errors="replace") as log:
                self.start_of_log = log.read(MOST_CODE).rpartition("\n")[0] + "\n"
            self.monitor(f"log {EXCEPTIONS}")
            self.logged = EXCEPTIONS

    def cpu(self):
        return Cpu(self.monitor("info registers"))

    def _used_seconds(self):
        """Processor time that QEMU has used: its user and system time, in proc(5)'s ticks."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def read_physical(self, address, length):
        if length > AT_ONCE:
            path = self.folder / "memory"
            self._command("pmemsave", val=address, size=length, filename=str(path))
            return path.read_bytes()
        return qemu.dumped_bytes(self.monitor(qemu.dump_command(address, length)))

    def read_port(self, port):
        """What IN finds at a port; a register that changes when it is read does so here as well."""
        found = re.search(r"= 0x([0-9a-f]+)", self.monitor(f"i /b {port:#x}"))
        return int(found[1], 16) if found else None

    def log(self):
        return log_file.tail(self.folder / "log")

    def whole_log(self):
        """All of it, or its start if it became too long."""
        if self.start_of_log is not None:
            return self.start_of_log
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def new_log(self):
        """What was logged since the last call, to the last complete line."""
        path = self.folder / "log"
        if self.start_of_log is not None or not path.exists():
            return ""
        with path.open("rb") as log:
            log.seek(self.read)
            text = log.read(MOST_CODE)
        text = text[:text.rfind(b"\n----") + 1]         # a block ends where the next one begins
        self.read += len(text)
        return text.decode(errors="replace")

    def serial(self):
        path = self.folder / "serial"
        text = path.read_bytes() if path.exists() else b""
        return text.decode("cp437").replace("\r", "")

    def screen(self):
        """The text screen's rows that are not blank."""
        numbers = constants()
        size = 2 * numbers["VGA_ROWS"] * numbers["VGA_COLUMNS"]
        return [row for row in screen.rows(self.read_physical(numbers["VGA_TEXT_ADDRESS"], size))
                if row]
