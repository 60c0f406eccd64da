"""check.py IMAGES EVIDENCE [NAME...] - whether the images do in plain QEMU what expected.json says

As ../strangers2/check.py, which does the work; here a sound image may also
have `keys`: once it shows `after`, `press` is pressed, and only then it can
show what it `shows`.
"""

import importlib.util
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

_spec = importlib.util.spec_from_file_location("strangers2_check", os.path.join(HERE, "../strangers2/check.py"))
watcher = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(watcher)


class Guest(watcher.Guest):
    """A run in which somebody presses the keys that the image waits for."""

    def __init__(self, image, folder):
        super().__init__(image, folder)
        kind, own = os.path.normpath(image).removesuffix(".img").split(os.sep)[-2:]
        self.keys = EXPECTED.get(f"{kind}/{own}", {}).get("keys")

    def look(self):
        alive = super().look()
        if alive and self.keys and re.search(self.keys["after"], self.serial + self.screen):
            for key in self.keys["press"]:
                self.human("sendkey " + key)
            self.keys = None
        return alive


with open(os.path.join(HERE, "expected.json"), encoding="utf-8") as _file:
    EXPECTED = json.load(_file)
watcher.HERE, watcher.Guest = HERE, Guest


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    watcher.main()
