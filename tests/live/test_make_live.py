"""`make live`: what it puts into the page, and what it says about inputs that it cannot use."""

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
PAGE_LIMIT = 4_000_000          # bytes that the project's own page may have


def live(*arguments):
    return subprocess.run([sys.executable, "-B", "tools/live/live.py", *map(str, arguments)], cwd=ROOT,
                          text=True, capture_output=True, timeout=120)


def parts(page):
    found = re.findall(r'<script type="application/gzip" data-part="([^"]+)">([^<]*)</script>', page)
    return {name: gzip.decompress(base64.b64decode(packed)) for name, packed in found}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    out = tmp_path_factory.mktemp("live") / "page.html"
    result = live(BUILD / "disk.img", "--out", out)
    assert result.returncode == 0, result.stderr
    return out.read_text(encoding="utf-8")


def test_the_page_holds_the_image_and_stays_small(page):
    assert parts(page)["image"] == (BUILD / "disk.img").read_bytes()
    assert len(page.encode()) <= PAGE_LIMIT


def test_the_page_asks_nothing_of_a_network(page):
    assert not re.search(r'(src|href)="(?!data:,")', page)
    for name, module in parts(page).items():
        if name.startswith("module/"):
            assert not re.search(rb"\bfetch\(|XMLHttpRequest|WebSocket|@import", module), name


def test_every_stage_has_names_lines_and_coloured_source(page):
    data = json.loads(parts(page)["data"])
    assert [program["name"] for program in data["programs"]] == ["stage1", "stage2", "kernel"]
    paths = {file["path"]: file["lines"] for file in data["files"]}
    for path in ("stage1/stage1.asm", "stage2/main.c", "kernel/main.c"):
        assert len(paths[path]) == len((ROOT / path).read_text().splitlines())
        assert any("<i class=" in line for line in paths[path])
    assert not any(path.startswith(("/", "..")) for path in paths)


def test_the_tables_are_those_of_include(page):
    data = json.loads(parts(page)["data"])
    assert [row["name"] for row in data["milestones"]][0] == "STAGE2"
    assert [31, "PG", "paging"] in data["bits"]["CR0"]
    assert data["exceptions"][14] == ["#PF", "page fault"]
    owners = {row["from"]: row["what"] for row in data["owners"]}
    assert owners[0x7C00].startswith("the MBR") and owners[0x20000].startswith("bounce buffer")


def test_the_same_input_gives_the_same_page(page, tmp_path):
    live(BUILD / "disk.img", "--out", tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_a_foreign_image_has_no_names_of_ours(tmp_path):
    image = tmp_path / "other.img"
    image.write_bytes(b"\xeb\xfe".ljust(510, b"\0") + b"\x55\xaa")
    result = live(image, "--out", tmp_path / "page.html")
    assert result.returncode == 0, result.stderr
    data = json.loads(parts((tmp_path / "page.html").read_text())["data"])
    assert data["programs"] == [] and data["image"] == {"name": "other.img", "bytes": 512}
    at_milestone = live(image, "--at", "LONG_MODE", "--out", tmp_path / "at.html")
    assert at_milestone.returncode == 1, "nothing in this image can pass that milestone"
    assert "neither a milestone (RESET, MBR), nor a function" in at_milestone.stderr


@pytest.mark.parametrize("arguments, sentence", [
    (["no-such.img"], r"no-such\.img cannot be read: No such file"),
    (["empty.img"], r"empty\.img is empty, so there is nothing to boot"),
    (["disk.img", "--elf", "no-such.elf"], r"no-such\.elf cannot be read: No such file"),
    (["disk.img", "--elf", "text.elf"], r"text\.elf is not an ELF file, or a damaged one"),
    (["disk.img", "--elf", "cut.elf"], r"cut\.elf is not an ELF file, or a damaged one"),
    (["disk.img", "--at", "nowhere"], r"AT=nowhere: this is neither a milestone \(RESET, MBR, STAGE2, "),
    (["disk.img", "--at", "kernel_main~x"], r'AT=kernel_main~x: "~" must be followed by the number'),
])
def test_inputs_that_cannot_be_used_get_a_sentence(tmp_path, arguments, sentence):
    (tmp_path / "empty.img").touch()
    (tmp_path / "disk.img").write_bytes((BUILD / "disk.img").read_bytes())
    (tmp_path / "text.elf").write_text("no ELF file")
    (tmp_path / "cut.elf").write_bytes((BUILD / "kernel.elf").read_bytes()[:3000])
    paths = [tmp_path / argument if "." in argument else argument for argument in arguments]
    result = live(*paths, "--out", tmp_path / "page.html")
    assert result.returncode == 1
    assert re.search(sentence, result.stderr), result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "page.html").exists()


def test_what_looks_wrong_but_can_be_tried_is_a_note(tmp_path):
    image = tmp_path / "no-signature.img"
    image.write_bytes(bytes(1024))
    result = live(image, "--elf", BUILD / "stage2.elf", "--out", tmp_path / "page.html")
    assert result.returncode == 0
    assert "does not end with 55h AAh" in result.stderr
    assert re.search(r"the code of .*stage2\.elf is not in this image", result.stderr)


def test_a_line_with_code_is_a_place_to_start_at(page, tmp_path):
    data = json.loads(parts(page)["data"])
    stage2 = data["programs"][1]
    _, _, line = next(row for row in stage2["lines"] if data["files"][row[1]]["path"] == "stage2/main.c")
    assert live(BUILD / "disk.img", "--at", f"main.c:{line}~3+2", "--out", tmp_path / "page.html").returncode == 0
    part = live(BUILD / "disk.img", "--at", f"ain.c:{line}", "--out", tmp_path / "part.html")
    assert part.returncode == 1 and "nor a line with code" in part.stderr, "half a file's name"


@pytest.mark.parametrize("place", ["LONG_MODE", "long_mode", "kernel_main", "load~2", "#MBR+12"])
def test_a_place_to_start_at_goes_into_the_page(tmp_path, place):
    result = live(BUILD / "disk.img", "--at", place, "--out", tmp_path / "page.html")
    assert result.returncode == 0, result.stderr
    assert json.loads(parts((tmp_path / "page.html").read_text())["data"])["at"] == place.lstrip("#")
