"""firstlight-image and `make image`, `make inspect`, `make usb`: the host's side of images."""

import json
import os
import random
import re
import shutil
import struct
import subprocess

import pytest

from machine import require
from outcome import assert_names
from project import BUILD, IMAGE, LAYOUT, ROOT, without_copies

TOOL = BUILD / "tools/firstlight-image"
SECTOR = LAYOUT["SECTOR_SIZE"]
KERNEL = LAYOUT["KERNEL_LBA"] * SECTOR
SAYS_HI = bytes.fromhex("66baf803" "b048ee" "b069ee" "b00aee" "f4ebfd")    # "Hi\n" on COM1, HLT
MIB = 1 << 20


def run(*arguments):
    result = subprocess.run([TOOL, *map(str, arguments)], text=True, cwd=ROOT, timeout=60,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.returncode, result.stdout


@pytest.fixture
def make(tmp_path):
    """make(bytes, option...) writes a kernel, makes an image of it: status, output, image."""
    def start(payload, *options):
        (tmp_path / "my.bin").write_bytes(payload)
        status, output = run("make", "--kernel", tmp_path / "my.bin", "--out",
                             tmp_path / "my.img", *options)
        return status, output, tmp_path / "my.img"
    return start


# ---- make -------------------------------------------------------------------------

@pytest.mark.parametrize("options", [[], ["--copies", "1"], ["--load", "0x3200000"],
                                     ["--entry", "0xffffffff80100000"], ["--memory", "0x2000000"]],
                         ids=["plain", "one copy", "elsewhere", "high entry", "much .bss"])
def test_any_binary_boots(make, boot, options):
    status, output, image = make(SAYS_HI, *options)
    assert status == 0, output
    boot(image=image).wait_for_text("Hi\n")
    assert run("verify", image)[0] == 0


def test_tool_works_alone(tmp_path):
    shutil.copy(TOOL, tmp_path / "tool")
    (tmp_path / "my.bin").write_bytes(SAYS_HI)
    subprocess.run(["./tool", "make", "--kernel", "my.bin", "--out", "my.img"], cwd=tmp_path,
                   check=True, timeout=30, stdout=subprocess.DEVNULL)
    assert (tmp_path / "my.img").read_bytes()[:LAYOUT["MBR_SIGNATURE_OFFSET"]] == \
        IMAGE.read_bytes()[:LAYOUT["MBR_SIGNATURE_OFFSET"]]


def test_our_own_kernel_gives_our_own_image(tmp_path):
    header = struct.unpack_from("<8sHHIIIQQ", IMAGE.read_bytes(), KERNEL)
    status, output = run("make", "--kernel", BUILD / "kernel.bin", "--out", tmp_path / "ours.img",
                         "--memory", header[4], "--entry", hex(header[7]))
    assert status == 0, output
    assert (tmp_path / "ours.img").read_bytes() == IMAGE.read_bytes()


def test_payload_is_untouched_and_in_both_copies(make):
    payload = bytes(range(256)) * 21 + b"end"
    image = make(payload)[2].read_bytes()
    second, = struct.unpack_from("<I", image, LAYOUT["MBR_TABLE_OFFSET"] + 16 + 8)
    for at in (KERNEL, second * SECTOR):
        assert image[at + SECTOR:at + SECTOR + len(payload)] == payload


def test_64_mib_and_a_bit(make, boot):
    status, output, image = make(SAYS_HI + os.urandom(1 << 16) * (1 << 10) + b"!", "--copies", "1")
    assert status == 0, output
    boot(image=image, memory="256M").wait_for_text("Hi\n")


@pytest.mark.parametrize("copies", [1, 2])
@pytest.mark.parametrize("size", [1, MIB, 64 * MIB, pytest.param(600 * MIB, marks=pytest.mark.full)])
def test_images_of_every_geometry_please_sfdisk_and_the_inspector(tmp_path, size, copies):
    require("sfdisk")
    (tmp_path / "my.bin").write_bytes(SAYS_HI[:size])
    os.truncate(tmp_path / "my.bin", size)
    image = tmp_path / "my.img"
    status, output = run("make", "--kernel", tmp_path / "my.bin", "--out", image, "--copies", copies)
    assert status == 0, output
    said = subprocess.run(["sfdisk", "--verify", image], text=True, timeout=30,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert said.returncode == 0 and "No errors detected" in said.stdout
    assert "warning" not in said.stdout.lower()
    status, output = run("verify", image)
    assert status == 0 and output.endswith("with second copies\n" if copies == 2 else "without copies\n")
    image.unlink()


def test_one_byte(make, boot):
    status, output, image = make(b"\xf4")
    assert status == 0, output
    pc = boot(image=image)
    pc.wait_for_text("Long mode: kernel entry at 0x100000.")
    pc.wait_for(lambda: pc.qmp_command("query-status")["running"], "running machine")


@pytest.mark.parametrize("options, reason", [
    (["--load", "0x8000"], "below 0x100000: the loader and the BIOS live there"),
    (["--load", "0x100800"], "not a multiple of 4096"),
    (["--load", "0x80000000"], "beyond 2 GiB"),
    (["--memory", "0x7ff00001"], "beyond 2 GiB"),
    (["--memory", "0x100000000"], "room for 2 GiB"),
    (["--memory", "3"], "smaller than its file"),
    (["--entry", "0x0"], "not inside the kernel's file"),
    (["--entry", "0xffffffff80200000"], "not inside the kernel's file"),
    (["--load", "18446744073709551616"], "this is no number"),
    (["--load", "-4096"], "this is no number"),
    (["--copies", "3"], "1 or 2 copies"),
    (["--colour", "red"], "does not know this option"),
    (["--load"], "wants a value"),
])
def test_refuses_with_a_reason_and_leaves_nothing(make, options, reason):
    status, output, image = make(SAYS_HI, *options)
    assert status == 1 and reason in output and output.count("\n") == 1
    assert os.listdir(image.parent) == ["my.bin"]


def test_refuses_missing_and_empty_files_and_itself(make, tmp_path):
    assert "the file is empty" in make(b"")[1]
    assert "No such file" in run("make", "--kernel", tmp_path / "no", "--out", tmp_path / "x")[1]
    (tmp_path / "my.bin").write_bytes(SAYS_HI)
    status, output = run("make", "--kernel", tmp_path / "my.bin", "--out", tmp_path / "my.bin")
    assert status == 1 and "kernel itself" in output
    assert (tmp_path / "my.bin").read_bytes() == SAYS_HI
    status, output = run("make", "--kernel", tmp_path / "my.bin", "--out", "/dev/full")
    assert status == 1 and "no ordinary file" in output


def test_full_disk_leaves_no_half_image(tmp_path):
    (tmp_path / "my.bin").write_bytes(SAYS_HI)
    result = subprocess.run(["sh", "-c", f"ulimit -f 2100; exec {TOOL} make --kernel my.bin "
                             "--out my.img"], cwd=tmp_path, text=True, timeout=30,
                            stderr=subprocess.PIPE)
    assert result.returncode == 1 and "my.img: File too large" in result.stderr
    assert os.listdir(tmp_path) == ["my.bin"]


def test_older_image_survives_a_refusal(make):
    image = make(SAYS_HI)[2]
    before = image.read_bytes()
    assert make(SAYS_HI, "--load", "0x8000")[0] == 1
    assert image.read_bytes() == before


def test_loader_refuses_what_the_tool_cannot_know(make, boot):
    image = make(SAYS_HI, "--load", "0x10000000")[2]
    assert_names(boot(image=image, memory="64M"), "NO_ROOM")


def test_make_image_is_the_front_door(tmp_path, boot):
    (tmp_path / "my.bin").write_bytes(SAYS_HI)
    subprocess.run(["make", "-s", "image", f"KERNEL={tmp_path}/my.bin", f"OUT={tmp_path}/my.img",
                    "LOAD=0x200000", f"BUILD={BUILD}"], cwd=ROOT, check=True, timeout=60)
    boot(image=tmp_path / "my.img").wait_for_text("Hi\n")


# ---- inspect, verify, compare --------------------------------------------------------

def inspect(path):
    status, output = run("inspect", "--json", path)
    return status, json.loads(output)


def damaged(tmp_path, offset, image=None):
    data = bytearray(image or IMAGE.read_bytes())
    data[offset] ^= 1
    (tmp_path / "damaged.img").write_bytes(data)
    return tmp_path / "damaged.img"


def test_findings_cover_the_image_without_gaps():
    status, report = inspect(IMAGE)
    assert status == 0 and report["healthy"] and "second copies" in report["verdict"]
    end = 0
    for finding in report["findings"]:
        assert finding["first"] == end, finding
        end = finding["last"] + 1
    assert end == IMAGE.stat().st_size


def test_text_and_json_say_the_same():
    text = run("inspect", IMAGE)[1]
    for finding in inspect(IMAGE)[1]["findings"]:
        assert f"{finding['name']}: {finding['text']}" in text


STAGE2 = LAYOUT["STAGE2_LBA"] * SECTOR


@pytest.mark.parametrize("offset, name, text", [
    (0, "MBR: jump", "not Firstlight's first bytes"),
    (510, "MBR: magic number", "not 55h AAh"),
    (STAGE2, "stage 2: header", "magic"),
    (STAGE2 + SECTOR + 99, "stage 2: code", "expected 00000000"),
    (LAYOUT["STAGE2_COPY_LBA"] * SECTOR + 600, "stage 2, copy: code", "expected 00000000"),
    (KERNEL + 12, "partition 1: kernel header", "E51"),
    (KERNEL + SECTOR + 5, "partition 1: kernel", "expected"),
    (LAYOUT["MBR_TABLE_OFFSET"], "MBR: partition 1", "a status that no BIOS knows"),
])
def test_damage_is_found_where_it_is(tmp_path, offset, name, text):
    status, report = inspect(damaged(tmp_path, offset))
    wrong = [f for f in report["findings"] if f["state"] == "wrong"]
    assert status == 1 and wrong[0]["name"] == name and text in wrong[0]["text"]
    status, output = run("verify", tmp_path / "damaged.img")
    assert status == 1 and name in output and "damaged" in output


def test_harmless_changes_are_noted(tmp_path):
    path = damaged(tmp_path, 0x20)
    status, report = inspect(path)
    assert status == 0
    assert [f["name"] for f in report["findings"] if f["state"] == "note"] == ["MBR: room for a BPB"]


@pytest.mark.parametrize("offset, name, text", [
    (LAYOUT["MBR_CODE_OFFSET"] + 9, "MBR: code", "1 bytes are not this release's"),
    (LAYOUT["MBR_CODE2_OFFSET"] + 9, "MBR: code", "1 bytes are not this release's"),
    (LAYOUT["MBR_STAMP_OFFSET"], "MBR: time stamp", "DOS or Windows wrote here"),
    (LAYOUT["MBR_SIGNATURE_OFFSET"], "MBR: disk signature", "some system signed the disk"),
    (1500 * SECTOR, "gap", "1 sectors hold data of somebody else's, the first at LBA 1500"),
])
def test_what_no_checksum_covers_is_noted_where_it_differs(tmp_path, offset, name, text):
    status, report = inspect(damaged(tmp_path, offset))
    notes = [f for f in report["findings"] if f["state"] == "note"]
    assert status == 0 and [f["name"] for f in notes] == [name] and text in notes[0]["text"]
    assert name in run("verify", tmp_path / "damaged.img")[1]


def changed(tmp_path, offset, data):
    image = bytearray(IMAGE.read_bytes())
    image[offset:offset + len(data)] = data
    (tmp_path / "changed.img").write_bytes(image)
    return inspect(tmp_path / "changed.img")


def test_wiped_copy_of_stage_2_is_missed(tmp_path):
    status, report = changed(tmp_path, LAYOUT["STAGE2_COPY_LBA"] * SECTOR, bytes(63 * SECTOR))
    assert report["verdict"] == "healthy, but only one of stage 2 and kernel has a second copy"


def test_second_kernel_must_be_the_same_as_the_first(make, tmp_path):
    other = make(SAYS_HI)[2].read_bytes()
    second, = struct.unpack_from("<I", IMAGE.read_bytes(), LAYOUT["MBR_TABLE_OFFSET"] + 16 + 8)
    status, report = changed(tmp_path, second * SECTOR, other[KERNEL:KERNEL + 2 * SECTOR])
    wrong = [f for f in report["findings"] if f["state"] == "wrong"]
    assert status == 1 and wrong[0]["name"] == "partition 2: kernel header"
    assert "not the first one's header" in wrong[0]["text"]


def test_second_stage_2_must_be_the_same_as_the_first(tmp_path):
    copy = LAYOUT["STAGE2_COPY_LBA"] * SECTOR
    word, = struct.unpack_from("<I", IMAGE.read_bytes(), copy + 8)
    other = struct.pack("<II", (word - 1) % (1 << 32), 1)       # the same sum, other words
    status, report = changed(tmp_path, copy + 8, other)
    wrong = [f for f in report["findings"] if f["state"] == "wrong"]
    assert status == 1 and [f["name"] for f in wrong] == ["stage 2, copy: code"]
    assert "whole, but not the first one" in wrong[0]["text"]


def test_partitions_that_overlap_are_wrong(tmp_path):
    status, report = changed(tmp_path, LAYOUT["MBR_TABLE_OFFSET"] + 16 + 8,
                             struct.pack("<I", LAYOUT["KERNEL_LBA"] + 1))
    assert status == 1
    assert any("before the end of what lies there" in f["text"] for f in report["findings"])


def test_rest_of_a_stick_is_not_read(tmp_path):
    """32 GB in a moment: what lies behind the image is neither ours nor looked at."""
    (tmp_path / "stick").write_bytes(IMAGE.read_bytes())
    os.truncate(tmp_path / "stick", 32 * 1000 ** 3)
    status, report = inspect(tmp_path / "stick")
    last = report["findings"][-1]
    assert status == 0 and (last["name"], last["last"]) == ("behind the image", 32 * 1000 ** 3 - 1)


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, KERNEL, 2 * MIB])
def test_garbage_is_named_not_feared(tmp_path, size):
    (tmp_path / "garbage").write_bytes(random.Random(size).randbytes(size))
    for command in ("inspect", "verify"):
        status, output = run(command, tmp_path / "garbage")
        assert status in (1, 2) and output.endswith("garbage: damaged\n")


