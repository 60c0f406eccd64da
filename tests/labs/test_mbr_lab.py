"""Lab 3's MBR is a link of the chain: it is small, and the rest of Firstlight boots with it."""

import pytest

from machine import Machine
from project import IMAGE, LAYOUT
from submissions import all_of

RIGHT = [submission for submission in all_of("reference", "right-") if submission.lab.number == 3]
REFERENCE_MOST = 220    # bytes of code and data


@pytest.mark.parametrize("submission", RIGHT, ids=lambda submission: submission.name)
def test_firstlight_boots_with_the_student_s_mbr(submission, graded, tmp_path):
    with open(graded(submission)["image"], "rb") as file:
        mbr = file.read(LAYOUT["SECTOR_SIZE"])
    image = tmp_path / "disk.img"
    ours = IMAGE.read_bytes()
    kept = LAYOUT["MBR_SIGNATURE_OFFSET"]
    image.write_bytes(mbr[:kept] + ours[kept:])
    if submission.name == "reference":
        assert len(mbr[:kept].rstrip(b"\0")) <= REFERENCE_MOST
    with Machine(image) as pc:
        pc.wait_for_prompt()
        assert pc.resets == 0
