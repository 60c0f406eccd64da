"""The generated pages of the documentation match their sources."""
import re
import subprocess
import sys

import project
import sources
from machine import LIMIT


def test_errors_page_is_the_catalogue():
    made = subprocess.run([sys.executable, "tools/build/errors.py"], cwd=project.ROOT, check=True,
                          capture_output=True, text=True).stdout
    assert made == (project.ROOT / "docs/errors.md").read_text(), \
        "run tools/build/errors.py > docs/errors.md"


def test_errors_page_has_every_entry_of_the_catalogue():
    source = (project.ROOT / "include/errors.def").read_text()
    rows = re.findall(r"^\| (MBR .|E\d+) \|", (project.ROOT / "docs/errors.md").read_text(), re.M)
    assert len(rows) == len(re.findall(r"^(?:MBR_)?ERROR\(", source, re.M))
    assert len(rows) == len(set(rows)), "a number or letter stands for two errors"


def test_mbr_page_shows_every_byte_of_this_builds_code():
    sys.path.append(str(project.ROOT / "tools/build"))
    import mbr_page
    page = (project.ROOT / "docs/mbr.md").read_text()
    assert page == mbr_page.page(page, project.BUILD), \
        "run tools/build/mbr_page.py build > /tmp/mbr.md && mv /tmp/mbr.md docs/mbr.md"
    end = 0
    for at, length, _ in (row for row in mbr_page.listing(project.BUILD) if len(row) == 3):
        assert at == end or at in mbr_page.SECTIONS.values()
        assert f"    {mbr_page.BASE + at:04X}  " in page
        end = at + length
    assert end == project.LAYOUT["SECTOR_SIZE"]


def test_no_text_has_the_habits_of_a_translation():
    sys.path.append(str(project.ROOT / "tools/english"))
    import habits
    sample = f"It is no use,\nand it is {'no'} address, {'too'}."     # the braces hide it from itself
    assert [line for line, _, _ in habits.habits(sample)] == [2, 2]
    found = [line for path in sources.files() if habits.is_ours(path)
             for line in habits.complaints(path, (project.ROOT / path).read_text(errors="replace"))]
    assert not found, "\n".join(found)


def test_readmes_picture_can_be_taken_again(tmp_path):
    picture = tmp_path / "prompt.png"
    subprocess.run([sys.executable, "-B", project.ROOT / "tools/run/screenshot.py", project.IMAGE,
                    picture], check=True, timeout=LIMIT)
    assert picture.read_bytes().startswith(b"\x89PNG")
