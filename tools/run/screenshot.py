"""Takes the README's picture: the screen after a boot and the command `boot`.

    tools/run/screenshot.py build/disk.img docs/images/prompt.png
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "shared"))
from guest import Guest, Trouble, fail  # noqa: E402

PROMPT = "\n> "


def main(image, picture):
    with Guest(image) as pc:
        pc.wait_for(PROMPT)
        pc.type("boot\r")
        chart = pc.wait_for(PROMPT)
        pc.wait_for_screen(chart.rstrip().rsplit("\n", 1)[1])
        pc.qmp_command("screendump", filename=str(Path(picture).resolve()), format="png")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Trouble as trouble:
        fail(trouble)
