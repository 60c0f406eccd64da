"""The image as other tools see it."""

import subprocess

from machine import require
from project import IMAGE, LAYOUT


def output_of(*command):
    require(command[0])
    result = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert result.returncode == 0, result.stdout
    return result.stdout


def test_fits_a_floppy():
    assert IMAGE.stat().st_size == LAYOUT["FLOPPY_SECTORS"] * LAYOUT["SECTOR_SIZE"]


def test_file_sees_an_active_partition_and_its_copy():
    text = output_of("file", "--brief", str(IMAGE))
    assert text.startswith("DOS/MBR boot sector; partition 1 : ID=0x7f, active")
    assert f"startsector {LAYOUT['KERNEL_LBA']}," in text
    assert "partition 2 : ID=0x7f, start-CHS" in text
    assert text.count("active") == 1 and "partition 3" not in text


def test_sfdisk_finds_no_fault():
    text = output_of("sfdisk", "--verify", str(IMAGE))
    assert "No errors detected" in text
    assert "warning" not in text.lower()


def test_partition_ends_inside_the_image():
    text = output_of("sfdisk", "--dump", str(IMAGE))
    assert f"start={LAYOUT['KERNEL_LBA']:>12}" in text
    assert "bootable" in text
