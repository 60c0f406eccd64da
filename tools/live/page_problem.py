"""What the caller of `make live` can fix, in one sentence, and what they should know."""

import sys


class Problem(Exception):
    pass


def note(text):
    print(f"live: note: {text}", file=sys.stderr)
