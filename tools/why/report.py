"""A report of `make why`: its lines for people, and the same facts as JSON for programs."""

import json
from typing import NamedTuple

from firstlight import findings

SOUND, EXPLAINED, UNEXPLAINED, UNUSABLE = range(4)
VERDICTS = ("sound", "explained", "unexplained")
MOST_ALSO = 2               # findings that are listed beside the first


class Report(NamedTuple):
    status: int             # SOUND, EXPLAINED or UNEXPLAINED
    end: str                # how the boot ended: a kind of ending.End; "file" if nothing ran
    found: list             # of Finding, the cause first
    evidence: list          # lines
    head: tuple = ()        # lines before the cause
    last: tuple = ()        # lines at the end

    def lines(self):
        listed = findings.lines(self.found[:1 + MOST_ALSO])
        return [*self.head, *listed[:2], *self.evidence, *listed[2:], *self.last]

    def json(self):
        """README.md has the fields; what is not known is null."""
        facts = [{"kind": one.kind, "cause": one.cause, "try": one.advice}
                 for one in self.found[:1 + MOST_ALSO]]
        first = facts[0] if facts else dict.fromkeys(("kind", "cause", "try"))
        return json.dumps({"verdict": VERDICTS[self.status], "end": self.end, **first, "also": facts[1:],
                           "evidence": [*self.head, *self.evidence, *self.last]}, indent=2)
