"""`make image` and firstlight-image make: any binary becomes an image that boots, or a message."""

import os
import shutil
import struct
import subprocess

import pytest

from image_tool import TOOL, make_image, run
from kernel_image import KERNEL, KERNEL_BASE, KERNEL_LOAD, SAYS_HI, SECOND_PARTITION, SECTOR, header_of
from machine import require
from outcome import assert_names
from project import BUILD, IMAGE, LAYOUT, ROOT

MIB = 1 << 20


@pytest.fixture
def make(tmp_path):
    """make(bytes, option...) writes a kernel, makes an image of it: status, output, image."""
    return lambda payload, *options: make_image(tmp_path, payload, *options)


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
                   check=True, timeout=60, stdout=subprocess.DEVNULL)
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
    second, = struct.unpack_from("<I", image, SECOND_PARTITION + 8)
    for at in (KERNEL, second * SECTOR):
        assert image[at + SECTOR:at + SECTOR + len(payload)] == payload


def test_64_mib_and_a_bit(make, boot):
    status, output, image = make(SAYS_HI + os.urandom(1 << 16) * (1 << 10) + b"!", "--copies", "1")
    assert status == 0, output
    boot(image=image, memory="256M").wait_for_text("Hi\n")


@pytest.mark.parametrize("copies", [1, 2])
@pytest.mark.parametrize("size", [1, MIB, 64 * MIB,
                                  pytest.param(600 * MIB, marks=pytest.mark.full)])
def test_images_of_every_geometry_please_sfdisk_and_the_inspector(tmp_path, size, copies):
    require("sfdisk")
    (tmp_path / "my.bin").write_bytes(SAYS_HI[:size])
    os.truncate(tmp_path / "my.bin", size)
    image = tmp_path / "my.img"
    status, output = run("make", "--kernel", tmp_path / "my.bin", "--out", image,
                         "--copies", copies)
    assert status == 0, output
    said = subprocess.run(["sfdisk", "--verify", image], text=True, timeout=60,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert said.returncode == 0 and "No errors detected" in said.stdout
    assert "warning" not in said.stdout.lower()
    status, output = run("verify", image)
    assert status == 0
    assert output.endswith("with second copies\n" if copies == 2 else "without copies\n")
    image.unlink()


def test_one_byte(make, boot):
    status, output, image = make(b"\xf4")
    assert status == 0, output
    pc = boot(image=image)
    pc.wait_for_text("Long mode: kernel entry at 0x100000.")
    pc.wait_for(lambda: pc.qmp_command("query-status")["running"], "running machine")


NO_NUMBER = "this is not a number"
LOW, PAGE, HIGH = "the BIOS use that memory", "not a multiple of 4096", "beyond 2 GiB"
OUTSIDE = "not inside the kernel's file"
REFUSED = {                     # by option: values, and what is wrong with them
    "--load": {
        NO_NUMBER: ["garbage", "", "0x", "0x100000x", " 0x100000", "+1048576", "-4096", "1e6",
                    str(1 << 64), "0x10000000000000000"],
        LOW: ["0", "0x7000", "0x8000", "0x20000", "0x9f000", "0xa0000", "0xf0000", "0xff000",
              "0xfffff"],
        PAGE: ["0x100001", "0x100800", "0x100fff", "0xffffffff", str((1 << 64) - 1)],
        HIGH: ["0x80000000", "0xfffff000", "0x100000000", hex(KERNEL_BASE + KERNEL_LOAD),
               "0xfffffffffffff000"],
    },
    "--memory": {
        NO_NUMBER: ["", "-1", "much"],
        "smaller than its file": ["0", "3", str(len(SAYS_HI) - 1)],
        HIGH: ["0x7ff00001", "0x80000000"],
        "at most 2 GiB": ["0x80000001", "0x100000000", str((1 << 64) - 1)],
    },
    "--entry": {
        NO_NUMBER: ["", "start"],
        OUTSIDE: ["0", hex(KERNEL_LOAD - 1), hex(KERNEL_LOAD + len(SAYS_HI)), hex(KERNEL_BASE),
                  hex(KERNEL_BASE + KERNEL_LOAD + len(SAYS_HI)), "0xffffffff80200000",
                  str((1 << 64) - 1)],
    },
    "--copies": {"1 or 2 copies": ["0", "3", "x", "", "01"]},
    "--colour": {"is not an option of make": ["red"]},
}


@pytest.mark.parametrize("option, value, reason", [
    (option, value, reason) for option, reasons in REFUSED.items()
    for reason, values in reasons.items() for value in values])
def test_refuses_with_a_reason_and_leaves_nothing(make, option, value, reason):
    status, output, image = make(SAYS_HI, option, value)
    assert status == 1 and reason in output and output.count("\n") == 1
    assert os.listdir(image.parent) == ["my.bin"]


def test_option_without_a_value_is_refused(make):
    assert "--load: needs a value" in make(SAYS_HI, "--load")[1]


@pytest.mark.parametrize("option, value, said", [
    ("--load", "0x7ffff000", "for 0x7ffff000"), ("--load", "01048576", "for 0x100000"),
    ("--memory", "0x7ff00000", f"{0x7ff00000} bytes in memory"),
    ("--entry", hex(KERNEL_LOAD + len(SAYS_HI) - 1), f"entry {KERNEL_LOAD + len(SAYS_HI) - 1:#x}")])
def test_goes_to_the_limit(make, option, value, said):
    status, output, _ = make(SAYS_HI, option, value)
    assert status == 0 and said in output


@pytest.mark.parametrize("command", [[], ["explode"], ["--colour"]])
def test_unknown_command_is_wrong_use(command):
    status, output = run(*command)
    assert status == 2 and "firstlight-image" in output
    if command:
        assert command[0] in output and output.count("\n") == 1


@pytest.fixture
def folder(tmp_path):
    """A folder with files that are not kernels, and one that is."""
    (tmp_path / "my.bin").write_bytes(SAYS_HI)
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "huge").touch()
    os.truncate(tmp_path / "huge", 10 << 30)                    # sparse: it takes no room
    (tmp_path / "link").symlink_to("my.bin")
    os.link(tmp_path / "my.bin", tmp_path / "same")
    return tmp_path


