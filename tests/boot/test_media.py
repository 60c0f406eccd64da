"""The same image, unchanged, from everything a PC BIOS boots from, on every machine.

Whatever drive holds the image, the BIOS calls it 80h unless a
test says otherwise.
"""

import subprocess

import pytest

from bochs import SEABIOS, Bochs
from machine import PROMPT, require
from media import CONTROLLERS, NOT_PLUGGED_IN, param
from outcome import assert_boots, assert_names, assert_stage1_names
from project import BUILD, IMAGE, LAYOUT, ROOT, assemble, damaged_image
from tool_versions import require_machine

SECTOR = LAYOUT["SECTOR_SIZE"]


def loaded_line(pc):
    return next(line for line in pc.serial.splitlines() if line.startswith("Loaded: "))


# ---- controllers ------------------------------------------------------------

@pytest.mark.parametrize("arguments, options", CONTROLLERS)
def test_boots_from(boot, arguments, options):
    pc = boot(*arguments, drive=NOT_PLUGGED_IN, **options)
    assert_boots(pc)
    assert "from drive 80h" in pc.serial
    assert " by EDD, " in loaded_line(pc)


def test_boots_from_an_sd_card(boot, tmp_path):
    card = damaged_image(tmp_path, length=2 << 20)      # cards have sizes of 2^n
    pc = boot("-device", "sdhci-pci", "-device", "sd-card,drive=d", image=card,
              drive=NOT_PLUGGED_IN)
    assert_boots(pc)


def test_boots_from_a_floppy_by_chs(boot):
    pc = boot(drive="if=floppy")
    assert_boots(pc)
    assert "from drive 00h" in pc.serial
    assert " by CHS, " in loaded_line(pc)


# ---- with others on the disk, or with other disks -----------------------------

def other_disk(path):
    return ["-drive", f"file={path},format=raw,snapshot=on,if=none,id=other",
            "-device", "ide-hd,drive=other,unit=0", "-device", "ide-hd,drive=d,unit=1"]


def test_boots_from_the_second_disk_that_the_bios_calls_80h(boot, tmp_path):
    (tmp_path / "empty").write_bytes(bytes(1 << 20))
    *arguments, second = other_disk(tmp_path / "empty")
    pc = boot(*arguments, second + ",bootindex=0", drive=NOT_PLUGGED_IN)
    assert_boots(pc)
    assert "from drive 80h" in pc.serial


def test_boots_from_drive_81h_that_another_boot_sector_chose(boot, tmp_path):
    first = tmp_path / "first"
    first.write_bytes(assemble("chain.asm", tmp_path / "chain", DRIVE=0x81, LBA=0) + bytes(1 << 20))
    pc = boot(*other_disk(first), drive=NOT_PLUGGED_IN)
    assert_boots(pc)
    assert "from drive 81h" in pc.serial


def test_boots_chain_loaded_from_the_gap_before_the_partition(boot, tmp_path):
    data = bytearray(IMAGE.read_bytes())
    gap = LAYOUT["KERNEL_LBA"] - 1
    data[gap * SECTOR:(gap + 1) * SECTOR] = data[:SECTOR]
    data[:SECTOR] = assemble("chain.asm", tmp_path / "chain", DRIVE=0x80, LBA=gap)
    (tmp_path / "chained").write_bytes(data)
    assert_boots(boot(image=tmp_path / "chained"))


# ---- El Torito: a CD that pretends to be something else -----------------------

def cd(folder, *arguments, image=None):
    require("xorriso")
    (folder / "cd").mkdir()
    (folder / "cd/disk.img").write_bytes(image or IMAGE.read_bytes())
    subprocess.run(["xorriso", "-as", "mkisofs", "-quiet", "-b", "disk.img", *arguments,
                    "-o", str(folder / "cd.iso"), str(folder / "cd")],
                   check=True, timeout=60, capture_output=True)
    return ["-cdrom", str(folder / "cd.iso")]


def test_boots_as_el_torito_hard_disk(boot, tmp_path):
    require("xorriso")
    subprocess.run(["make", "-s", "image", f"CD={tmp_path / 'cd.iso'}", f"BUILD={BUILD}"],
                   cwd=ROOT, check=True, timeout=120, capture_output=True)
    pc = boot("-cdrom", str(tmp_path / "cd.iso"), drive=NOT_PLUGGED_IN)
    assert_boots(pc)
    assert "from drive 80h" in pc.serial


