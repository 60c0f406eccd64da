"""How a boot ended: waits for the event, and says what kind of end it is."""

import re
from typing import NamedTuple

import why_panic
from firstlight import departure, headers, trail

PROMPT = "\n> "
STEP = 0.05                 # seconds of guest time between two looks
QUIET = 0.8                 # without new code, after which nothing more is expected
SERVED = 3                  # times as long if the BIOS is at work: on a busy computer, it reads the disk slowly
SAMPLES = 24                # how often the CPU is sampled to find out whether it is in a loop,
MOST_SAMPLES = 240          # and how often if each of them finds it at work in the BIOS, which something must call
CIRCLE = 64                 # samples within this many bytes are a loop,
FEW = 8                     # and so are samples at no more than this many places
# kinds of an end that is the program's own will, if no rule finds a cause
ALIVE = ("halted", "waits", "circle", "runs")


class End(NamedTuple):
    kind: str               # reset, off, said, booted, astray, halted, waits, circle or runs
    looks: list             # samples of the CPU, if it did not stop


class Watch:
    """Follows the code that runs for the first time."""

    def __init__(self, guest, original):
        self.guest, self.original = guest, original
        self.log, self.blocks = "", []

    def has_new_code(self):
        """Whether code has run that never ran before, or the boot sector is still to come."""
        if len(self.blocks) >= trail.MOST:
            return False
        text = self.guest.new_log()
        found = trail.read(text, is_inside=bool(self.blocks))
        self.blocks += found
        return bool(found) or not self.blocks

    def is_astray(self):
        return departure.find(self.blocks, self.original) is not None


def wait(guest, seconds, original):
    """Waits for the end, at most `seconds` of guest time, however slow this computer is."""
    watch, quiet, lived = Watch(guest, original), 0, 0
    while lived < seconds and quiet < QUIET:
        if guest.live(STEP):
            return End("off" if guest.reason == "guest-shutdown" else "reset", [])
        lived += STEP
        text = guest.serial()
        if said(text):
            wait_for_full_stop(guest)
            return End("said", [])
        if PROMPT in text:
            return End("booted", [])
        cpu = guest.cpu()
        if is_halted_for_ever(cpu):
            return End("halted", [])
        is_new = watch.has_new_code()
        if is_new and watch.is_astray():
            guest.monitor("stop")
            return End("astray", [])
        is_served = trail.is_firmware(cpu.pc) and not cpu.get("hlt")
        quiet = 0 if is_new else quiet + (STEP / SERVED if is_served else STEP)
    looks = []
    while len(looks) < SAMPLES or len(looks) < MOST_SAMPLES and all(
            trail.is_firmware(cpu.pc) and not cpu.get("hlt") for cpu in looks):
        looks.append(guest.cpu())
        if guest.live(0.01):
            return End("off" if guest.reason == "guest-shutdown" else "reset", [])
    return End(kind_of_life(looks), looks)


def kind_of_life(looks):
    if sum(bool(cpu.get("hlt")) for cpu in looks) > len(looks) / 2:
        return "waits"
    places = {cpu.pc for cpu in looks}
    is_circle = max(places) - min(places) <= CIRCLE or len(places) <= FEW
    return "circle" if is_circle else "runs"


def wait_for_full_stop(guest):
    """Waits until it has halted, or has printed nothing for a while."""
    text = None
    while text != guest.serial() and not is_halted_for_ever(guest.cpu()):
        text = guest.serial()
        guest.live(0.3)


def is_halted_for_ever(cpu):
    return bool(cpu.get("hlt")) and not cpu.has("rflags", "IF")


def said(text):
    """What Firstlight's stages report about themselves: (line, kind, cause, advice), or None."""
    panic = why_panic.headline(text)
    if panic:
        return panic, "panic", "", ""
    number = re.search(r"error E(\d+):", text)
    letter = re.search(r"MBR error (.) ", text)
    for row in headers.table("errors.def", "ERROR") if number else []:
        if row[0] == int(number[1]):
            return f"error E{row[0]}: {row[2]}", f"error.E{row[0]}", row[3], row[4]
    for row in headers.table("errors.def", "MBR_ERROR") if letter else []:
        if row[0] == f"'{letter[1]}'":
            return f"MBR error {letter[1]}: {row[2]}", f"error.{letter[1]}", row[3], row[4]
    return None


# instructions with which a program resets the machine on purpose
RESETS = (rb"\xe6\x64", rb"\xe6\x92", rb"\xee", rb"\xef", rb"\xcd\x19", rb"\xea\xf0\xff\x00\xf0", rb"\xea\x00\x00\xff\xff",
          rb"\xea\xf0\xff\xff\xff")


def is_wanted_reset(blocks, ending):
    """Whether the last code asked for the reset: through a port, the BIOS, or an empty IDT."""
    if not blocks or departure.find(blocks):
        return False
    last = [one for block in blocks[-3:] for one in block.instructions]
    chain = ending.chain
    # for a warm start (1234h at 472h) SeaBIOS ends in a triple fault of its own
    is_the_bioss = chain and chain[0].cpu and trail.is_firmware(chain[0].cpu.pc)
    if not ending.is_triple_fault or is_the_bioss:
        return bool(trail.ran(blocks[-6:], *RESETS))
    # LIDT with nothing, and at once an interrupt: the usual way to reset when all else has failed
    names = [one.text.split()[0] for one in last if one.text]
    return bool(chain and chain[0].cpu and chain[0].cpu.tables["idt"] == (0, 0) and re.search(
        r"lidt\w* (int3?|ud2\w*|int\w*)$", " ".join(names[-2:])))
