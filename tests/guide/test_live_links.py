"""Each instant that a chapter links to is one that the boot reaches: one engine follows them all."""

import json
import os
import subprocess
import sys

import plan
from machine import require
from page import LIVE
from project import IMAGE, ROOT

LIMIT = 600     # seconds


def test_every_link_to_an_instant_leads_there(tmp_path):
    require("node")
    links = [{"page": chapter.file, "place": match[1]}
             for chapter in plan.written() for match in LIVE.finditer(chapter.path.read_text())]
    assert len(links) >= len(plan.written())
    names = tmp_path / "names.json"
    subprocess.run([sys.executable, "-B", "tools/live/live.py", IMAGE, "--data", names], cwd=ROOT,
                   check=True, timeout=LIMIT)
    result = subprocess.run(["node", "--test", "tests/guide/live_links.test.mjs"], cwd=ROOT, text=True,
                            timeout=LIMIT, check=False, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT,
                            env=os.environ | {"LINKS": json.dumps(links), "NAMES": str(names)})
    assert result.returncode == 0, result.stdout
