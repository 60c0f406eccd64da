"""build.py - makes the images of this folder: build.py OUT [--mended] [NAME...]

The 15 of broken/ each have one mistake; --mended makes them without it, which
shows that it is the cause.  Uses nasm, gcc, ld, objcopy and Firstlight's own
build/tools/firstlight-image, and the steps of ../strangers2/build.py;
broken/02 also needs mtools and mkfs.fat, sound/13 GRUB's tools, and each is
left out if these are absent.
"""

import importlib.util
import os
import shutil
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(HERE, "../../../docs/example/kernel.ld")
CONTRACT = os.path.join(HERE, "../../../include")

_spec = importlib.util.spec_from_file_location("strangers2_build", os.path.join(HERE, "../strangers2/build.py"))
steps = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(steps)
run, read, write = steps.run, steps.read, steps.write


class Builder(steps.Builder):
    """Makes one image at a time; the steps in between are in OUT/obj."""

    def source(self, name):
        return os.path.join(HERE, "shared" if name.startswith("shared-") else self.kind,
                            name.removeprefix("shared-"))

    def compile(self, source, bits=64, flags=()):
        """The object file of a source for gcc: C, or GNU as with its preprocessor."""
        made = self.object(f"{self.kind}-{source}.o")
        usual = [flag for flag in steps.FLAGS if flag != "-mgeneral-regs-only" or "-msse2" not in flags]
        run(*steps.CC, f"-m{bits}", *usual, *self.define, "-I", os.path.join(HERE, "shared"), "-I", CONTRACT, *flags,
            "-c", self.source(source), "-o", made)
        return made

    def link(self, name, script, objects, bits=64, options=()):
        made = self.object(f"{self.kind}-{name}.linked")
        run("ld", "-m", "elf_x86_64" if bits == 64 else "elf_i386", "-nostdlib", "--build-id=none",
            "--no-warn-rwx-segments", "-z", "noexecstack", "-z", "max-page-size=4096", *options,
            "-T", script, "-o", made, *objects)
        return made

    def sector(self, source):
        """A boot sector by GNU as, flat at 7C00h."""
        made = self.object(f"{self.kind}-{source}.bin")
        run("ld", "-m", "elf_i386", "-nostdlib", "--build-id=none", "-Ttext", "0x7c00", "--oformat", "binary",
            "-o", made, self.compile(source, 32))
        return made

    def new(self, name, *sources, flags=(), elf=True):
        """A kernel in C as `make new` builds it, its ELF file beside the image."""
        objects = [self.compile(source, flags=flags) for source in sources or [name + ".c"]]
        linked = self.link(name, EXAMPLE, objects)
        self.firstlight(name, self.flat(linked))
        if elf:
            shutil.copyfile(linked, os.path.join(self.out, name + ".elf"))

    def high(self, name):
        """A kernel in the upper half, its ELF file given to `make image`."""
        objects = [self.compile(name + ".c", flags=["-mcmodel=kernel"])]
        self.firstlight(name, self.link(name, self.source(name + ".ld"), objects))


def broken_01(b, name):
    shutil.copyfile(b.sector("01-signature.S"), b.image(name))


def broken_02(b, name):
    if b.mended:
        return b.new(name, "02-stick.c", elf=False)
    program, linked = b.object("BOOTX64.EFI"), b.object("02-stick.so")
    run("ld", "-m", "elf_x86_64", "-shared", "-Bsymbolic", "-nostdlib", "-e", "efi_main", "-o", linked,
        b.compile("02-stick.c", flags=["-fpic", "-fshort-wchar"]))
    run("objcopy", "-j", ".text", "-j", ".rodata", "-j", ".data", "-j", ".dynamic", "-j", ".dynsym", "-j", ".rela",
        "-O", "efi-app-x86_64", "--subsystem=10", linked, program)
    fixed = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "MTOOLS_SKIP_CHECK": "1", "TZ": "UTC"}
    image = b.image(name)
    write(image, bytes(8 << 20))
    run("mkfs.fat", "-F", "16", "-s", "1", "-n", "MYOS", "-i", "87654321", "--invariant", image, env=fixed)
    run("mmd", "-i", image, "::EFI", "::EFI/BOOT", env=fixed)
    run("mcopy", "-i", image, program, "::EFI/BOOT/BOOTX64.EFI", env=fixed)


def broken_03(b, name):
    b.disk(name, b.nasm("03-twice"), size=0)


def broken_04(b, name):
    start = b.object("04-header-start.o")
    run("nasm", "-f", "elf64", "-o", start, b.source("04-header.asm"))
    linked = b.link(name, b.source("04-header.ld"), [start, b.compile("04-header.c")])
    entry = next(line.split()[0] for line in steps.subprocess.run(
        ["nm", linked], check=True, capture_output=True, text=True).stdout.splitlines() if line.endswith(" T start"))
    b.firstlight(name, b.flat(linked), *(["--entry", "0x" + entry] if b.mended else []))


