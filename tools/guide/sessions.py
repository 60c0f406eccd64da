"""Sessions: runs the commands of a marker and gives what a reader would see, made the same for
every compiler and every version of the tools.

A marker has one command per line; an indented line below it says what to do with its output:

    only REGEX      keep the lines that match, "..." for each gap
    drop REGEX      leave out the lines that match, without a sign
    mask REGEX      its group 1, or all of the match, becomes one character: …
    lines N         the first N lines, then "..."
    hide            nothing of it
    until REGEX     (prompt) wait for this instead of the next prompt
"""

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import contract
from page import Mistake
from plan import ROOT

LIMIT = 120             # seconds for a session; most take one
MASK = "…"
GAP = "..."

# What GDB prints at each stop in addition to our banner, which says the same
NOISE = re.compile(
    r"^(\s*|Continuing\.|Starting program.*"
    r"|((Temporary|Hardware assisted) )?[Bb]reakpoint \d+, .*|Temporary hardware .*, .*"
    r"|0x[0-9a-f]+ in \S+ \(.*"
    r"|[\w.]+ \(.*\) (at|from) \S+|\[Inferior \d.*|warning: .*|determining executable.*)$")
ALWAYS = [(re.compile(r"\b([\w-]+\.(?:asm|inc|c|h)):\d+"), rf"\1:{MASK}"),
          (re.compile(r"^(?:0x[0-9a-f]+\t)?\d+\t"), f"{MASK}\t"),
          # a program of docs/guide/steps/ is below 8000h, wherever it was built
          (re.compile(r"(breakpoint \d+ at )0x(?!7[0-9a-f]{3}\b)[0-9a-f]+"), rf"\1{MASK}"),
          (re.compile(r"\bprocess \d+"), f"process {MASK}")]
# what would make a `make` in a session a part of the one that runs us; which compiler stays
INHERITED = ("V", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "WERROR", "DISPLAY",
             "WAYLAND_DISPLAY", "STEP")


@dataclass
class Command:
    text: str
    rules: list = field(default_factory=list)       # [(word, argument)]

    def rule(self, word):
        return next((argument for name, argument in self.rules if name == word), None)


def commands(block):
    found = []
    for line in block.lines:
        if not line[0].isspace():
            found.append(Command(line.strip()))
            continue
        word, _, argument = line.strip().partition(" ")
        if not found or word not in ("only", "drop", "mask", "lines", "hide", "until"):
            raise Mistake(f"{block.kind} {block.name}: {line.strip()!r} is not a rule for output")
        found[-1].rules.append((word, argument.strip()))
    return found


def _masked(pattern, line):
    def cover(match):
        if not match.re.groups:
            return MASK
        start, end = match.start(1) - match.start(), match.end(1) - match.start()
        return match[0][:start] + MASK + match[0][end:] if match[1] is not None else match[0]

    return re.sub(pattern, cover, line)


def shown(command, output):
    """The lines of a command's output as they stand in the page."""
    if command.rule("hide") is not None:
        return []
    lines = [line.rstrip() for line in output.splitlines()]
    for word, argument in command.rules:
        if word == "drop":
            lines = [line for line in lines if not re.search(argument, line)]
    kept = [argument for word, argument in command.rules if word == "only"]
    if kept:
        lines = _with_gaps([(any(re.search(a, line) for a in kept), line) for line in lines])
    if command.rule("lines"):
        number = int(command.rule("lines"))
        lines = lines[:number] + ([GAP] if len(lines) > number else [])
    for pattern, replacement in ALWAYS:
        lines = [pattern.sub(replacement, line) for line in lines]
    for word, argument in command.rules:
        if word == "mask":
            lines = [_masked(argument, line) for line in lines]
    return lines


def _with_gaps(pairs):
    lines = []
    for is_kept, line in pairs:
        if is_kept:
            lines.append(line)
        elif lines[-1:] != [GAP]:
            lines.append(GAP)
    return lines


def environment(**more):
    return {name: value for name, value in os.environ.items()
            if name not in INHERITED} | {"LC_ALL": "C.UTF-8", "TERM": "dumb"} | more


CHANGED = "build/changed.img"


def _renamed(text, old, new):
    return re.sub(rf"(?<![\w./-]){re.escape(old)}/", lambda _: f"{new}/", text)


def in_folder(text, build):
    """A command of a page, where the folder is build/, for another one."""
    return _renamed(text, "build", os.path.relpath(build, ROOT))


def as_in_page(output, build):
    return _renamed(output, os.path.relpath(build, ROOT), "build")


def same_build(build):
    """What makes a `make` in a session use this folder, and not build it again with another compiler."""
    clang = {"LLVM": "1"} if "LLVM=1" in (build / "toolchain").read_text() else {}
    return {"BUILD": os.path.relpath(build, ROOT)} | clang


