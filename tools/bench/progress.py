"""Shows on the terminal what is being measured: a line that the next one replaces."""

import sys

_shown = False


def doing(text):
    """On a terminal the line is replaced; a log gets one line each."""
    global _shown
    if sys.stderr.isatty():
        print(f"\r\033[K  {text} ...", end="", file=sys.stderr, flush=True)
        _shown = True
    else:
        print(f"  {text} ...", file=sys.stderr, flush=True)


def say(text=""):
    """Prints a line of the result."""
    global _shown
    if _shown:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
        _shown = False
    print(text, flush=True)