@pytest.mark.parametrize("kernel, out, reason", [
    ("empty", "new", "the file is empty"),
    ("folder", "new", "Is a directory"),
    ("huge", "new", "the file is too large"),
    ("missing", "new", "No such file"),
    ("", "new", "needs --kernel FILE and --out FILE"),
    ("my.bin", "", "needs --kernel FILE and --out FILE"),
    ("my.bin", "missing/new", "No such file"),
    ("my.bin", "empty/new", "Not a directory"),
    ("my.bin", "folder", "not an ordinary file"),
    ("my.bin", "/dev/full", "not an ordinary file"),
    ("my.bin", "x" * 300, "File name too long"),
    ("my.bin", "my.bin", "kernel itself"),
    ("my.bin", "./folder/../my.bin", "kernel itself"),
    ("my.bin", "link", "kernel itself"),
    ("my.bin", "same", "kernel itself"),
])
def test_refuses_files_that_cannot_be(folder, kernel, out, reason):
    before = sorted(os.listdir(folder))
    result = subprocess.run([TOOL, "make", "--kernel", kernel, "--out", out], cwd=folder, text=True,
                            timeout=60, stderr=subprocess.PIPE)
    assert result.returncode == 1 and reason in result.stderr and result.stderr.count("\n") == 1
    assert sorted(os.listdir(folder)) == before
    assert (folder / "my.bin").read_bytes() == SAYS_HI


def test_takes_what_the_linker_made(tmp_path, boot):
    status, output = run("make", "--kernel", BUILD / "kernel.elf", "--out", tmp_path / "new.img")
    assert status == 0, output
    header, ours = header_of(tmp_path / "new.img"), header_of(IMAGE)
    same = ("load_address", "entry", "file_bytes", "payload_hash")
    assert [header[name] for name in same] == [ours[name] for name in same]
    boot(image=tmp_path / "new.img").wait_for_text("\n> ")


def test_takes_elf_magic_that_is_not_entered(make):
    assert make(b"\x7fELF" + SAYS_HI, "--entry", hex(KERNEL_LOAD + 4))[0] == 0


def test_refuses_a_kernel_that_it_may_not_read(folder):
    (folder / "my.bin").chmod(0)
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    result = subprocess.run([*drop, TOOL, "make", "--kernel", "my.bin", "--out", "new"], cwd=folder,
                            text=True, timeout=60, stderr=subprocess.PIPE)
    assert result.returncode == 1 and "my.bin: Permission denied" in result.stderr
    assert not (folder / "new").exists()


def test_full_disk_leaves_no_half_image(tmp_path):
    (tmp_path / "my.bin").write_bytes(SAYS_HI)
    result = subprocess.run(["sh", "-c", f"ulimit -f 2100; exec {TOOL} make --kernel my.bin "
                             "--out my.img"], cwd=tmp_path, text=True, timeout=60,
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


@pytest.mark.parametrize("name", ["two words", "it's", "-k", "a;b", 'say "hi"', "*"])
def test_make_image_takes_any_name(tmp_path, name):
    (tmp_path / name).write_bytes(SAYS_HI)
    status = subprocess.run(["make", "-s", "image", f"KERNEL={tmp_path}/{name}", f"BUILD={BUILD}",
                             f"OUT={tmp_path}/{name}.img"], cwd=ROOT, timeout=60).returncode
    assert status == 0 and run("verify", tmp_path / f"{name}.img")[0] == 0
    inspected = subprocess.run(["make", "-s", "inspect", f"IMAGE={tmp_path}/{name}.img",
                                f"BUILD={BUILD}"], cwd=ROOT, timeout=60, stdout=subprocess.PIPE)
    assert inspected.returncode == 0 and b"healthy" in inspected.stdout


@pytest.mark.parametrize("name, value, reason", [
    ("LOAD", "$(touch hurt)", "this is not a number"), ("ENTRY", ";touch hurt", "this is not a number"),
    ("MEMSZ", "1 2", "this is not a number"), ("COPIES", "3", "1 or 2 copies"),
    ("KERNEL", "", "usage"),
])
def test_make_image_hands_nothing_to_the_shell(tmp_path, name, value, reason):
    (tmp_path / "my.bin").write_bytes(SAYS_HI)
    result = subprocess.run(["make", "-s", "image", f"KERNEL={tmp_path}/my.bin", f"BUILD={BUILD}",
                             f"OUT={tmp_path}/my.img", f"{name}={value}".replace("$", "$$")],
                            cwd=ROOT, timeout=60, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    assert result.returncode != 0 and reason in result.stdout
    assert os.listdir(tmp_path) == ["my.bin"] and not (ROOT / "hurt").exists()
