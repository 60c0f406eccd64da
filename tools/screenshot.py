"""Takes the README's picture: the screen after a boot and the command `boot`.

    tools/screenshot.py build/disk.img docs/images/prompt.png
"""

import sys
from pathlib import Path

from guest import Guest

PROMPT = "\n> "


def main(image, picture):
    with Guest(image) as pc:
        pc.wait_for(PROMPT)
        pc.type("boot\r")
        chart = pc.wait_for(PROMPT)
        pc.wait_for_screen(chart.rstrip().rsplit("\n", 1)[1])
        pc.qmp_command("screendump", filename=str(Path(picture).resolve()), format="png")


if __name__ == "__main__":
    main(*sys.argv[1:])
