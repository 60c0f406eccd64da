"""A PC in QEMU that a test can watch and talk to.

    with Machine("build/disk.img") as pc:
        pc.wait_for_prompt()
        pc.type_serial("help\n")

tools/shared/qemu.py starts it.  A thread for each connection, QMP and COM1, reads what arrives;
every wait is for a condition and has a time limit.
"""

import codecs
import itertools
import json
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

import patience
from project import LAYOUT, SCREENSHOTS
import qemu
from screen import COLUMNS, ROWS, Screen, serial_rows

PROMPT = "\n> "
LIMIT = 120 # seconds for anything to happen; a boot takes 0.3 on an idle machine

# Characters and QEMU's names for their keys on a US keyboard.
KEYS = {"\n": "ret", "\b": "backspace", " ": "spc", "-": "minus", ".": "dot", "/": "slash"}


def require(program):
    """Fails the test, with what to do, if a program is not installed."""
    if not shutil.which(program):
        pytest.fail(f"{program} is not installed; `make setup` installs it", pytrace=False)


class Machine:
    def __init__(self, image, *arguments, machine="pc", memory="128M", cpu=None,
                 serial=True, drive="if=ide", blkdebug=None):
        require(qemu.QEMU)
        file = f"blkdebug:{blkdebug}:{image}" if blkdebug else image    # reads that fail
        self.command = qemu.command(file, *arguments, machine=machine, memory=memory, cpu=cpu,
                                    drive=drive)
        self.has_serial = serial
        self.serial = ""        # everything received on COM1
        self.events = []        # QMP events, as they came
        self.running = False
        self.replies = {}
        self.numbers = itertools.count()
        self.changed = threading.Condition()

    # -- life ---------------------------------------------------------------

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="firstlight-")
        self.process, self.qmp, self.com1 = qemu.start(
            self.command, "qmp", "com1", serial=self.has_serial,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.running = True
        self.threads = [threading.Thread(target=reader, daemon=True)
                        for reader in (self._read_qmp, self._read_serial)]
        for thread in self.threads:
            thread.start()
        self.qmp_command("qmp_capabilities")
        return self

    def __exit__(self, *_):
        qemu.end(self.process)
        for thread in self.threads:
            thread.join()
        for stream in (self.qmp, self.com1, self.process.stdout):
            stream.close()
        self.folder.cleanup()

    def _read_serial(self):
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while data := _receive(self.com1):
            with self.changed:
                self.serial += decoder.decode(data)
                self.changed.notify_all()

    def _read_qmp(self):
        rest = b""
        while data := _receive(self.qmp):
            *lines, rest = (rest + data).split(b"\n")
            with self.changed:
                for message in map(json.loads, lines):
                    if "event" in message:
                        self.events.append(message)
                    elif "id" in message:
                        self.replies[message["id"]] = message
                self.changed.notify_all()
        with self.changed:
            self.running = False
            self.changed.notify_all()

    # -- waiting ------------------------------------------------------------

    def wait_for(self, condition, what, limit=LIMIT):
        """Waits until condition() holds; fails if QEMU ends or time runs out first."""
        with self.changed:
            patience.wait(self.changed, lambda: condition() or not self.running, self.process,
                          limit)
            if condition():
                return
        if self.running:
            pytest.fail(f"no {what} within {limit} s")
        self.threads[1].join(limit)         # QEMU has ended: its last output may still be on its way
        if condition():
            return
        output = self.process.stdout.read().decode()
        pytest.fail(f"QEMU ended before {what}: {output}")

    def wait_for_text(self, text, after=0):
        """Waits for text on COM1 after position `after`; returns where it ends."""
        self.wait_for(lambda: text in self.serial[after:], f"{text!r} on COM1")
        return self.serial.index(text, after) + len(text)

    def wait_for_prompt(self, after=0):
        return self.wait_for_text(PROMPT, after)

    def wait_for_screen(self, condition, what, limit=LIMIT):
        """Waits for a screen that satisfies condition(screen); returns it."""
        found = []

        def look():
            screen = self.screen()
            if condition(screen):
                found.append(screen)
            return bool(found)

        for _ in range(int(limit / 0.02)):      # the screen sends no events, so poll it
            if look():
                return found[0]
            with self.changed:
                if self.changed.wait_for(lambda: not self.running, 0.02):
                    break
        pytest.fail(f"no {what} on the screen within {limit} s")

    def wait_for_screen_text(self, text):
        return self.wait_for_screen(lambda screen: text in screen.text, repr(text))

    # -- what the guest shows -----------------------------------------------

    @property
    def resets(self):
        """How often the machine has been reset since it was switched on."""
        return sum(event["event"] == "RESET" for event in self.events)

    def memory(self, address, size):
        """The guest's physical memory."""
        path = Path(self.folder.name, "memory")
        self.qmp_command("pmemsave", val=address, size=size, filename=str(path))
        return path.read_bytes()

    def screen(self):
        """The text screen as it stands in the guest's memory."""
        return Screen(self.memory(LAYOUT["VGA_TEXT_ADDRESS"], 2 * ROWS * COLUMNS))

    def wait_for_screen_like_serial(self):
        """The last lines of COM1 are the screen's rows of text (which may lag a moment behind)."""
        def alike(screen):
            return screen.rows == serial_rows(self.serial, len(screen.rows))

        self.wait_for_screen(alike, "rows that equal the last lines of COM1")

    def screenshot(self, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.qmp_command("screendump", filename=str(path), format="png")
        return path

    def report(self):
        """What helps a person when a test has failed."""
        parts = [f"$ {' '.join(self.command)}", f"resets: {self.resets}", "--- COM1", self.serial]
        try:
            parts += ["--- screen", self.screen().text]
        except (OSError, pytest.fail.Exception):
            parts += ["--- QEMU has ended"]
        return "\n".join(parts)

    # -- input for the guest ------------------------------------------------

    def qmp_command(self, command, **arguments):
        number = next(self.numbers)
        message = {"execute": command, "arguments": arguments, "id": number}
        try:
            self.qmp.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            pass                                # wait_for() says why
        self.wait_for(lambda: number in self.replies, f"answer to {command}")
        reply = self.replies.pop(number)
        assert "error" not in reply, f"{command}: {reply['error']['desc']}"
        return reply["return"]

    def type_serial(self, text):
        self.com1.sendall(text.replace("\n", "\r").encode())

    def press(self, *keys):
        """Presses keys together and releases them, named as QEMU names them."""
        self.qmp_command("send-key", keys=[{"type": "qcode", "data": key} for key in keys],
                         **{"hold-time": 10})

    def type_keys(self, text):
        """Types on the keyboard, each key after the one before has been echoed, so none is lost."""
        for character in text:
            before = len(self.serial)
            self.press(KEYS.get(character, character))
            self.wait_for(lambda: len(self.serial) > before, f"echo of {character!r}")


def _receive(connection):
    try:
        return connection.recv(65536)
    except OSError:
        return b""
