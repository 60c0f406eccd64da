"""Boots my.img without a window until it has said what it should; `make test` runs this."""

import os
import subprocess
import sys
import threading

EXPECTED = "Hello from a kernel of my own!"
LIMIT = 30      # seconds

command = ["sh", os.environ["FIRSTLIGHT"] + "/tools/run/run.sh", "my.img"]
guest = subprocess.Popen(command, env={**os.environ, "WINDOW": "no", "SERIAL": "stdio"}, text=True,
                         errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
limit = threading.Timer(LIMIT, guest.kill)      # its output ends with it
limit.start()
lines = []
for line in guest.stdout:
    lines.append(line)
    if EXPECTED in line:
        break
limit.cancel()
guest.kill()
if not lines or EXPECTED not in lines[-1]:
    sys.exit(f"{''.join(lines)}test: the kernel did not say {EXPECTED!r} within {LIMIT} s")
print("test: passed")
