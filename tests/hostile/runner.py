"""One boot on a hostile BIOS, and how it ended.

A boot ends at the kernel's prompt, with an error's message, or it does not end: a reset
and silence do not count as an end.  COM1's text decides, and then the machine is ended at once.
"""

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
from patience import cpu_seconds, wants_processor

LIMIT = 300                 # seconds; a boot takes 0.3 on an idle machine
CPU_LIMIT = 20              # seconds of CPU time; the longest boots take 2
HALTED_LOOKS = 6            # one a second: a guest that needs no processor for this long is halted
SHIM = ("-device", "virtio-blk-pci,drive=shim,bootindex=0")


@dataclass
class Outcome:
    """`end` is "boots", an error's name such as "E41" or "MBR R", "reset" or "hang"."""
    end: str
    text: str
    seconds: float


def end_of(text):
    """How the boot that printed `text` ended, or None."""
    if PROMPT in text:
        return "boots"
    if MENU in text or LOADER_END in text:
        return (re.findall(r"error (E\d+): ", text) or ["an error without a number"])[-1]
    if re.search(STAGE1_END, text):
        return "MBR " + re.findall(r"MBR error (.)", text)[-1]
    return None


def _watch(process, com1, cpu_limit, end_of):
    """Until the boot has ended, LIMIT or `cpu_limit` seconds are over, or the guest is halted."""
    text, halted_looks, limit = "", 0, time.monotonic() + LIMIT
    while time.monotonic() < limit and cpu_seconds(process) < cpu_limit:
        if not select.select([com1], [], [], 1)[0]:
            halted_looks = 0 if wants_processor(process) else halted_looks + 1
            if halted_looks == HALTED_LOOKS:
                break
            continue
        halted_looks = 0
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

    It is not a floppy, because on a busy machine SeaBIOS's reads of one time out, and then SeaBIOS
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
            if end := end_of(pc.serial):
                return Outcome(end, pc.serial, time.monotonic() - started)
            end = "hang" if pc.running else "reset"
            return Outcome(end, pc.report(), time.monotonic() - started)
