"""`make usb`: a stick is written and verified, or left as it was."""

import os
import re
import shutil
import subprocess

import pytest

from image_tool import TOOL
from kernel_image import SECTOR
from project import IMAGE, LAYOUT, ROOT

MIB = 1 << 20
STAGE2 = LAYOUT["STAGE2_LBA"] * SECTOR


def usb(disk, force="", image=IMAGE, folder=ROOT, **environment):
    result = subprocess.run([ROOT / "tools/image/usb.sh", image, str(disk), TOOL, force], cwd=folder,
                            text=True, timeout=60, env=os.environ | environment,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.returncode, result.stdout


@pytest.fixture
def machine(tmp_path):
    """A made-up /sys and /proc, in which a file in /dev/shm stands for a stick."""
    name = f"firstlight-{os.getpid()}"
    stick = tmp_path / name
    stick.write_bytes(b"\xaa" * (2 * MIB))
    node = tmp_path / "sys/class/block" / name
    (node / "holders").mkdir(parents=True)
    (node / "size").write_text("4096\n")
    (node / "removable").write_text("1\n")
    for file in ("mounts", "mountinfo", "swaps"):
        (tmp_path / file).write_text("")
    environment = {"SYSFS": str(tmp_path / "sys"), "PROC_MOUNTS": str(tmp_path / "mounts"),
                   "PROC_SWAPS": str(tmp_path / "swaps"),
                   "PROC_MOUNTINFO": str(tmp_path / "mountinfo")}
    return stick, node, tmp_path, environment


def test_stick_is_written_verified_and_boots(machine, boot):
    stick, _, _, environment = machine
    status, output = usb(stick, "1", **environment)
    assert status == 0 and output.endswith("written and verified\n"), output
    data = stick.read_bytes()
    assert data[:IMAGE.stat().st_size] == IMAGE.read_bytes()
    assert set(data[IMAGE.stat().st_size:]) == {0xAA}           # no byte more
    boot(image=stick).wait_for_prompt()


def test_file_is_not_a_stick_unless_forced(machine):
    stick, _, _, environment = machine
    status, output = usb(stick, **environment)
    assert status == 1 and "this is a file" in output and "FORCE=1" in output
    assert set(stick.read_bytes()) == {0xAA}


@pytest.mark.parametrize("file, text, reason", [
    ("mounts", "/dev/{name} /media/me vfat rw 0 0\n", "is mounted on /media/me"),
    ("mounts", "/dev/{name}1 / ext4 rw 0 0\n", "is mounted on /"),
    ("swaps", "/dev/{name}1 partition 9 0 -2\n", "is swap space"),
])
def test_disk_in_use_is_refused(machine, file, text, reason):
    stick, node, folder, environment = machine
    (node / f"{stick.name}1/holders").mkdir(parents=True)
    (folder / file).write_text(text.format(name=stick.name))
    output = usb(stick, **environment)[1]
    assert "FORCE=1" in output
    # FORCE=1 overrules the first doubt; the second one must also be named
    assert reason in usb(stick, "1", **environment)[1]


def test_absent_and_too_small_are_refused_even_if_forced(machine):
    stick, _, _, environment = machine
    status, output = usb(stick.parent / "none", "1", **environment)
    assert status == 1 and "no such device" in output
    stick.write_bytes(b"\xaa" * 1000)
    status, output = usb(stick, "1", **environment)
    assert status == 1 and "it has 1000 bytes, the image" in output
    assert set(stick.read_bytes()) == {0xAA}
    assert usb("", "1", **environment)[0] == 2


@pytest.mark.parametrize("disk", ["/dev/null", "/dev/zero", "/dev/full", "/", "/proc/version"])
def test_what_is_not_a_disk_is_refused(disk):
    status, output = usb(disk)
    assert status == 1 and output.startswith(f"usb: {disk}: ") and output.count("\n") == 1


@pytest.mark.parametrize("image", ["/dev/zero", "/", "/nowhere", ""])
def test_what_is_not_an_image_file_is_refused_even_if_forced(machine, image):
    stick, _, _, environment = machine
    status, output = usb(stick, "1", image=image, **environment)
    assert status == 1 and output == f"usb: the image '{image}' is not a readable file\n"
    assert set(stick.read_bytes()) == {0xAA} and stick.stat().st_size == 2 * MIB


def test_names_may_begin_with_a_dash_and_have_blanks(tmp_path):
    (tmp_path / "-my image").write_bytes(IMAGE.read_bytes())
    (tmp_path / "-my stick").write_bytes(bytes(2 * MIB))
    status, output = usb("-my stick", "1", image="-my image", folder=tmp_path)
    assert status == 0, output
    assert (tmp_path / "-my stick").read_bytes()[:IMAGE.stat().st_size] == IMAGE.read_bytes()


@pytest.fixture
def loop_device(tmp_path):
    """A loop device, if this machine allows one."""
    (tmp_path / "medium").write_bytes(bytes(2 * MIB))
    result = subprocess.run(["losetup", "--find", "--show", tmp_path / "medium"], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        pytest.skip(f"no loop devices here: {result.stdout.strip()}")
    device = result.stdout.strip()
    yield device, tmp_path / "medium"
    subprocess.run(["losetup", "--detach", device], check=True)


def test_real_device_is_refused_as_not_removable_and_written_when_forced(loop_device):
    device, medium = loop_device
    status, output = usb(device)
    assert status == 1 and "not removable" in output
    status, output = usb(device, "1")
    assert status == 0 and re.search(r"overwriting /dev/loop\d+: 2 MB", output), output
    assert medium.read_bytes()[:IMAGE.stat().st_size] == IMAGE.read_bytes()


@pytest.fixture
def stick(loop_device, machine):
    """A loop device; a made-up /sys says that it is removable: path, its node, environment."""
    device, medium = loop_device
    _, _, folder, environment = machine
    node = folder / "sys/class/block" / os.path.basename(device)
    (node / "holders").mkdir(parents=True)
    (node / "size").write_text(f"{medium.stat().st_size // 512}\n")
    (node / "removable").write_text("1\n")
    (node / "device").mkdir()
    (node / "device/vendor").write_text("Acme    \n")
    (node / "device/model").write_text("Mini Flash      \n")
    return device, node, medium, environment


def test_stick_needs_no_force(stick):
    device, _, medium, environment = stick
    status, output = usb(device, **environment)
    assert status == 0 and "forced" not in output, output
    assert f"overwriting {device}: 2 MB, Acme Mini Flash with no partitions" in output
    assert medium.read_bytes()[:IMAGE.stat().st_size] == IMAGE.read_bytes()


def test_every_doubt_is_reported_before_anything_is_forced(stick, tmp_path):
    device, node, medium, environment = stick
    (node / "removable").write_text("0")
    (tmp_path / "mounts").write_text(f"/dev/{node.name} /home ext4 rw 0 0\n")
    status, output = usb(device, **environment)
    assert status == 1 and output.count("\n") == 1
    assert output.endswith(f"this disk is not removable; {node.name} is mounted on /home; "
                           "FORCE=1 writes to it anyway\n")
    assert not any(medium.read_bytes())


@pytest.mark.parametrize("size", [0, 4, SECTOR, LAYOUT["KERNEL_LBA"] * SECTOR])
def test_image_that_is_none_or_cut_short_is_not_written(stick, tmp_path, size):
    device, _, medium, environment = stick
    (tmp_path / "bad.img").write_bytes(IMAGE.read_bytes()[:size])
    status, output = usb(device, image=tmp_path / "bad.img", **environment)
    assert status == 1 and "is damaged, or is not an image; FORCE=1" in output
    assert not any(medium.read_bytes())


IN_USE = {
    "is mounted on /media/me": lambda node, root: (root / "mounts").write_text(
        f"/dev/{node.name} /media/me vfat rw 0 0\n"),
    "p1 is mounted on /": lambda node, root: (
        (node / f"{node.name}p1").mkdir(),
        (root / "mounts").write_text(f"/dev/{node.name}p1 / ext4 rw 0 0\n")),
    "(8:16) is mounted on /mnt": lambda node, root: (
        (node / "dev").write_text("8:16\n"),
        (root / "mountinfo").write_text("40 28 8:16 / /mnt rw - ext4 /dev/root rw\n")),
    "is swap space": lambda node, root: (root / "swaps").write_text(
        f"/dev/{node.name} partition\n"),
    "is part of dm-0": lambda node, root: (node / "holders/dm-0").touch(),
    "is a partition, not a whole disk": lambda node, root: (node / "partition").write_text("1"),
    "is not removable": lambda node, root: (node / "removable").write_text("0"),
    "it is write-protected": lambda node, root: (node / "ro").write_text("1"),
    "it has 1024 bytes": lambda node, root: (node / "size").write_text("2"),
}


@pytest.mark.parametrize("reason", IN_USE)
def test_stick_in_use_is_refused_and_stays_as_it_was(stick, tmp_path, reason):
    device, node, medium, environment = stick
    IN_USE[reason](node, tmp_path)
    status, output = usb(device, **environment)
    assert status == 1 and reason in output
    assert not any(medium.read_bytes())


@pytest.mark.parametrize("offset", [0x20, STAGE2 + 3], ids=["where others may write", "stage 2"])
def test_medium_that_loses_a_byte_is_detected(machine, tmp_path, offset):
    stick, _, _, environment = machine
    (tmp_path / "bin").mkdir()
    liar = tmp_path / "bin/dd"      # writes as it should, then changes one byte
    liar.write_text(f'#!/bin/sh\n{shutil.which("dd")} "$@" || exit\n'
                    f"printf '\\125' | {shutil.which('dd')} of='{stick}' bs=1 seek={offset}"
                    " conv=notrunc status=none\n")
    liar.chmod(0o755)
    status, output = usb(stick, "1", PATH=f"{tmp_path}/bin:{os.environ['PATH']}", **environment)
    assert status == 1 and "differs from the data written" in output and "verified" not in output
    assert "1 byte differs" in output


def test_image_is_not_a_stick_for_itself(tmp_path):
    path = shutil.copy(IMAGE, tmp_path / "own.img")
    status, output = usb(path, "1", image=path)
    assert status == 1 and "this is the image itself" in output
    assert path.read_bytes() == IMAGE.read_bytes()
