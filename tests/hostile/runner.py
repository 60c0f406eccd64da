"""One boot on a hostile BIOS, and how it ended.

A boot ends at the kernel's prompt, with an error's message, or it does not end: a reset
and silence are never an end.  What COM1 says decides; the machine is ended at once then.
"""

import os
import re
import select
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import qemu
from bochs import Bochs
from machine import PROMPT
from outcome import LOADER_END, MENU, STAGE1_END

LIMIT = 300                 # seconds; a boot takes 0.3 on an idle machine
CPU_LIMIT = 20              # seconds of CPU time; the longest boots take 2
IDLE_SECONDS, IDLE_USE = 15, 0.2        # a guest that uses so little CPU time is halted
SHIM = ("-device", "virtio-blk-pci,drive=shim,bootindex=0")


@dataclass
class Outcome:
    """`end` is "boots", an error's name such as "E41" or "MBR R", "reset" or "hang"."""
    end: str
    text: str
    seconds: float


def end_of(text):
    """How the boot that said `text` ended, or None."""
    if PROMPT in text:
        return "boots"
    if MENU in text or LOADER_END in text:
        return (re.findall(r"error (E\d+): ", text) or ["an error without a number"])[-1]
    if re.search(STAGE1_END, text):
        return "MBR " + re.findall(r"MBR error (.)", text)[-1]
    return None


def _cpu_seconds(process):
    """What a process has used: on a busy machine the fair measure of its patience."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Patience:
    """Runs out after LIMIT seconds, or `cpu_limit` of CPU time, or if the guest has halted."""

    def __init__(self, process, cpu_limit):
        self.process, self.cpu_limit = process, cpu_limit
        self.end = time.monotonic() + LIMIT
        self.looked, self.used = time.monotonic(), 0.0

    def is_over(self):
        now, used = time.monotonic(), _cpu_seconds(self.process)
        if now > self.end or used > self.cpu_limit:
            return True
        if now < self.looked + IDLE_SECONDS:
            return False
        is_idle = used - self.used < IDLE_USE
        self.looked, self.used = now, used
        return is_idle


def _watch(process, com1, cpu_limit, end_of):
    text, patience = "", _Patience(process, cpu_limit)
    while not patience.is_over():
        if not select.select([com1], [], [], 1)[0]:
            continue
        data = com1.recv(65536)
        if not data:
            return "reset", text        # QEMU ended by itself: -no-reboot
        text += data.decode("cp437")
        if end := end_of(text):
            return end, text
    return "hang", text


def boot(image, medium, *arguments, drive="if=ide", cpu_limit=CPU_LIMIT, end_of=end_of,
         **options):
    """Boots `image` after the shim, whose medium has the bytes `medium`: the BIOS's drive 80h.

    It is not a floppy, because on a busy machine SeaBIOS runs out of patience with one, and then
    boots the image without the shim.
    """
    with tempfile.NamedTemporaryFile(prefix="firstlight-") as file:
        file.write(medium)
        file.flush()
        command = qemu.command(
            image, "-no-reboot", *SHIM, "-drive",
            f"file={file.name},format=raw,snapshot=on,if=none,id=shim", *arguments, drive=drive,
            **options)
        started = time.monotonic()
        process, com1 = qemu.start(command, "com1", stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            end, text = _watch(process, com1, cpu_limit, end_of)
        finally:
            process.kill()
            process.wait()
            com1.close()
    return Outcome(end, text, time.monotonic() - started)


def boot_in_bochs(image, medium, limit=LIMIT):
    """The same in Bochs, with its own BIOS."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="firstlight-") as name:
        folder = Path(name)
        (folder / "shim.img").write_bytes(medium)
        with Bochs(image, folder, floppy="shim.img", memory=128) as pc, pc.changed:
            pc.changed.wait_for(lambda: end_of(pc.serial) or not pc.running, limit)
            end = end_of(pc.serial) or ("hang" if pc.running else "reset")
            return Outcome(end, pc.serial, time.monotonic() - started)
