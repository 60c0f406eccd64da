"""build.py - makes the images of this folder: build.py OUT [--mended] [NAME...]

15 broken and 15 sound images, made by somebody who had not read tools/why or the images of
the earlier sets.  The broken ones are the classic failures, each after a report of a real
person, whose address is in expected.json; each has one mistake, and --mended makes them
without it, which shows that it is the cause.  The sound ones are ordinary programs.

Uses nasm, $CC (gcc), ld, objcopy and Firstlight's own build/tools/firstlight-image, and
the steps of ../strangers4/build.py.  Where an instruction matters, the source is assembly.
"""

import importlib.util
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

_spec = importlib.util.spec_from_file_location(
    "strangers6_steps", os.path.join(HERE, "../strangers4/build.py"))
fourth = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fourth)
fourth.HERE = fourth.steps.HERE = HERE      # its steps take their sources from here

BOOT_CODE = 446                             # bytes of an MBR before its partition table


def sector(b, name):
    b.disk(name, b.nasm(name))


def in_c(b, name, **other):
    b.kernel(name, name + ".c", **other)


def in_assembly(b, name):
    b.firstlight(name, b.nasm(name))


def in_32_bits(b, name):
    kernel = b.kernel32(name)
    sectors = -(-os.path.getsize(kernel) // 512)
    b.disk(name, b.nasm("shared-boot32", f"-DSECTORS={sectors}"), kernel)


def broken_01(b, name):
    disk = fourth.steps.read(b.nasm(name))
    # dd ends the file after what it wrote, unless it is told not to
    fourth.steps.write(b.image(name), disk + bytes(1 << 20) if b.mended else disk[:BOOT_CODE])


def broken_04(b, name):
    b.disk(name, *(b.nasm(f"{name}-{part}") for part in ("stage1", "stage2", "kernel")))


def broken_05(b, name):
    b.disk(name, b.nasm(name), size=0)


def broken_08(b, name):
    in_c(b, name, options=[] if b.mended else ["--load", "0x200000"])


def sound_14(b, name):
    b.disk(name, b.nasm(name), bytes(3 * 512), b.nasm(name + "-vbr"))


BROKEN = {"01-notrunc": broken_01, "02-jump": sector, "03-drive": sector, "04-again": broken_04,
          "05-short": broken_05, "06-divide": sector, "07-handler": in_c, "08-load": broken_08,
          "09-array": in_c, "10-pde": in_32_bits, "11-selector": in_c, "12-masked": in_c,
          "13-tss": in_assembly, "14-base": in_c, "15-bottom": in_assembly}
SOUND = {"01-echo": sector, "02-uptime": sector, "03-restart": sector, "04-off": in_c,
         "05-hello": sector, "06-monitor": in_c, "07-poll": in_32_bits, "08-pmode": sector,
         "09-long": sector, "10-traps": in_c, "11-ring3": in_assembly, "12-packet": sector,
         "13-ticker": sector, "14-mbr": sound_14, "15-vectors": in_assembly}

# The commands are those of ../strangers4, with these recipes.
for _kind, _recipes in (("broken", BROKEN), ("sound", SOUND)):
    vars(fourth).update({f"{_kind}_{own[:2]}": recipe for own, recipe in _recipes.items()})
vars(fourth).update(__doc__=__doc__, BROKEN=BROKEN, SOUND=SOUND)
build = fourth.build

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    fourth.main()
