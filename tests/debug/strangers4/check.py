"""check.py IMAGES EVIDENCE [NAME...]   whether the images do in plain QEMU what expected.json says
check.py --why IMAGES ANSWERS [NAME...] what `why` says of each image of IMAGES/broken and IMAGES/sound

The first is ../strangers3/check.py with the table of this folder.  The second
keeps each whole answer in ANSWERS, and prints whether the first sentence of a
broken image's matches its pattern, and which exit status a sound image got.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../../..")
LIMIT = 900     # seconds an image: `why` has limits of its own, which come first

_spec = importlib.util.spec_from_file_location("strangers3_check", os.path.join(HERE, "../strangers3/check.py"))
check = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(check)

with open(os.path.join(HERE, "expected.json"), encoding="utf-8") as _file:
    EXPECTED = json.load(_file)
check.EXPECTED, check.watcher.HERE = EXPECTED, HERE


def ask(image):
    """The exit status of `why`, and all that it says."""
    done = subprocess.run([sys.executable, "-B", os.path.join(ROOT, "tools/why/why.py"), image, "--tool",
                           os.path.join(ROOT, "build/tools/firstlight-image")],
                          check=False, timeout=LIMIT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def first_sentence(answer):
    """Up to the first full stop with a space or the end after it."""
    return re.split(r"(?<=\.)\s", " ".join(answer.split()), maxsplit=1)[0]


def measure(images, answers, names):
    os.makedirs(answers, exist_ok=True)
    for name in names or EXPECTED:
        facts = EXPECTED[name]
        status, answer = ask(os.path.join(images, name + ".img"))
        with open(os.path.join(answers, name.replace("/", "-") + ".txt"), "w", encoding="utf-8") as file:
            file.write(answer)
        said = first_sentence(answer)
        right = re.search(facts["pattern"], said) if "pattern" in facts else status == facts["exit_status"]
        print("right" if right else "WRONG", name, f"(exit status {status}):", said, flush=True)


def main():
    if len(sys.argv) < 3 + ("--why" in sys.argv):
        sys.exit(__doc__)
    if sys.argv[1] == "--why":
        measure(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        check.watcher.main()


if __name__ == "__main__":
    main()
