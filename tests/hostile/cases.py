"""A case: modes that are simulated together, the expected outcome, and whether it came true."""

import re
from dataclasses import dataclass, field

import medium
import runner
from modes import MODES, settings_of
from project import IMAGE

BY_NAME = {mode.name: mode for mode in MODES}

# The errors of one step of the boot: for reads that fail, and for reads that deliver wrong data.
SAME_STEP = [{"MBR R", "MBR S", "MBR M"}, {"E60", "E61"}, {"E30", "E32"},
             {"E41", "E50", "E51", "E55"}]

# Where the image is, by the real BIOS's number: after the shim's disk, or first after its
# floppy.  In a real floppy drive there is no EDD.
SECOND_DISK = {"target": 0x81}
FIRST_DISK = {"target": 0x80}
FLOPPY = {"target": 0x00, "shown_as": 0x00, "entry_dl": 0x00, "no_41": 1, "no_42": 1}


@dataclass(frozen=True)
class Case:
    modes: tuple
    place: str = "IDE"          # the machine, in words
    arguments: tuple = ()
    options: dict = field(default_factory=dict, hash=False)

    @property
    def names(self):
        return " ".join(mode.name for mode in self.modes)

    def __str__(self):
        return self.names

    @property
    def expected(self):
        errors = [mode.error for mode in self.modes if mode.error]
        return errors[0] if errors else "boots"

    def complaint(self, outcome):
        """What is wrong with this outcome; empty if nothing is."""
        again = f"tests/hostile/play.py {self.names}   (on {self.place})"
        if not self._is_expected(outcome.end):
            return f"{again}\n{outcome.end} instead of {self.expected}\n{outcome.text}"
        # in a mix another mode may decide which path is taken
        says = self.modes[0].says if len(self.modes) == 1 else ""
        if not re.search(says, " ".join(outcome.text.split())):
            return f"{again}\ndoes not say {says!r}\n{outcome.text}"
        return ""

    def _is_expected(self, end):
        """An error describes the last attempt, which in a mix may have met another mode."""
        alike = next((step for step in SAME_STEP if self.expected in step), set())
        return end == self.expected or (len(self.modes) > 1 and end in alike)

    def medium(self, **settings):
        return medium.medium(**(settings | settings_of(self.modes)))

    def boot(self, image=IMAGE, cpu_limit=runner.CPU_LIMIT):
        return runner.boot(image, self.medium(**SECOND_DISK), *self.arguments,
                           cpu_limit=cpu_limit, **self.options)


class FloppyCase(Case):
    """The image is a floppy."""

    def boot(self):
        return runner.boot(IMAGE, self.medium(**FLOPPY), drive="if=floppy")


class BochsCase(Case):
    """In Bochs, which is stricter about segment limits and has a BIOS of its own."""

    def boot(self):
        return runner.boot_in_bochs(IMAGE, self.medium(**FIRST_DISK))


def is_for_floppies(case):
    """Floppies have one drive number, one geometry, and only CHS."""
    return not any("chs" in mode.takes or {"entry_dl", "heads"} & mode.settings.keys()
                   for mode in case.modes)


def case(*names):
    return Case(tuple(BY_NAME[name] for name in names))


PLAIN = Case(())                # a BIOS without quirks
SINGLES = [Case((mode,)) for mode in MODES]