@pytest.mark.parametrize("command", ["inspect", "verify"])
def test_folder_is_no_image(tmp_path, command):
    status, output = run(command, tmp_path)
    assert status == 2 and "Is a directory" in output and "damaged" not in output


def test_image_without_copies_is_healthy(tmp_path):
    (tmp_path / "one.img").write_bytes(without_copies(IMAGE.read_bytes()))
    status, report = inspect(tmp_path / "one.img")
    assert status == 0 and "without copies" in report["verdict"]


def test_image_cut_short_is_unreadable_not_healthy(tmp_path):
    (tmp_path / "short.img").write_bytes(IMAGE.read_bytes()[:KERNEL + 3 * SECTOR])
    assert inspect(tmp_path / "short.img")[0] == 2
    assert run("verify", tmp_path / "missing.img")[0] == 2


@pytest.mark.parametrize("offset, same", [
    (0x10, True), (0xDA, True), (0x1B8, True), (0x50, False), (0x1BE, False), (510, False),
    (STAGE2 + 3, False), (KERNEL + 700, False), (1500 * SECTOR, False)])
def test_compare_ignores_what_others_sign(tmp_path, offset, same):
    status, output = run("compare", IMAGE, damaged(tmp_path, offset))
    assert status == (0 if same else 1)
    assert "1 bytes differ" in output


