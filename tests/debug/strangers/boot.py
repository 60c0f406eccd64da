#!/usr/bin/env python3
"""boot.py IMAGE... - boots each image in QEMU for some seconds and says what happened.

It stops at the first reset (-no-reboot).  The log of interrupts stays in IMAGE.log.
"""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS = 6


def boot(image):
    log = Path(f"{image}.log")
    with tempfile.TemporaryDirectory() as folder:
        text, serial = Path(folder, "text"), Path(folder, "serial")
        qemu = subprocess.Popen(
            ["nice", "timeout", "20", "qemu-system-x86_64", "-accel", "tcg", "-m", "128", "-no-reboot",
             "-display", "none", "-monitor", "stdio", "-serial", f"file:{serial}", "-snapshot",
             "-drive", f"file={image},format=raw", "-d", "int,cpu_reset", "-D", log],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        time.sleep(SECONDS)
        try:
            answer, _ = qemu.communicate(f"stop\npmemsave 0xb8000 4000 \"{text}\"\ninfo registers\n"
                                         "x /6i $pc\nquit\n")
        except BrokenPipeError:
            answer = ""
        screen = text.read_bytes()[::2].decode("cp437") if text.exists() else ""
        sent = serial.read_text(errors="replace")
    print(f"=== {image}")
    for line in re.findall(".{80}", screen):
        if line.strip("\0 "):
            print("  |", line.replace("\0", " ").rstrip())
    for line in sent.splitlines()[-6:]:
        print("  serial:", line)
    print("  " + "\n  ".join(line for line in answer.splitlines()
                            if re.match(r"[ER]IP=|[ER]AX|[ER]SI|CS |CR0|0x", line)) if answer
          else "  QEMU ended by itself")
    events = log.read_text(errors="replace")
    exceptions = re.findall(r"^ *\d+: v=(\w\w) e=(\w+) .*?IP=\w+:(\w+)", events, re.M)
    print("  last interrupts:", exceptions[-4:], "triple fault" if "Triple fault" in events else "",
          len(exceptions), "in all")


for path in sys.argv[1:]:
    boot(path)
