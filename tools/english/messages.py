"""Lists every message that users see, beside its wording at an earlier commit.

    messages.py [--base REVISION] [--changed] [FOLDER...]

`make messages BASE=REVISION` runs this.  It prints a Markdown table with a row for each
message: the file, the old words, and the new ones or "kept"; "(new)" and "(removed)" stand
for a missing side.  It shows what was reworded, so that a reader can judge it without
reading the diff of the code around it.

readers.py finds them: in C, in the .def tables, in NASM, in Python (including docstrings of
GDB's commands, which `help` shows), in shell, in make, and in the live page.
"""

import argparse
import difflib
import subprocess
import sys
from pathlib import Path

from readers import messages

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ["Makefile", "disk.img.mk", "stage1", "stage2", "kernel", "lib", "include", "tools",
           "docs/example", "tests/run.py", "tests/fuzz/fuzz.mk"]
NOT_SAID = [":(exclude)tools/live/engine/built", ":(exclude)tools/english/habits.py"]


def git(*arguments):
    return subprocess.run(["git", "-C", str(ROOT), *arguments], check=True, text=True,
                          errors="replace", stdout=subprocess.PIPE).stdout


def at(revision, path):
    """A file's text at a revision; None if it did not exist."""
    shown = subprocess.run(["git", "-C", str(ROOT), "show", f"{revision}:{path}"], text=True,
                           errors="replace", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return shown.stdout if shown.returncode == 0 else None


def files_then_and_now(base, folders):
    """Pairs (path then, path now), either of which may be None; renamed files are one pair."""
    now = set(git("ls-files", "--", *folders, *NOT_SAID).split("\n")) - {""}
    then = {path: path for path in git("ls-tree", "-r", "--name-only", base, "--",
                                       *folders).split("\n")
            if path and "/built/" not in path}
    for line in git("diff", "-M40", "--name-status", base, "--", *folders).splitlines():
        status, *paths = line.split("\t")
        if status.startswith("R"):
            then[paths[0]] = paths[1]
    pairs = [(old, new if new in now else None) for old, new in then.items()]
    pairs += [(None, new) for new in now - set(then.values())]
    return sorted(pairs, key=lambda pair: pair[1] or pair[0])


def rows(old, new):
    """Old and new list of messages side by side, in order."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = old[old_from:old_to], new[new_from:new_to]
        for i in range(max(len(before), len(after))):
            yield (before[i] if i < len(before) else None, after[i] if i < len(after) else None)


def cell(words):
    return words.replace("|", "\\|").replace("`", "'")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--base", default="HEAD", help="the commit to compare with")
    parser.add_argument("--changed", action="store_true", help="leave out what was kept")
    parser.add_argument("folders", nargs="*", default=FOLDERS)
    arguments = parser.parse_args()

    count = {"kept": 0, "changed": 0, "(new)": 0, "(removed)": 0}
    print("| file | old | new |\n|---|---|---|")
    for then, now in files_then_and_now(arguments.base, arguments.folders):
        old = messages(then, at(arguments.base, then)) if then else []
        new = messages(now, (ROOT / now).read_text(errors="replace")) if now else []
        for before, after in rows(old, new):
            kind = ("kept" if before == after else "(new)" if before is None
                    else "(removed)" if after is None else "changed")
            count[kind] += 1
            if kind != "kept" or not arguments.changed:
                shown = {"changed": after, "(new)": after}.get(kind, kind)
                print(f"| {now or then} | {cell(before or '(new)')} | {cell(shown)} |")
    print(", ".join(f"{number} {kind.strip('()')}" for kind, number in count.items()),
          file=sys.stderr)


if __name__ == "__main__":
    main()