def test_boots_as_el_torito_floppy(boot, tmp_path):
    pc = boot(*cd(tmp_path), drive=NOT_PLUGGED_IN)
    assert_boots(pc)
    assert "from drive 00h" in pc.serial


def test_refuses_a_cd_whose_sectors_have_2048_bytes(boot, tmp_path):
    pc = boot(*cd(tmp_path, "-no-emul-boot", "-boot-load-size", "4"), drive=NOT_PLUGGED_IN)
    assert_stage1_names(pc, "READ", "01", drive="E0")


# ---- machines -----------------------------------------------------------------

@pytest.mark.parametrize("arguments, options", [
    param("", id="pc-i440fx-2.0", machine="pc-i440fx-2.0"),
    param("", id="pc-i440fx-1.4", machine="pc-i440fx-1.4"),
    param("", id="pc-q35-2.4", machine="pc-q35-2.4", full=True),
    param("", id="isapc", machine="isapc", cpu="qemu64"),
    param("-smp 1"),
    param("-smp 4"),
    param("-smp 8"),
    param("-smp 8", id="q35 -smp 8", machine="q35", full=True),
    param("-vga none"),
    param("-vga cirrus", full=True),
    param("-vga virtio", full=True),
    param("-vga qxl", full=True),
    param("-nodefaults", full=True),
    param("", id="pc without ACPI", machine="pc,acpi=off"),
    param("", id="pc without HPET", machine="pc,hpet=off"),
    param("-bios bios.bin", full=True),
    param("", id="pc without 8042", machine="pc,i8042=off"),
    param("", id="q35 without 8042", machine="q35,i8042=off"),
])
def test_boots_on(boot, arguments, options):
    require_machine(options.get("machine", "pc"))
    assert_boots(boot(*arguments, **options))


def test_boots_on_microvm(boot):
    pc = boot("-bios", "/usr/share/seabios/bios-microvm.bin", "-device",
              "virtio-blk-device,drive=d", machine="microvm", drive=NOT_PLUGGED_IN)
    assert_boots(pc)


@pytest.mark.parametrize("machine", ["isapc", "q35"])
def test_boots_without_a_serial_port_on(boot, machine):
    pc = boot(machine=machine, cpu="qemu64", serial=False)
    pc.wait_for_screen(lambda screen: screen.text.endswith(PROMPT.rstrip()), "prompt")
    assert pc.resets == 0


# ---- CPUs -----------------------------------------------------------------------

@pytest.mark.parametrize("cpu, text", [
    ("qemu64", ", 64-bit, NX."),
    ("qemu64,-nx", ", 64-bit, no NX."),
    ("qemu64,-pdpe1gb", ", 64-bit, NX."),
    ("core2duo", "CPU: Intel(R) Core(TM)2 Duo CPU     T7700  @ 2.40GHz, 64-bit, NX."),
    ("EPYC", "CPU: AMD EPYC Processor, 64-bit, NX."),
    ("max", ", 64-bit, NX."),
    ("max,la57=on", ", 64-bit, NX."),
])
def test_boots_with_cpu(boot, cpu, text):
    pc = boot(cpu=cpu)
    assert_boots(pc)
    assert text in pc.serial


def test_names_the_missing_feature_of_an_odd_cpu(boot):
    assert_names(boot(cpu="qemu64,-pae"), "CPU_LACKS", "missing: PAE Disk:")


# ---- memory ---------------------------------------------------------------------

@pytest.mark.parametrize("size, text", [
    ("2M", "2 MiB"), ("16M", "16 MiB"), ("3G", "3 GiB"), ("8G", "8 GiB"), ("64G", "64 GiB"),
    ("256G", "256 GiB"),
])
def test_names_all_memory(boot, size, text):
    """Nothing is reserved on the host for it: only what the guest touches."""
    pc = boot("-object", f"memory-backend-ram,id=ram,size={size},reserve=off",
              machine="pc,memory-backend=ram", memory=size)
    assert_boots(pc)
    assert f"\nMemory: {text} detected.\r\n" in pc.serial


# ---- Bochs ------------------------------------------------------------------------

def test_boots_in_bochs_with_seabios(tmp_path):
    with Bochs(IMAGE, tmp_path, roms=SEABIOS) as pc:
        pc.wait_for_text(PROMPT)
