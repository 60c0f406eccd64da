"""A PC in Bochs: stricter than QEMU about segment limits, paging and the UART.

No loudspeaker: without a sound card Debian's Bochs 2.7 aborts in its mixer.
Bochs cannot be remote-controlled.  COM1 is a pseudo-terminal: one thread reads what
the guest says, and a test can type.  Bochs is ended by its own process id.
"""

import os
import pty
import subprocess
import threading
import tty

import pytest

import patience
from machine import LIMIT, require

CONFIGURATION = """\
plugin_ctrl: unmapped=true, biosdev=true, speaker=false, extfpuirq=true, parallel=true, serial=true, gameport=false, e1000=false
config_interface: textconfig
display_library: rfb, options="timeout=0"
romimage: file={bios}, options=fastboot
vgaromimage: file={vga_bios}
cpu: model={cpu}, count=1, ips=50000000, reset_on_triple_fault=0, ignore_bad_msrs=1
memory: guest={memory}, host={memory}
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=disk, path=disk.img, mode=volatile
{floppy}
boot: {boot}
clock: sync=none, time0=local
com1: enabled=1, mode=term, dev={com1}
log: log
panic: action=fatal
error: action=report
info: action=report
debug: action=ignore
mouse: enabled=0
"""

OWN_BIOS = ("/usr/share/bochs/BIOS-bochs-latest", "/usr/share/vgabios/vgabios.stdvga.bin")
SEABIOS = ("/usr/share/seabios/bios-256k.bin", "/usr/share/seabios/vgabios-stdvga.bin")


TRIPLE_FAULT = "exception with no resolution"       # what Bochs's log calls one


class Bochs:
    resets = 0      # a triple fault ends it: reset_on_triple_fault=0

    def __init__(self, image, folder, cpu="core2_penryn_t9600", roms=OWN_BIOS, floppy=None,
                 memory=32):
        """Boots the floppy `floppy`, a file in `folder`, if there is one."""
        require("bochs")
        self.folder = folder
        self.serial = ""        # everything received on COM1
        self.running = True
        self.ending = False
        self.changed = threading.Condition()
        self.com1, self.com1_end = pty.openpty()
        tty.setraw(self.com1_end)
        (folder / "disk.img").write_bytes(image.read_bytes())   # Bochs puts a lock file beside it
        (folder / "bochsrc").write_text(CONFIGURATION.format(
            floppy=f"floppya: 1_44={floppy}, status=inserted" if floppy else "",
            boot="floppy" if floppy else "disk", memory=memory, cpu=cpu, bios=roms[0],
            vga_bios=roms[1], com1=os.ttyname(self.com1_end)))
        (folder / "commands").write_text("c\n")         # Debian's Bochs starts in its own debugger

    def __enter__(self):
        self.process = self._start()
        self.threads = [threading.Thread(target=reader, daemon=True)
                        for reader in (self._read_serial, self._watch)]
        for thread in self.threads:
            thread.start()
        return self

    def _start(self):
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "bochs", "-q", "-f", "bochsrc", "-rc", "commands"],
            cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=(self.folder / "output").open("wb"), stderr=subprocess.STDOUT)

    def __exit__(self, *_):
        with self.changed:
            self.ending = True
            self.process.kill()
        self.process.wait()
        os.close(self.com1_end)                 # the last user of that side: the reader ends
        for thread in self.threads:
            thread.join()
        os.close(self.com1)

    def _read_serial(self):
        while data := self._receive():
            with self.changed:
                self.serial += data.decode("cp437")
                self.changed.notify_all()

    def _receive(self):
        try:
            return os.read(self.com1, 65536)
        except OSError:
            return b""

    def _failed_itself(self):
        """Whether Bochs has ended before the guest said anything, and not by a triple fault.

        Seen once in some thousand boots, on a busy machine: nothing that the guest can have done.
        It is started a second time, but not a third.
        """
        return not self.ending and not self.serial and TRIPLE_FAULT not in self.log()

    def _watch(self):
        self.process.wait()
        with self.changed:
            if self._failed_itself():
                self.process = self._start()
        self.process.wait()
        with self.changed:
            self.running = False
            self.changed.notify_all()

    def wait_for(self, condition, what, limit=LIMIT):
        """Waits until condition() holds; fails if Bochs ends or time runs out first."""
        with self.changed:
            patience.wait(self.changed, lambda: condition() or not self.running, self.process,
                          limit)
        if not condition():
            pytest.fail(f"no {what} within {limit} s, or before Bochs ended\n{self.report()}",
                        pytrace=False)

    def wait_for_text(self, text, after=0):
        """Waits for text on COM1 after position `after`; returns where it ends."""
        self.wait_for(lambda: text in self.serial[after:], f"{text!r} on COM1")
        return self.serial.index(text, after) + len(text)

    def log(self):
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def report(self):
        """What a person wants to see when a test has failed."""
        return f"--- COM1\n{self.serial}\n--- end of Bochs' log\n{self.log()[-3000:]}"

    def type_serial(self, text):
        os.write(self.com1, text.replace("\n", "\r").encode())
