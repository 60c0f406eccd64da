"""A PC in QEMU whose instructions are counted, for coverage.py and bench.py.

    with Guest(image, report="counts", mark=kernel_entry) as pc:
        pc.wait_for("\n> ")
        pc.type("help\n")
    counts = read_counts("counts")

The plugin (tools/bench/count.c) writes the report.  Only the standard library
is used.  The tests have their own machine with more features,
tests/boot/machine.py, which needs pytest.
"""

import bisect
import codecs
import json
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import qemu
from firstlight.headers import constants
from qemu import QEMU

ROOT = Path(__file__).resolve().parents[2]

LIMIT = 60          # seconds to wait for anything; the longest read here takes 3

# Where code that is not ours can be: (name, first address, end)
FIRMWARE_REGIONS = [
    ("SMM", 0xa0000, 0xc0000),
    ("VGA BIOS", 0xc0000, 0xc8000),
    ("option ROM", 0xc8000, 0xe0000),
    ("BIOS", 0xe0000, 0x100000),
    ("BIOS", 0xfffc0000, 0x100000000),
]


class Trouble(Exception):
    """The guest did not behave as expected."""


def fail(message):
    sys.exit(f"{Path(sys.argv[0]).name}: {message}")


def output_of(*command):
    """A program's output; ends this program with a message if it cannot be run or fails."""
    if not shutil.which(command[0]):
        fail(f"{command[0]} is not installed; `make setup run` installs it")
    result = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            errors="replace", check=False)
    if result.returncode:
        fail(f"{' '.join(command)}: {result.stderr.strip()}")
    return result.stdout


class Counts(NamedTuple):
    """How often the instruction at one address ran, in the run's three phases."""
    firmware: int
    loader: int
    kernel: int


def read_counts(path):
    """The plugin's report: {address: Counts}."""
    lines = (line.split() for line in Path(path).read_text().splitlines())
    return {int(address, 16): Counts(*map(int, counts)) for address, *counts in lines
            if address != "watched"}


def read_watched(path):
    """The report's reads and writes of the watched addresses."""
    return tuple(map(int, Path(path).read_text().splitlines()[-1].split()[1:]))


class Symbols:
    """Functions and assembly labels of the stages, by address."""

    def __init__(self, nm, build, stages=("stage1", "stage2", "kernel")):
        self.table = []     # (address, stage, name)
        for stage in stages:
            text = output_of(nm, str(build / f"{stage}.elf"))
            self.table += [(int(address, 16), stage, name) for address, name
                           in re.findall(r"^([0-9a-f]+) [tT] (\S+)$", text, re.M)]
        self.table.sort()

    def __getitem__(self, name):
        for address, _, found in self.table:
            if found == name:
                return address
        return fail(f"there is no function {name}")

    def function_at(self, address):
        """(stage, function); NASM's local labels and compilers' suffixes belong to their parent."""
        i = bisect.bisect_right(self.table, (address, "~")) - 1
        _, stage, name = self.table[max(i, 0)]
        return stage, name.split(".")[0]


def region_of(address, layout=constants()):
    """Whose code is at that address."""
    if layout["MBR_ADDRESS"] <= address < layout["MBR_ADDRESS"] + layout["SECTOR_SIZE"]:
        return "stage 1"
    if layout["STAGE2_HEADER"] <= address < layout["STAGE2_END"]:
        return "stage 2"
    if address >= layout["KERNEL_BASE"]:
        return "kernel"
    return next((name for name, first, end in FIRMWARE_REGIONS if first <= address < end), "other")


