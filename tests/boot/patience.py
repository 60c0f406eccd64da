"""How long to wait for a guest, fair on a busy machine.

A guest that computes is given `limit` seconds of processor time, and one that sleeps `limit`
seconds by the clock: a guest that merely gets no processor has used up neither.
"""

import os
import time
from pathlib import Path

TICK = 1.0                  # seconds between two looks
AT_MOST = 10                # times the limit, by the clock


def cpu_seconds(process):
    """The processor time that a process has used."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0                # it has ended
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wants_processor(process):
    """Whether a thread of it runs or is ready to run: a sleeping one has nothing to do."""
    for path in Path(f"/proc/{process.pid}/task").glob("*/stat"):
        try:
            state = path.read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            continue                # the thread has ended meanwhile
        if state in "RD":
            return True
    return False


def wait(changed, condition, process, limit):
    """Waits on the condition variable `changed`, which is held, until condition() or the limit."""
    end, left, used = time.monotonic() + AT_MOST * limit, limit, cpu_seconds(process)
    while left > 0 and time.monotonic() < end:
        if changed.wait_for(condition, min(TICK, left)):
            return
        now = cpu_seconds(process)
        left -= (now - used) if wants_processor(process) else TICK
        used = now
