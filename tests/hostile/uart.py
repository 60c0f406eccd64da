"""A boot whose accesses to COM1 are counted, by QEMU's trace: no hook of a service can see them.

The loader's assembly code asks the port before each byte whether it may send.  QEMU's port
always says yes, so that one question a byte is enough; more are a wait for something else.
"""

import re
import tempfile
from dataclasses import dataclass

import runner
from cases import SECOND_DISK, Case, case
from project import IMAGE

TRACED = ("-trace", "serial_read", "-trace", "serial_write")
ACCESS = re.compile(r"^serial_(?:read read|write write) addr 0x0([05]) ", re.M)
CPU_LIMIT = 3           # seconds: a loop that asks 65,536 times a byte fills a disk


@dataclass(frozen=True)
class TracedCase(Case):
    """A case that also fails if COM1 is asked more than once before a byte."""

    def __str__(self):
        return f"{super().__str__()} (COM1 traced)"

    def boot(self, image=IMAGE, cpu_limit=CPU_LIMIT):
        with tempfile.NamedTemporaryFile(prefix="firstlight-") as log:
            outcome = runner.boot(image, self.medium(**SECOND_DISK), *TRACED, "-D", log.name,
                                  cpu_limit=min(cpu_limit, CPU_LIMIT))
            accesses = "".join(ACCESS.findall(log.read().decode()))
        if "55" in accesses[:accesses.rfind("0")]:      # after it, keys are waited for
            outcome.end = "waits for a port that is ready"
        return outcome


# What stage 1 prints, and the real-mode loader.
TRACED_CASES = [TracedCase(case(name).modes) for name in ("dead-disk", "bad-rests")]
