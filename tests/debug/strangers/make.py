#!/usr/bin/env python3
"""make.py OUTDIR [NAME...] - builds the images of expected.json, OUTDIR/NAME.img.

The kernel that is in an image, if ld linked it, is OUTDIR/NAME.elf.  Needs the project's tools, and
grub-pc-bin, grub-common, syslinux, mtools and fdisk of Debian.

In expected.json each image has
  build   a line of shell, run in the case's folder, with the functions and variables below
  sound   true: it must not be accused of anything
  cause   if it is broken, a regular expression for the first sentence of a right diagnosis
  mend    how to repair it; with this change alone, each of them worked
  seen    what boot.py showed with QEMU 7.2 (-accel tcg -m 128); the addresses are those of GCC 12.2
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
TOOL = PROJECT / "build/tools/firstlight-image"
SHARED = HERE / "shared"

FUNCTIONS = '''
set -eu
PATH=$PATH:/usr/sbin:/sbin
rm -f "$OUT"
sector() { nasm -f bin -o "$OUT" "$1"; }       # sector boot.asm: a plain disk
flat() { nasm -f bin -o "$BIN" "$1"; }         # flat kernel.asm: a kernel, without a linker
c() {                                          # c kernel.c [OPTION...]: a kernel by GCC and ld
    gcc -O2 -Wall -Wextra -ffreestanding -fno-stack-protector -fcf-protection=none \
        -mno-red-zone -nostdlib -I"$SHARED" -I"$PROJECT/include" \
        -Wl,--build-id=none,--no-warn-rwx-segments -T "$SHARED/kernel.ld" -o "$ELF" "$@"
    objcopy -O binary "$ELF" "$BIN"
}
image() { "$TOOL" make --kernel "$BIN" --out "$OUT" "$@" > "$WORK/image.log"; }
'''
# as docs/example/Makefile has them; a case that leaves them out has a reason
USUAL = "-m64 -fno-pic -no-pie -mgeneral-regs-only"


def build(name, case, out):
    folder = HERE / ("sound" if case.get("sound") else "broken") / name
    with tempfile.TemporaryDirectory() as work:
        variables = {"OUT": out / f"{name}.img", "ELF": out / f"{name}.elf", "WORK": work,
                     "BIN": f"{work}/kernel.bin", "TOOL": TOOL, "SHARED": SHARED,
                     "PROJECT": PROJECT, "USUAL": USUAL}
        subprocess.run(["sh", "-c", FUNCTIONS + case["build"]], cwd=folder, check=True,
                       env=os.environ | {key: str(value) for key, value in variables.items()})


def main(out, *names):
    cases = json.loads((HERE / "expected.json").read_text())
    out = Path(out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    if not TOOL.exists():
        subprocess.run(["make", "-s", "-C", PROJECT, TOOL.relative_to(PROJECT)], check=True)
    for name in names or cases:
        build(name, cases[name], out)
        print(out / f"{name}.img")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
