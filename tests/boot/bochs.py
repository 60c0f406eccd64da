"""A PC in Bochs: stricter than QEMU about segment limits, paging and the UART.

No loudspeaker: without a sound card Debian's Bochs 2.7 aborts in its mixer.
Bochs has no remote control.  COM1 goes to a file, which is read until the
text is there; then Bochs is ended by its own process id.
"""

import subprocess
import time

import pytest

from machine import LIMIT, require

CONFIGURATION = """\
plugin_ctrl: unmapped=true, biosdev=true, speaker=false, extfpuirq=true, parallel=true, serial=true, gameport=false, e1000=false
config_interface: textconfig
display_library: rfb, options="timeout=0"
romimage: file={bios}, options=fastboot
vgaromimage: file={vga_bios}
cpu: model={cpu}, count=1, ips=50000000, reset_on_triple_fault=0, ignore_bad_msrs=1
memory: guest=32, host=32
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=disk, path=disk.img, mode=volatile
boot: disk
clock: sync=none, time0=local
com1: enabled=1, mode=file, dev=com1
log: log
panic: action=fatal
error: action=report
info: action=report
debug: action=ignore
mouse: enabled=0
"""

OWN_BIOS = ("/usr/share/bochs/BIOS-bochs-latest", "/usr/share/vgabios/vgabios.stdvga.bin")
SEABIOS = ("/usr/share/seabios/bios-256k.bin", "/usr/share/seabios/vgabios-stdvga.bin")


class Bochs:
    def __init__(self, image, folder, cpu="core2_penryn_t9600", roms=OWN_BIOS):
        require("bochs")
        self.folder = folder
        (folder / "disk.img").write_bytes(image.read_bytes())   # Bochs puts a lock file beside it
        (folder / "bochsrc").write_text(CONFIGURATION.format(
            cpu=cpu, bios=roms[0], vga_bios=roms[1]))
        (folder / "commands").write_text("c\n")                 # Debian's Bochs starts in its debugger
        (folder / "com1").touch()

    def __enter__(self):
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "bochs", "-q", "-f", "bochsrc", "-rc", "commands"],
            cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=(self.folder / "output").open("wb"), stderr=subprocess.STDOUT)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    @property
    def serial(self):
        return (self.folder / "com1").read_bytes().decode("cp437")

    def wait_for_text(self, text):
        deadline = time.monotonic() + LIMIT
        while text not in self.serial:
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                log = (self.folder / "log").read_text(errors="replace")
                pytest.fail(f"no {text!r} on COM1 of Bochs\n--- COM1\n{self.serial}\n"
                            f"--- end of Bochs' log\n{log[-3000:]}", pytrace=False)
            time.sleep(0.02)