@dataclass
class Image:
    """The disk of a session: the project's, a step's, or a copy of the project's with bytes changed."""
    path: Path
    step: str = ""
    changes: list = field(default_factory=list)     # [(offset, bytes)]

    def start(self, command):
        """The lines that a reader types to get there."""
        if not self.changes:
            return [f"$ {command}{f' STEP={self.step}' if self.step else ''}"]
        copy = [f"$ cp build/disk.img {CHANGED}"]
        for offset, new in self.changes:
            escaped = "".join(f"\\x{byte:02x}" for byte in new)
            copy.append(f"$ printf '{escaped}' | dd of={CHANGED} bs=1 seek={offset} conv=notrunc "
                        "status=none")
        return [*copy, f"$ {command} IMAGE={CHANGED}"]

    @contextlib.contextmanager
    def ready(self):
        """The path of the image to boot."""
        if not self.changes:
            yield self.path
            return
        with tempfile.TemporaryDirectory(prefix="firstlight-") as folder:
            copy = Path(folder, "changed.img")
            data = bytearray(self.path.read_bytes())
            for offset, new in self.changes:
                data[offset:offset + len(new)] = new
            copy.write_bytes(data)
            # the debugger takes the kernel's names from beside the image
            shutil.copy(self.path.with_name("kernel.elf"), copy.with_suffix(".elf"))
            yield copy


def image_of(block, build):
    step = block.options.get("image")
    if not step:
        changes = [change.split(":") for change in block.options.get("patch", "").split()]
        return Image(build / "disk.img", "", [(contract.value(offset), bytes.fromhex(new))
                                              for offset, new in changes])
    image = build / "steps" / f"{step}.img"
    if not image.exists():
        raise Mistake(f"{block.kind} {block.name}: there is no step {step}")
    return Image(image, step)


# ---- GDB ---------------------------------------------------------------------------

def run_gdb(block, all_commands, build):
    """The output of each command of one session."""
    words = []
    for number, command in enumerate(all_commands):
        words += ["-ex", f"echo \\n@{number}@\\n", "-ex", in_folder(command.text, build)]
    words += ["-ex", f"echo \\n@{len(all_commands)}@\\n"]
    with tempfile.TemporaryDirectory(prefix="firstlight-") as folder, \
            image_of(block, build).ready() as image, open(build / "serial.lock", "w") as lock:
        # all sessions write build/serial.log; one that reads it is alone
        reads = any("serial.log" in command.text for command in all_commands)
        fcntl.flock(lock, fcntl.LOCK_EX if reads else fcntl.LOCK_SH)
        step = [] if image == build / "disk.img" else [f"--image={image}"]
        try:
            result = subprocess.run(
                ["python3", "-B", ROOT / "tools/debug/debug.py", build, *step, "-nx", "-batch", *words],
                cwd=ROOT, env=environment(TMPDIR=folder), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired as expired:
            raise Mistake(f"gdb {block.name}: not done after {LIMIT} s; so far:\n"
                          f"{(expired.stdout or b'').decode(errors='replace')[-2000:]}") from None
    text = as_in_page(result.stdout.decode(errors="replace"), build)
    parts = re.split(r"^@(\d+)@\n", text, flags=re.M)
    if len(parts) != 2 * len(all_commands) + 3:
        raise Mistake(f"gdb {block.name}: GDB ended too early:\n{text[-2000:]}")
    return ["\n".join(line for line in part.splitlines() if not NOISE.match(line))
            for part in parts[2:-1:2]]


# ---- the kernel's prompt -----------------------------------------------------------

PROMPT = r"\n> "


def run_prompt(block, all_commands, build):
    from guest import Guest, Trouble
    outputs = []
    try:
        with image_of(block, build).ready() as image, Guest(image) as pc:
            pc.wait_for(PROMPT)
            for command in all_commands:
                pc.type(command.text + "\n")
                text = pc.wait_for(command.rule("until") or PROMPT)
                text += pc.found if command.rule("until") else ""
                text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\r|\a", "", text)
                outputs.append(text.split("\n", 1)[1] if "\n" in text else "")
    except Trouble as trouble:
        raise Mistake(f"prompt {block.name}: {trouble}") from None
    return outputs


# ---- a terminal ---------------------------------------------------------------------

def run_host(block, all_commands, build):
    outputs = []
    for command in all_commands:
        try:
            result = subprocess.run(
                ["bash", "-c", in_folder(command.text, build)], cwd=ROOT,
                env=environment(**same_build(build)), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired:
            raise Mistake(f"host {block.name}: {command.text!r} takes over {LIMIT} s") from None
        outputs.append(as_in_page(result.stdout.decode(errors="replace"), build))
    return outputs


RUN = {"gdb": run_gdb, "prompt": run_prompt, "host": run_host}
MARKS = {"gdb": "(gdb) ", "prompt": "> ", "host": "$ "}
STARTS = {"gdb": "make debug", "prompt": "make run"}
LANGUAGE = {"gdb": "gdb", "prompt": "console", "host": "console"}


def run(blocks, build):
    """The bodies of the markers of one session, which share a machine."""
    kind = blocks[0].kind
    lists = [commands(block) for block in blocks]
    outputs = RUN[kind](blocks[0], sum(lists, []), build)
    bodies = []
    for block, own in zip(blocks, lists):
        lines = []
        if kind in STARTS and block is blocks[0]:
            lines = [*image_of(block, build).start(STARTS[kind]), GAP]
        for command in own:
            lines += [f"{MARKS[kind]}{command.text}", *shown(command, outputs.pop(0))]
        bodies.append(f"```{LANGUAGE[kind]}\n" + "\n".join(lines) + "\n```\n")
    return bodies