def test_compare_ignores_what_lies_behind_the_image(tmp_path):
    (tmp_path / "stick").write_bytes(IMAGE.read_bytes() + os.urandom(SECTOR * 9))
    assert run("compare", IMAGE, tmp_path / "stick")[0] == 0
    (tmp_path / "stick").write_bytes(IMAGE.read_bytes()[:-SECTOR])
    assert run("compare", IMAGE, tmp_path / "stick")[0] == 1


# ---- usb --------------------------------------------------------------------------------

def usb(disk, force="", **environment):
    result = subprocess.run(["tools/usb.sh", IMAGE, str(disk), TOOL, force], cwd=ROOT, text=True,
                            timeout=60, env=os.environ | environment,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.returncode, result.stdout


@pytest.fixture
def machine(tmp_path):
    """A made-up /sys and /proc, in which a file of /dev/shm plays a stick."""
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


def test_file_is_no_stick_unless_forced(machine):
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
    # a file is forced past the first doubt; the second one must be named, too
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


@pytest.fixture
def loop_device(tmp_path):
    """A loop device, where this machine lets us have one."""
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
    """A loop device of which a made-up /sys says that it is removable: path, its node, environment."""
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


IN_USE = {
    "is mounted on /media/me": lambda node, root: (root / "mounts").write_text(
        f"/dev/{node.name} /media/me vfat rw 0 0\n"),
    "p1 is mounted on /": lambda node, root: (
        (node / f"{node.name}p1").mkdir(),
        (root / "mounts").write_text(f"/dev/{node.name}p1 / ext4 rw 0 0\n")),
    "(8:16) is mounted on /mnt": lambda node, root: (
        (node / "dev").write_text("8:16\n"),
        (root / "mountinfo").write_text("40 28 8:16 / /mnt rw - ext4 /dev/root rw\n")),
    "is swap space": lambda node, root: (root / "swaps").write_text(f"/dev/{node.name} partition\n"),
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
def test_medium_that_loses_a_byte_is_found_out(machine, tmp_path, offset):
    stick, _, _, environment = machine
    (tmp_path / "bin").mkdir()
    liar = tmp_path / "bin/dd"      # writes as it should; then one byte is another one
    liar.write_text(f'#!/bin/sh\n{shutil.which("dd")} "$@" || exit\n'
                    f"printf '\\125' | {shutil.which('dd')} of='{stick}' bs=1 seek={offset}"
                    " conv=notrunc status=none\n")
    liar.chmod(0o755)
    status, output = usb(stick, "1", PATH=f"{tmp_path}/bin:{os.environ['PATH']}", **environment)
    assert status == 1 and "not what was written" in output and "verified" not in output
    assert "1 bytes differ" in output


def test_image_is_no_stick_for_itself(tmp_path):
    path = shutil.copy(IMAGE, tmp_path / "own.img")
    result = subprocess.run(["tools/usb.sh", path, path, TOOL, "1"], cwd=ROOT, text=True, timeout=60,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert result.returncode == 1 and "this is the image itself" in result.stdout
    assert path.read_bytes() == IMAGE.read_bytes()
