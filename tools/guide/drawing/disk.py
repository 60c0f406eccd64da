"""Kind disk: what is where on build/disk.img, as the inspector of images finds it.

A sector's number is shown if include/layout.h fixes it; where the size of the kernel decides, it
is an ellipsis.
"""

import json
import subprocess

from drawing.canvas import LINE, Canvas
from firstlight.headers import constants

LEFT, BOX = 110, 420


def parts(build):
    """[(LBA or None, name, [what is in it])] of the image, free space left out."""
    output = subprocess.run([build / "tools/firstlight-image", "inspect", "--json", build / "disk.img"],
                            check=True, stdout=subprocess.PIPE).stdout
    fixed = {value for name, value in constants().items() if name.endswith("_LBA")} | {0}
    found = {}
    for finding in json.loads(output)["findings"]:
        group, _, name = finding["name"].partition(": ")
        if finding["state"] == "right" and name:
            lba = finding["first"] // constants()["SECTOR_SIZE"]
            found.setdefault(group, (lba if lba in fixed else None, group, []))[2].append(name)
    return list(found.values())


def draw(_, options, build):
    canvas, text = Canvas(), ["| from sector | what | what is in it |", "|---|---|---|"]
    y = 16
    for lba, group, names in parts(build):
        number = "…" if lba is None else str(lba)
        height = 2 * LINE + 12
        canvas.box(LEFT, y, BOX, height)
        canvas.text(LEFT - 10, y + LINE, f"LBA {number}", anchor="end")
        canvas.text(LEFT + 10, y + LINE, group, bold=True)
        shown = ", ".join(names)
        canvas.text(LEFT + 10, y + 2 * LINE, shown if len(shown) < 50 else f"{shown[:48]}…", "soft")
        text.append(f"| {number} | {group} | {shown} |")
        y += height + 6
    return canvas.svg(options["title"]), text
