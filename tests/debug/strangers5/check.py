"""check.py IMAGES EVIDENCE [NAME...]   whether the images do in plain QEMU what expected.json says
check.py --why IMAGES ANSWERS [NAME...] what `why` says of each image of IMAGES/broken and IMAGES/sound
check.py --patterns                     whether each pattern takes the sentences of its image, and no other's

The first two are those of ../strangers4/check.py with the table of this folder.
"""

import importlib.util
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

_spec = importlib.util.spec_from_file_location("strangers4_check", os.path.join(HERE, "../strangers4/check.py"))
fourth = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fourth)

with open(os.path.join(HERE, "expected.json"), encoding="utf-8") as _file:
    EXPECTED = json.load(_file)
fourth.EXPECTED = fourth.check.EXPECTED = EXPECTED
fourth.check.watcher.HERE = HERE
fourth.__doc__ = __doc__


def patterns():
    """What is wrong with the patterns, as a list."""
    broken = {name: facts for name, facts in EXPECTED.items() if "pattern" in facts}
    wrong = []
    for name, facts in broken.items():
        for other, theirs in broken.items():
            for sentence in theirs["sentences"]:
                if bool(re.search(facts["pattern"], sentence)) != (name == other):
                    wrong.append(f"{name}'s pattern and {other}'s: {sentence}")
        wrong += [f"{name}'s pattern takes: {sentence}" for sentence in facts.get("not", [])
                  if re.search(facts["pattern"], sentence)]
    return wrong


if __name__ == "__main__":
    if sys.argv[1:] == ["--patterns"]:
        sys.exit("\n".join(patterns()))
    fourth.main()
