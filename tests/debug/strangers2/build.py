"""build.py - makes the images of this folder: build.py OUT [--mended] [NAME...]

The 15 of broken/ each have one mistake; --mended makes them without it, which
shows that it is the cause.  Uses nasm, gcc, g++, ld, objcopy, dd and
Firstlight's own build/tools/firstlight-image; sound/01 also needs GRUB's
tools and sound/02 SYSLINUX, mtools and mkfs.fat, and both are left out if
these are absent.
"""

import os
import shutil
import struct
import subprocess
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.join(HERE, "../../../build/tools/firstlight-image")
CC = os.environ.get("CC", "gcc").split()
FLAGS = ("-O2 -ffreestanding -fno-pic -fno-stack-protector -fcf-protection=none "
         "-Wno-array-bounds -fno-asynchronous-unwind-tables -mgeneral-regs-only -mno-red-zone -Wall -Wextra").split()
FLOPPY = 2880 * 512
GRUB = "/usr/lib/grub/i386-pc"


def run(*command, **more):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, **more)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


class Builder:
    """Makes one image at a time; the steps in between are in OUT/obj."""

    def __init__(self, out, kind, mended):
        self.out, self.kind, self.mended = out, kind, mended
        self.define = ["-DMENDED"] if mended else []
        self.objects = os.path.join(out, "obj")
        os.makedirs(self.objects, exist_ok=True)

    def source(self, name):
        return os.path.join(HERE, "shared" if name.startswith("shared-") else self.kind,
                            name.removeprefix("shared-"))

    def object(self, name):
        return os.path.join(self.objects, name)

    def image(self, name):
        return os.path.join(self.out, name + ".img")

    def nasm(self, name, *options):
        """A flat binary of an assembly source."""
        made = self.object(name + ".bin")
        run("nasm", "-f", "bin", *self.define, *options, "-o", made, self.source(name + ".asm"))
        return made

    def elf(self, name, script, bits=64, start=None):
        """A C or C++ source, and the assembly source `start`, linked by the script."""
        cpp = os.path.exists(self.source(name + ".cpp"))
        made = self.object(name + ".linked")
        parts = [self.object(name + ".o")]
        flags = FLAGS + (["-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics"] if cpp else [])
        if "idle" in name:
            flags = [*flags, "-mcmodel=kernel"]
        run(*(["g++"] if cpp else CC), f"-m{bits}", *flags, *self.define, "-I", os.path.join(HERE, "shared"),
            "-c", self.source(name + (".cpp" if cpp else ".c")), "-o", parts[0])
        if start:
            parts.append(self.object(start + ".o"))
            run("nasm", "-f", "elf64", *self.define, "-o", parts[1], self.source(start + ".asm"))
        run("ld", "-m", "elf_x86_64" if bits == 64 else "elf_i386", "-static", "-nostdlib",
            "--build-id=none", "--no-warn-rwx-segments", "-z", "noexecstack", "-z", "max-page-size=4096",
            "-T", self.source(script), "-o", made, *parts)
        return made

    def flat(self, elf, *options):
        made = elf.replace(".linked", ".flat")
        run("objcopy", "-O", "binary", *options, elf, made)
        return made

    def firstlight(self, name, kernel, *options):
        """Firstlight's image of it; an ELF file also goes beside the image."""
        run(TOOL, "make", "--kernel", kernel, "--out", self.image(name), *options)
        if kernel.endswith(".linked"):
            shutil.copyfile(kernel, os.path.join(self.out, name + ".elf"))

    def disk(self, name, *parts, size=FLOPPY):
        """The parts one after the other, each from a new sector on."""
        data = b""
        for part in parts:
            data += read(part) if isinstance(part, str) else part
            data += bytes(-len(data) % 512)
        write(self.image(name), data + bytes(max(0, size - len(data))))


def broken_01(b, name):
    run("dd", "if=/dev/zero", "of=" + b.image(name), "bs=512", "count=2880", "status=none")
    run("dd", "if=" + b.nasm("01-seek-boot"), "of=" + b.image(name), "conv=notrunc", "status=none")
    seek = 1 if b.mended else 512       # dd counts in blocks, not in bytes
    run("dd", "if=" + b.nasm("01-seek-stage2"), "of=" + b.image(name), f"seek={seek}", "conv=notrunc",
        "status=none")


def broken_02(b, name):
    b.disk(name, b.nasm("02-bits32"))


def broken_03(b, name):
    b.disk(name, b.nasm("03-a20-boot"), b.flat(b.elf("03-a20-kernel", "03-a20-kernel.ld", 32)))


def broken_04(b, name):
    elf = b.elf("04-objcopy", "shared-kernel64.ld")
    b.firstlight(name, b.flat(elf, *([] if b.mended else ["-j", ".text"])))
    shutil.copyfile(elf, os.path.join(b.out, name + ".elf"))


