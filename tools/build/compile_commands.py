"""Writes compile_commands.json: how each C file is compiled, for clangd and other readers of code.

    tools/build/compile_commands.py COMMAND FILE... [-- COMMAND FILE...]...

`make compile-commands` runs this.  A file that two programs share counts for the first.
"""

import itertools
import json
import shlex
import sys
from pathlib import Path


def main(words):
    entries = {}
    for is_end, group in itertools.groupby(words, lambda word: word == "--"):
        if not is_end:
            command, *files = group
            for file in files:
                entries.setdefault(file, {
                    "directory": str(Path.cwd()), "file": file,
                    "arguments": [*shlex.split(command), "-c", file]})
    Path("compile_commands.json").write_text(json.dumps(list(entries.values()), indent=1) + "\n")
    print(f"compile_commands.json: {len(entries)} files")


if __name__ == "__main__":
    main(sys.argv[1:])
