"""dist/ as somebody without the sources gets it: the page's commands are run as they stand there."""

import hashlib
import html
import os
import re
import shlex
import socket
import subprocess
import sys

import pytest

from front_door import run, until_prompt
from machine import LIMIT, require
from project import BUILD, ROOT


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    require("chromium")
    run("sh", "tools/guide/book/make.sh", str(BUILD), sys.executable, cwd=ROOT)
    dist = tmp_path_factory.mktemp("release") / "dist"
    subprocess.run([sys.executable, "-B", ROOT / "tools/release/release.py", BUILD, dist, "a compiler"],
                   cwd=ROOT, check=True, timeout=LIMIT, stdout=subprocess.PIPE)
    return dist


def page(dist):
    return (dist / "index.html").read_text()


def commands(dist, kind):
    found = re.findall(rf'<(pre|code) data-run="{kind}">(.*?)</\1>', page(dist), re.S)
    return [html.unescape(text) for _, text in found]


def test_sums_are_right_and_complete(dist):
    assert run("sha256sum", "-c", "SHA256SUMS", cwd=dist)[0] == 0
    named = [line.split(maxsplit=1)[1] for line in (dist / "SHA256SUMS").read_text().splitlines()]
    there = {str(path.relative_to(dist)) for path in dist.rglob("*") if path.is_file()}
    assert {*named, "SHA256SUMS"} == there
    assert sorted(os.listdir(dist)) == ["SHA256SUMS", "disk.img", "guide", "guide.pdf", "index.html", "kernel.elf",
                                        "live.html", "stage1.elf", "stage2.elf"]


def test_page_has_the_sum_and_links_to_what_is_there(dist):
    assert hashlib.sha256((dist / "disk.img").read_bytes()).hexdigest() in page(dist)
    assert "a compiler" in page(dist) and "@" not in re.sub(r"<style>.*?</style>", "", page(dist), flags=re.S)
    links = re.findall(r'href="([^"]*)"', page(dist))
    assert links and all((dist / link).exists() for link in links)


def test_the_line_for_qemu_boots_it(dist):
    lines = commands(dist, "boot")
    assert len(lines) == 2
    for line in lines:
        words = shlex.split(line)
        if "-nographic" not in words:       # a window, which a test does not open
            words += ["-display", "none", "-serial", "stdio"]
        assert "Hello, World!" in until_prompt(*words, cwd=dist)


def test_every_converted_image_boots(dist, tmp_path):
    require("qemu-img")
    lines = commands(dist, "convert")
    kinds = [shlex.split(line)[shlex.split(line).index("-O") + 1] for line in lines]
    assert sorted(kinds) == ["qcow2", "vdi", "vmdk", "vpc"]
    for line, kind in zip(lines, kinds):
        *command, source, target = shlex.split(line)
        subprocess.run([*command, dist / source, tmp_path / target], check=True, timeout=LIMIT)
        assert "Hello, World!" in until_prompt(
            "qemu-system-x86_64", "-accel", "tcg", "-display", "none", "-serial", "stdio",
            "-drive", f"file={tmp_path / target},format={kind}", cwd=tmp_path)


def test_the_lines_for_gdb_stop_in_the_kernel(dist):
    start, attach = commands(dist, "debug")[0].splitlines()
    with socket.socket() as any_port:
        any_port.bind(("localhost", 0))
        port = any_port.getsockname()[1]
    with subprocess.Popen([*shlex.split(start.replace("-s ", f"-gdb tcp:localhost:{port} ")),
                           "-display", "none"], cwd=dist) as qemu:
        try:
            status, output = run(*shlex.split(attach.replace(":1234", f"localhost:{port}")), "-batch", "-nx",
                                 "-iex", "set tcp connect-timeout 100", cwd=dist)
        finally:
            qemu.kill()
    assert status == 0 and re.search(r"kernel_main.*kernel/main\.c", output), output


def test_a_folder_with_something_else_in_it_stays(dist, tmp_path):
    (tmp_path / "thesis").write_text("years of work")
    status, output = run(sys.executable, "-B", "tools/release/release.py", str(BUILD), str(tmp_path), "x",
                         cwd=ROOT)
    assert status != 0 and "holds something else: thesis" in output
    assert os.listdir(tmp_path) == ["thesis"]


@pytest.mark.full
def test_hashes_name_a_compiler_each():
    lines = run("make", "-s", "hashes", f"BUILD={BUILD}", cwd=ROOT)[1].splitlines()
    assert lines and all(re.match(r"[0-9a-f]{64}  \S", line) for line in lines)