def loader32(b, name, source):
    kernel = b.flat(b.elf(source, "shared-flat32.ld", 32))
    sectors = -(-os.path.getsize(kernel) // 512)
    b.disk(name, b.nasm("shared-loader32", f"-DSECTORS={sectors}"), kernel)


def broken_05(b, name):
    loader32(b, name, "05-eoi")


def broken_06(b, name):
    b.firstlight(name, b.nasm("06-iret"))


def broken_07(b, name):
    b.firstlight(name, b.elf("07-idtr", "shared-kernel64.ld"))


def broken_08(b, name):
    b.firstlight(name, b.elf("08-stack", "shared-kernel64.ld", start="08-stack-start"))


def broken_09(b, name):
    b.disk(name, b.nasm("09-ivt"))


def broken_10(b, name):
    b.firstlight(name, b.elf("10-ctors", "10-ctors.ld"))


def broken_11(b, name):
    run(sys.executable, b.source("11-endian-mkdisk.py"), b.nasm("11-endian"), b.nasm("11-endian-kernel"),
        b.image(name), env=os.environ | ({"MENDED": "1"} if b.mended else {}))


def broken_12(b, name):
    b.firstlight(name, b.elf("12-truncated", "shared-kernel64.ld"))
    if not b.mended:
        os.truncate(b.image(name), 2300 * 512)      # dd count=2300


def broken_13(b, name):
    b.disk(name, b.nasm("13-wrap-boot"), b.flat(b.elf("13-wrap-kernel", "shared-flat32.ld", 32)))


def broken_14(b, name):
    b.firstlight(name, b.elf("14-ring3", "shared-kernel64.ld"))


def broken_15(b, name):
    b.disk(name, b.nasm("15-lbit"))


def sound_01(b, name):
    core, memdisk = b.object("core.img"), b.object("memdisk.tar")
    with tarfile.open(memdisk, "w", format=tarfile.USTAR_FORMAT) as tar:
        entry = tarfile.TarInfo("boot/grub/grub.cfg")
        entry.size = os.path.getsize(b.source("01-grub.cfg"))
        with open(b.source("01-grub.cfg"), "rb") as file:
            tar.addfile(entry, file)
    run("grub-mkimage", "-O", "i386-pc", "-o", core, "-m", memdisk, "-p", "(memdisk)/boot/grub",
        "biosdisk", "memdisk", "tar", "normal", "echo")
    boot = bytearray(read(GRUB + "/boot.img"))
    boot[0x66:0x68] = b"\x90\x90"       # as grub-bios-setup does on a hard disk: keep the BIOS's DL
    b.disk(name, bytes(boot), core)


def sound_02(b, name):
    image = b.image(name)
    fixed = os.environ | {"SOURCE_DATE_EPOCH": "1700000000", "MTOOLS_SKIP_CHECK": "1", "TZ": "UTC"}
    write(image, bytes(4 << 20))
    run("mkfs.fat", "-F", "16", "-s", "1", "-i", "12345678", "--invariant", image, env=fixed)
    run("mcopy", "-i", image, b.source("02-syslinux.cfg"), "::syslinux.cfg", env=fixed)
    run("syslinux", "--install", image, env=fixed)


def sound_03(b, name):
    b.disk(name, b.nasm("03-mbr"), bytes(62 * 512), b.nasm("03-vbr"))


def sound_04(b, name):
    b.disk(name, b.nasm("04-game"), size=512)


def sound_05(b, name):
    b.firstlight(name, b.elf("05-reset", "shared-kernel64.ld"))


def sound_06(b, name):
    b.firstlight(name, b.elf("06-off", "shared-kernel64.ld"))


def sound_07(b, name):
    elf = b.elf("07-idle", "07-idle.ld", start="07-idle-start")
    b.firstlight(name, elf)


def sound_08(b, name):
    b.disk(name, b.nasm("08-unreal"))


def sound_09(b, name):
    system = bytearray(read(b.nasm("09-big-system")))
    total = sum(struct.unpack(f"<{len(system) // 4}I", system))
    struct.pack_into("<I", system, 4, -total & 0xffffffff)
    b.disk(name, b.nasm("09-big-loader"), bytes(system))


def sound_10(b, name):
    b.firstlight(name, b.nasm("10-pit"))


def sound_11(b, name):
    b.disk(name, b.nasm("11-vbe-boot"), b.flat(b.elf("11-vbe", "shared-flat32.ld", 32)))


def sound_12(b, name):
    b.firstlight(name, b.elf("12-monitor", "12-monitor.ld"))


def sound_13(b, name):
    b.firstlight(name, b.elf("13-faults", "13-faults.ld"))


def sound_14(b, name):
    b.firstlight(name, b.elf("14-tasks", "shared-kernel64.ld"))


def sound_15(b, name):
    b.disk(name, b.nasm("15-elf-boot"), b.elf("15-elf", "15-elf.ld", 32))


BROKEN = ["01-seek", "02-bits32", "03-a20", "04-objcopy", "05-eoi", "06-iret", "07-idtr", "08-stack", "09-ivt",
          "10-ctors", "11-endian", "12-truncated", "13-wrap", "14-ring3", "15-lbit"]
SOUND = ["01-grub", "02-syslinux", "03-mbr", "04-game", "05-reset", "06-off", "07-idle", "08-unreal", "09-big",
         "10-pit", "11-vbe", "12-monitor", "13-faults", "14-tasks", "15-elf"]
NEEDS = {"sound/01-grub": ["grub-mkimage"], "sound/02-syslinux": ["syslinux", "mkfs.fat", "mcopy"]}


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