def broken_05(b, name):
    b.new(name, "05-unreachable-console.c", "05-unreachable.c")


def broken_06(b, name):
    kernel = b.flat(b.link(name, b.source("shared-flat32.ld"), [b.compile("06-sectors.c", 32)], 32))
    b.disk(name, b.sector("06-sectors-boot.S"), kernel, size=64 * 512)


def broken_07(b, name):
    b.new(name)


def broken_08(b, name):
    b.new(name)


def broken_09(b, name):
    b.new(name)


def broken_10(b, name):
    b.new(name)


def broken_11(b, name):
    b.new(name)


def broken_12(b, name):
    b.new(name)


def broken_13(b, name):
    b.disk(name, b.nasm("13-noexec"))


def broken_14(b, name):
    b.high(name)


def broken_15(b, name):
    b.disk(name, b.sector("15-divide.S"))


def sound_01(b, name):
    b.disk(name, b.nasm("01-scancodes"), size=512)


def sound_02(b, name):
    b.new(name)


def sound_03(b, name):
    b.disk(name, b.sector("03-serial.S"), size=512)


def sound_04(b, name):
    b.new(name)


def sound_05(b, name):
    b.disk(name, b.sector("05-fast-reset.S"))


def sound_06(b, name):
    b.new(name)


def sound_07(b, name):
    b.disk(name, b.nasm("07-poweroff"))


def sound_08(b, name):
    b.disk(name, b.nasm("08-apm"))


def sound_09(b, name):
    b.new(name, flags=["-msse2"])


def sound_10(b, name):
    objects = [b.compile(source, flags=["-fpie"]) for source in ("10-pie-start.S", "10-pie.c")]
    linked = b.link(name, b.source("10-pie.ld"), objects, options=["-pie", "--no-dynamic-linker", "-z", "text"])
    b.firstlight(name, b.flat(linked), "--load", "0x1a5000")
    shutil.copyfile(linked, os.path.join(b.out, name + ".elf"))


def sound_11(b, name):
    b.firstlight(name, b.nasm("11-memtest"), "--load", "0x400000")


def sound_12(b, name):
    b.disk(name, b.nasm("12-pushes"), size=512)


def sound_13(b, name):
    kernel = b.link(name, b.source("13-multiboot.ld"), [b.compile("13-multiboot.c", 32)], 32)
    core, memdisk = b.object("13-core.img"), b.object("13-memdisk.tar")
    with tarfile.open(memdisk, "w", format=tarfile.USTAR_FORMAT) as tar:
        for path, source in (("boot/grub/grub.cfg", b.source("13-multiboot.cfg")), ("boot/kernel.elf", kernel)):
            entry = tarfile.TarInfo(path)
            entry.size = os.path.getsize(source)
            with open(source, "rb") as file:
                tar.addfile(entry, file)
    run("grub-mkimage", "-O", "i386-pc", "-o", core, "-m", memdisk, "-p", "(memdisk)/boot/grub",
        "biosdisk", "memdisk", "tar", "normal", "echo", "multiboot", "boot")
    boot = bytearray(read(steps.GRUB + "/boot.img"))
    boot[0x66:0x68] = b"\x90\x90"       # as grub-bios-setup does on a hard disk: keep the BIOS's DL
    b.disk(name, bytes(boot), core)


def sound_14(b, name):
    b.disk(name, b.nasm("14-clock"), size=512)


def sound_15(b, name):
    b.high(name)


BROKEN = ["01-signature", "02-stick", "03-twice", "04-header", "05-unreachable", "06-sectors", "07-gates", "08-handler",
          "09-ist", "10-return", "11-user", "12-frames", "13-noexec", "14-stack", "15-divide"]
SOUND = ["01-scancodes", "02-ticks", "03-serial", "04-cf9", "05-fast-reset", "06-test-runner", "07-poweroff", "08-apm",
         "09-sse", "10-pie", "11-memtest", "12-pushes", "13-multiboot", "14-clock", "15-coroutines"]
NEEDS = {"broken/02-stick": ["mkfs.fat", "mmd", "mcopy"], "sound/13-multiboot": ["grub-mkimage"]}


def build(out, name, mended=False):
    """Makes OUT/KIND/name.img of `KIND/name`; False if a tool for it is absent."""
    kind, own = name.split("/")
    if any(not shutil.which(tool) for tool in NEEDS.get(name, ())):
        return False
    builder = Builder(os.path.join(out, "mended" if mended else kind), kind, mended)
    globals()[f"{kind}_{own[:2]}"](builder, own)
    return True


def main():
    words = [word for word in sys.argv[1:] if word != "--mended"]
    mended = "--mended" in sys.argv
    names = words[1:] or ["broken/" + n for n in BROKEN] + ([] if mended else ["sound/" + n for n in SOUND])
    for name in names:
        print(name, "" if build(words[0], name, mended) else "left out: its tools are absent")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
