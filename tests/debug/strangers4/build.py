"""build.py - makes the images of this folder: build.py OUT [--mended] [NAME...]

The 15 of broken/ each have one mistake; --mended makes them without it, which
shows that it is the cause.  Uses nasm, gcc, ld, objcopy and Firstlight's own
build/tools/firstlight-image, and the steps of ../strangers3/build.py.
"""

import importlib.util
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

_spec = importlib.util.spec_from_file_location("strangers3_build", os.path.join(HERE, "../strangers3/build.py"))
steps = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(steps)
steps.HERE = HERE                   # its steps take their sources from there

START = "shared-start.S"


class Builder(steps.Builder):
    """Makes one image at a time; the steps in between are in OUT/obj."""

    def kernel(self, name, *sources, script=steps.EXAMPLE, options=(), flags=(), elf=True):
        """A kernel on Firstlight from these sources, in this order, its ELF file beside the image."""
        objects = [self.compile(source, flags=flags) for source in sources]
        linked = self.link(name, script, objects)
        self.firstlight(name, self.flat(linked), *options)
        if elf:
            shutil.copyfile(linked, os.path.join(self.out, name + ".elf"))

    def simple(self, name, **other):
        """Such a kernel in one C file, which start.S calls."""
        self.kernel(name, START, name + ".c", **other)

    def kernel32(self, name):
        """A flat 32-bit kernel in C for a boot sector of its own."""
        return self.flat(self.link(name, self.source("shared-flat32.ld"), [self.compile(name + ".c", 32)], 32))


def broken_01(b, name):
    parts = [b.nasm("01-order-kernel"), b.nasm("01-order-boot")]
    b.disk(name, *(reversed(parts) if b.mended else parts), size=1024)


def broken_02(b, name):
    if b.mended:
        return b.disk(name, b.sector("02-oformat.S"), size=512)
    steps.run("ld", "-m", "elf_i386", "-nostdlib", "--build-id=none", "-Ttext", "0x7c00", "-o", b.image(name),
              b.compile("02-oformat.S", 32))


def broken_03(b, name):
    sources = ["03-first-screen.c", "03-first.c", "03-first-start.S"]
    b.kernel(name, *(reversed(sources) if b.mended else sources))


def broken_04(b, name):
    b.disk(name, b.nasm("04-fell-boot"), b.kernel32(name))


def broken_05(b, name):
    b.kernel(name, START, name + ".c", script=b.source("05-linked.ld"),
             options=["--load", "0x200000"] if b.mended else [])


def broken_06(b, name):
    b.disk(name, b.nasm(name), size=512)


def broken_07(b, name):
    b.simple(name)


def broken_08(b, name):
    b.simple(name)


def broken_09(b, name):
    b.simple(name)


def broken_10(b, name):
    b.simple(name)


def broken_11(b, name):
    b.simple(name, elf=False)


def broken_12(b, name):
    b.simple(name)


def broken_13(b, name):
    b.disk(name, b.nasm(name), b.nasm("13-overlap-kernel"), size=1 << 20)


def broken_14(b, name):
    b.disk(name, b.nasm(name))


def broken_15(b, name):
    b.disk(name, b.sector("15-code32.S"), size=512)


def sound_01(b, name):
    b.disk(name, b.nasm(name), size=512)


def sound_02(b, name):
    b.simple(name, elf=False)


def sound_03(b, name):
    b.disk(name, b.nasm(name), size=512)


def sound_04(b, name):
    b.simple(name)


def sound_05(b, name):
    b.simple(name)


def sound_06(b, name):
    b.disk(name, b.sector("06-stack.S"), size=512)


def sound_07(b, name):
    b.disk(name, b.nasm(name), size=64 << 10)


def sound_08(b, name):
    b.simple(name)


def sound_09(b, name):
    b.simple(name)


def sound_10(b, name):
    b.disk(name, b.nasm(name), size=512)


def sound_11(b, name):
    b.simple(name)


def sound_12(b, name):
    b.disk(name, b.nasm(name))


def sound_13(b, name):
    b.disk(name, b.sector("13-long.S"), size=512)


def sound_14(b, name):
    b.kernel(name, "14-selfmove-start.S", "14-selfmove.c", script=b.source("14-selfmove.ld"))


def sound_15(b, name):
    b.disk(name, b.nasm(name), size=512)


BROKEN = ["01-order", "02-oformat", "03-first", "04-fell", "05-linked", "06-eoi", "07-selector", "08-ret", "09-tss",
          "10-ring3", "11-array", "12-heap", "13-overlap", "14-sector", "15-code32"]
SOUND = ["01-keypoll", "02-uart", "03-tick", "04-kbdreset", "05-poweroff", "06-stack", "07-chain", "08-smallidt",
         "09-ring3", "10-dollar", "11-lowfill", "12-fat12", "13-long", "14-selfmove", "15-mode13"]


def build(out, name, mended=False):
    """Makes OUT/KIND/name.img of `KIND/name`."""
    kind, own = name.split("/")
    builder = Builder(os.path.join(out, "mended" if mended else kind), kind, mended)
    globals()[f"{kind}_{own[:2]}"](builder, own)
    return True


def main():
    words = [word for word in sys.argv[1:] if word != "--mended"]
    mended = "--mended" in sys.argv
    names = words[1:] or ["broken/" + n for n in BROKEN] + ([] if mended else ["sound/" + n for n in SOUND])
    for name in names:
        build(words[0], name, mended)
        print(name)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
