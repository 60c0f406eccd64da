"""docs/image-tools.md: every command in it, and what it really prints.

Numbers are not compared: sizes, hashes and sums change with every build.
"""

import os
import re
import subprocess

import pytest

from project import BUILD, ROOT

DOCUMENT = ROOT / "docs/image-tools.md"
NUMBER = re.compile(r"\b(0x)?[0-9a-f]*\d[0-9a-f]*h?\b|\b[0-9a-f]{8}\b")
UNSTABLE = re.compile(r"^(Tool chain:|make: |  [A-Z0-9]+ +\S+$).*\n", re.M)  # make's own words


def commands():
    """Every "$ command" of the console blocks, with the lines below it."""
    blocks = re.findall(r"^```console\n(.*?)^```$", DOCUMENT.read_text(), re.M | re.S)
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.M)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What each command prints now; /tmp stands for the test's own folder."""
    folder = str(tmp_path_factory.mktemp("image-docs"))
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith("MAKE") and name != "MFLAGS"}
    outputs = []
    for command, _ in commands():
        command = command.replace("/tmp", folder).replace("build/", f"{BUILD}/")
        result = subprocess.run(["sh", "-c", command], cwd=ROOT, env=environment, text=True,
                                timeout=120, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output = result.stdout.replace(folder, "/tmp").replace(f"{BUILD}/", "build/")
        outputs.append(UNSTABLE.sub("", output))
    return outputs


def words(text):
    """Without numbers and without the blanks that align them."""
    return re.sub(r"[ \t]+", " ", NUMBER.sub("#", text))


def test_every_command_of_the_tool_is_shown():
    usage = subprocess.run([BUILD / "tools/firstlight-image", "--help"], text=True, check=True,
                           timeout=10, stdout=subprocess.PIPE).stdout
    names = re.findall(r"^  ([a-z]+) ", usage, re.M)
    shown = " ".join(command for command, _ in commands())
    assert names and "make -s image" in shown and "make -s usb" in shown
    assert [name for name in names if f"firstlight-image {name} " not in shown] == []


@pytest.mark.parametrize("index", range(len(commands())), ids=lambda n: commands()[n][0][:40])
def test_the_document_shows_what_is_said(said, index):
    assert words(said[index]) == words(commands()[index][1])
