"""check.py IMAGES EVIDENCE [NAME...]   whether the images do in plain QEMU what expected.json says
check.py --why IMAGES ANSWERS [NAME...] what `why` says of each image of IMAGES/broken and IMAGES/sound
check.py --patterns                     whether each pattern takes the sentences of its image, and no other's

All three are those of ../strangers5/check.py with the table of this folder.
"""

import importlib.util
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

_spec = importlib.util.spec_from_file_location(
    "strangers5_check", os.path.join(HERE, "../strangers5/check.py"))
fifth = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fifth)

with open(os.path.join(HERE, "expected.json"), encoding="utf-8") as _file:
    EXPECTED = json.load(_file)
fifth.EXPECTED = fifth.fourth.EXPECTED = fifth.fourth.check.EXPECTED = EXPECTED
fifth.fourth.check.watcher.HERE = HERE
fifth.__doc__ = fifth.fourth.__doc__ = __doc__

if __name__ == "__main__":
    if sys.argv[1:] == ["--patterns"]:
        sys.exit("\n".join(fifth.patterns()) or 0)
    fifth.fourth.main()