class Guest:
    """QEMU with one disk image.  Leaving the `with` block ends it and completes the report."""

    def __init__(self, image, *arguments, plugin=None, report=None, start=None, mark=None,
                 watch=None, machine="pc", cpu=None, memory="128M", drive="if=ide", serial=True):
        self.command = qemu.command(
            image if str(image).startswith("blkdebug:") else qemu.file_option(image), *arguments,
            machine=machine, memory=memory, cpu=cpu, drive=drive)
        if plugin:
            options = [f"report={qemu.file_option(report)}", *([f"start={start:#x}"] if start else []),
                       *([f"mark={mark:#x}"] if mark else []),
                       *(["watch={:#x}-{:#x}".format(*watch)] if watch else [])]
            self.command += ["-plugin", ",".join([qemu.file_option(plugin), *options])]
        self.has_serial = serial
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.text = ""              # everything received from COM1
        self.rest = b""             # the start of a QMP line that is incomplete so far

    def __enter__(self):
        if not shutil.which(QEMU):
            fail(f"{QEMU} is not installed; `make setup run` installs it")
        self.folder = tempfile.TemporaryDirectory(prefix="firstlight-")
        self.process, self.qmp, self.com1 = qemu.start(
            self.command, "qmp", "com1", serial=self.has_serial,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            self.qmp_command("qmp_capabilities")
        except Trouble:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        qemu.end(self.process)
        for stream in (self.qmp, self.com1, self.process.stdout):
            stream.close()
        self.folder.cleanup()

    def trouble(self, what):
        try:
            self.process.wait(1)        # its connections close a moment before it ends
        except subprocess.TimeoutExpired:
            return Trouble(f"no {what} in time; COM1 ends in {self.text[-80:]!r}")
        output = self.process.stdout.read().decode(errors="replace").strip()
        return Trouble(f"QEMU ended before {what}: {output}")

    def wait(self, condition, what, limit=LIMIT):
        """Waits until condition() is true and returns it; reads COM1 meanwhile."""
        end = time.monotonic() + limit
        while not (value := condition()):
            if time.monotonic() > end or self.process.poll() is not None:
                raise self.trouble(what)
            if select.select([self.com1], [], [], 0.01)[0]:
                data = self.com1.recv(65536)
                self.text += self.decoder.decode(data)
                if not data:
                    raise self.trouble(what)
        return value

    def wait_for(self, pattern, limit=LIMIT):
        """Waits for a regular expression on COM1, after what the last call found.

        Returns the text before; `found` is the text that matched.
        """
        match = self.wait(lambda: re.search(pattern, self.text), repr(pattern), limit)
        before, self.found, self.text = (self.text[:match.start()], match[0],
                                         self.text[match.end():])
        return before

    def wait_for_screen(self, text, limit=LIMIT):
        self.wait(lambda: text in self.screen(), f"{text!r} on the screen", limit)

    def wait_for_file(self, path, limit=LIMIT):
        self.wait(Path(path).exists, f"report {path}", limit)

    def wait_for_end(self, limit=LIMIT):
        """Waits until QEMU ends by itself, which ends its output, so that no polling is needed.

        COM1 is read meanwhile: if nothing read it, the guest's UART would stop after about 280 bytes.
        """
        end = time.monotonic() + limit
        ready = []
        while self.process.stdout not in ready:
            if self.com1 in ready:
                self.com1.recv(65536)
            ready = select.select([self.process.stdout, self.com1], [], [],
                                  max(0, end - time.monotonic()))[0]
            if not ready:
                raise self.trouble("end")

    def type(self, text):
        """Types on COM1."""
        self.com1.sendall(text.replace("\n", "\r").encode())

    def press(self, *keys):
        """Presses keys, named as QEMU names them, together: press("shift", "a")."""
        self.qmp_command("send-key", keys=[{"type": "qcode", "data": key} for key in keys],
                         **{"hold-time": 10})

    def memory(self, address, size):
        path = Path(self.folder.name, "memory")
        self.qmp_command("pmemsave", val=address, size=size, filename=str(path))
        return path.read_bytes()

    def screen(self):
        return self.memory(0xb8000, 4000)[::2].decode("cp437")

    def monitor(self, line):
        """Runs a command of QEMU's human monitor."""
        return self.qmp_command("human-monitor-command", **{"command-line": line})

    def qmp_command(self, command, **arguments):
        """Sends a QMP command and returns its answer; events in between are dropped."""
        try:
            self.qmp.sendall(json.dumps({"execute": command, "arguments": arguments,
                                         "id": "now"}).encode() + b"\n")
            while True:
                line, found, rest = self.rest.partition(b"\n")
                if not found:
                    self.qmp.settimeout(LIMIT)
                    data = self.qmp.recv(65536)
                    if not data:
                        raise self.trouble(f"answer to {command}")
                    self.rest += data
                    continue
                self.rest = rest
                reply = json.loads(line)
                if "error" in reply:
                    raise Trouble(f"{command}: {reply['error']['desc']}")
                if reply.get("id") == "now":
                    return reply["return"]
        except OSError:
            raise self.trouble(f"answer to {command}") from None
