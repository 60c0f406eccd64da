"""build.py - makes the images of this folder: build.py OUT [--mended] [NAME...]

15 broken and 15 sound images, made by somebody who had not read tools/why or the earlier
sets.  The broken ones follow reports of real people, whose addresses are in expected.json;
each has one mistake, and --mended makes them without it, which shows that it is the cause.
The sound ones do unusual things that are right.

Uses nasm, $CC (gcc), ld, objcopy and Firstlight's own build/tools/firstlight-image, and
the steps of ../strangers4/build.py.  Where an instruction matters, the source is assembly.
"""

import importlib.util
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
FOURTH = os.path.join(HERE, "../strangers4")

_spec = importlib.util.spec_from_file_location("strangers5_steps", os.path.join(FOURTH, "build.py"))
fourth = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fourth)
fourth.HERE = fourth.steps.HERE = HERE      # its steps take their sources from here
read, write = fourth.steps.read, fourth.steps.write

PACKED, LAST_PACKED, PACK_KEY = 64, 508, 0x5a       # as in 02-packed.asm


class Builder(fourth.Builder):
    """Makes one image at a time; the steps in between are in OUT/obj."""

    def source(self, name):
        own = super().source(name)
        return own if os.path.exists(own) else os.path.join(FOURTH, "shared", name.removeprefix("shared-"))

    def nasm(self, name, *options):
        return super().nasm(name, "-I" + os.path.join(HERE, "shared") + "/", *options)

    def compile(self, source, bits=64, flags=()):
        return super().compile(source, bits, ["-I", os.path.join(FOURTH, "shared"), *flags])

    def loaded32(self, name):
        """A flat 32-bit kernel in C after its boot sector."""
        kernel = self.kernel32(name)
        self.disk(name, self.nasm(name + "-boot", f"-DSECTORS={-(-os.path.getsize(kernel) // 512)}"), kernel)

    def with_stubs(self, name, stubs="-stubs.S", **other):
        """A kernel in C and assembly that start.S calls."""
        self.kernel(name, fourth.START, name + ".c", name + stubs, **other)


def broken_01(b, name):
    b.disk(name, b.nasm(name), bytes(62 * 512), b.nasm(name + "-vbr"), size=1 << 20)


def broken_02(b, name):
    b.disk(name, b.nasm(name, "-w-number-overflow"))


def broken_03(b, name):
    b.with_stubs(name, "-gcc.S")


def broken_04(b, name):
    b.with_stubs(name)


def broken_05(b, name):
    b.disk(name, b.nasm(name))


def broken_06(b, name):
    kernel = b.flat(b.link(name, b.source("06-gran.ld"), [b.compile(name + ".c", 32)], 32))
    b.disk(name, b.nasm(name + "-boot"), kernel, size=1 << 20)


def broken_07(b, name):
    b.loaded32(name)


def broken_08(b, name):
    b.loaded32(name)


def broken_09(b, name):
    b.high(name)


def broken_10(b, name):
    b.with_stubs(name, "-string.S")


def broken_11(b, name):
    b.with_stubs(name, "-entry.S", elf=False)


def broken_12(b, name):
    b.with_stubs(name)


def broken_13(b, name):
    b.kernel(name, "13-clear-start.S", "13-clear.c", script=b.source("13-clear.ld"))


def broken_14(b, name):
    b.with_stubs(name, elf=False)


def broken_15(b, name):
    b.simple(name)


def sound_01(b, name):
    b.disk(name, b.nasm(name), size=512)


def sound_02(b, name):
    sector = bytearray(read(b.nasm(name)))
    for i in range(PACKED, LAST_PACKED):
        sector[i] ^= PACK_KEY
    write(b.image(name), sector)


def sound_03(b, name):
    b.disk(name, b.nasm(name))


def sound_04(b, name):
    b.with_stubs(name)


def sound_05(b, name):
    b.with_stubs(name)


def sound_06(b, name):
    b.disk(name, b.nasm(name), size=512)


def sound_07(b, name):
    b.simple(name)


def sound_08(b, name):
    b.with_stubs(name)


def sound_09(b, name):
    b.with_stubs(name, elf=False)


def sound_10(b, name):
    b.with_stubs(name)


def sound_11(b, name):
    b.disk(name, b.nasm(name))


def sound_12(b, name):
    b.disk(name, b.nasm(name))


def sound_13(b, name):
    b.simple(name)


def sound_14(b, name):
    b.disk(name, b.nasm(name), size=512)


def sound_15(b, name):
    b.firstlight(name, b.nasm(name))


BROKEN = ["01-packet", "02-b8000", "03-sleep", "04-user", "05-a20", "06-gran", "07-picture", "08-entry", "09-high",
          "10-copy", "11-syscall", "12-rtc", "13-clear", "14-breakpoint", "15-ata"]
SOUND = ["01-planes", "02-packed", "03-v86", "04-calls", "05-lazy", "06-tune", "07-poll", "08-apic", "09-demand",
         "10-driver", "11-menu", "12-gate", "13-reboot", "14-visit", "15-threaded"]

# The commands are those of ../strangers4, with these recipes.
fourth.__doc__ = __doc__
vars(fourth).update({name: value for name, value in globals().items()
                     if re.fullmatch(r"(broken|sound)_\d\d|Builder|BROKEN|SOUND", name)})
build = fourth.build

if __name__ == "__main__":
    if len(fourth.sys.argv) < 2:
        fourth.sys.exit(__doc__)
    fourth.main()
