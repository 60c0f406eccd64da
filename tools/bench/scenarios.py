"""The boots that coverage.py runs: good ones, bad ones, and what is typed in each.

A scenario is the image, perhaps damaged, a machine, and a function that sees
the boot through.  New ones go into the table SCENARIOS.
"""

import re

from guest import Guest, Trouble, constants, fail, read_counts

PROMPT = "\n> "
# last words: of stage 2, of the real-mode loader, of stage 1
KEYS_OFFERED = (r"(?:Press r to .*|Press a key for .*|"
                r"MBR error . .. ..\. Key\?\r?\nMBR error . .. 80\. Key\?)\r?\n")
LAYOUT = constants()
SECTOR = LAYOUT["SECTOR_SIZE"]
STAGE2 = LAYOUT["STAGE2_LBA"] * SECTOR
KERNEL = LAYOUT["KERNEL_LBA"] * SECTOR

# Shell commands that end the session: each gets a boot of its own.
LAST_COMMANDS = {"reboot", "panic", "halt", "shutdown", "poweroff", "off", "crash", "fault", "test",
                 "keys"}

# What else is typed: on COM1 (DEL, tab, escape sequences, ^U, ^C are edited away) and as keys.
LINES = ["nonsense", "", "x" * 100, "  helpp\x7f\t  ", "\x1b[1;5A\x1bOP\x15nonsense\x03"]
KEYS = [("shift", "h"), ("backspace",), ("h",), ("e",), ("l",), ("p",), ("left",), ("pause",),
        ("caps_lock",), ("f1",), ("caps_lock",), ("ctrl", "c"), ("q",), ("ret",)]

# ---- what happens in a boot -----------------------------------------------------


def use_shell(pc):
    """Every command that `help` lists, a wrong one, and line editing on both inputs."""
    pc.wait_for(PROMPT)
    pc.type("help\n")
    names = re.findall(r"^ +(\w+) ", pc.wait_for(PROMPT), re.M)
    for line in [name for name in names if name not in LAST_COMMANDS] + LINES:
        pc.type(line + "\n")
        pc.wait_for("> ")
    for keys in KEYS:
        pc.press(*keys)
    pc.wait_for(r"> q\s")


def command(name, expected):
    def run(pc):
        pc.wait_for(PROMPT)
        pc.type(f"{name}\n")
        pc.wait_for(expected)
    return run


def boot(pc):
    pc.wait_for(PROMPT)


def boot_without_serial(pc):
    pc.wait_for_screen("Hello, World!")


def give_up(pc, press=Guest.press):
    """The loader says why it cannot continue; every key that it offers, then the next boot device."""
    pc.wait_for(KEYS_OFFERED)
    for key in ("r", "c"):              # offered by stage 2 only, and both end here again
        if f"{key} to " in pc.found:
            press(pc, key)
            pc.wait_for(KEYS_OFFERED)
    press(pc, "n")                      # stage 1 takes any key
    pc.wait_for_screen("No bootable device")


def give_up_by_serial_key(pc):
    give_up(pc, Guest.type)


def a20_off(pc):
    """Address line A20 is off when the loader starts a second time."""
    pc.wait_for(KEYS_OFFERED)
    pc.monitor("o /b 0x92 0")           # system control port A: A20 off
    pc.press("r")
    pc.wait_for(KEYS_OFFERED)


def kernel_exception(pc):
    """An NMI, the only exception that can be raised from outside the machine."""
    pc.wait_for(PROMPT)
    pc.qmp_command("inject-nmi")
    pc.wait_for("System halted")


def loader_exception(pc):
    """An NMI while stage 2 waits for a key, at a moment when its own IDT is in use."""
    pc.wait_for(KEYS_OFFERED)
    idt_limit = None
    while idt_limit != 8 * LAYOUT["EXCEPTIONS"] - 1:
        pc.qmp_command("cont")
        pc.qmp_command("stop")
        registers = pc.monitor("info registers")
        idt_limit = int(re.search(r"IDT= *\w+ (\w+)", registers)[1], 16)
    pc.qmp_command("inject-nmi")
    pc.qmp_command("cont")
    pc.wait_for("System halted")


# ---- what a boot is started with ---------------------------------------------------


def flip(offset):
    """Damage: one bit changed, and no second copy to heal it."""
    def damage(data):
        copy, size = LAYOUT["STAGE2_COPY_LBA"] * SECTOR, LAYOUT["STAGE2_MAX_SECTORS"] * SECTOR
        partition2 = LAYOUT["MBR_TABLE_OFFSET"] + 16
        data[copy:copy + size] = bytes(size)
        data[partition2:partition2 + 16] = bytes(16)
        data[offset] ^= 0x10
    return damage


def cut(length):
    """Damage: the image ends early."""
    def damage(data):
        del data[length:]
    return damage


def failing_sector(sector, times):
    """QEMU arguments: reads of this sector fail that many times, then succeed."""
    rule = f'[inject-error]\nevent = "read_aio"\nerrno = "5"\nsector = "{sector}"\nonce = "on"\n\n'
    return {"errors": rule * times}


# name, what happens, damage of the image, arguments of Guest
SCENARIOS = [
    ("pc: every command", use_shell, None, {}),
    ("q35: reboot", command("reboot", PROMPT), None, {"machine": "q35"}),
    ("pc: panic", command("panic", "System halted"), None, {}),
    ("pc, 4 GiB", boot, None, {"machine": "pc,memory-backend=m", "memory": "4G", "arguments":
                              ["-object", "memory-backend-ram,id=m,size=4G,reserve=off"]}),
    ("an Intel CPU", boot, None, {"cpu": "Penryn"}),
    ("no serial port", boot_without_serial, None, {"serial": False}),
    ("no keyboard controller", boot, None, {"machine": "pc,i8042=off"}),
    ("floppy, by CHS", boot, None, {"drive": "if=floppy", "arguments": ["-boot", "a"]}),
    ("CPU without long mode", give_up, None, {"cpu": "qemu32"}),
    ("a 486", give_up_by_serial_key, None, {"cpu": "486"}),
    ("1 MiB of memory", give_up, None, {"memory": "1M"}),
    ("A20 off", a20_off, None, {"cpu": "qemu32"}),
    ("exception in the kernel", kernel_exception, None, {}),
    ("exception in stage 2", loader_exception, None, {"cpu": "qemu32"}),
    ("stage 2: magic", give_up, flip(STAGE2), {}),
    ("real-mode loader damaged", give_up, flip(STAGE2 + SECTOR), {}),
    ("stage 2: code", give_up, flip(STAGE2 + 10 * SECTOR), {}),
    ("no active partition", give_up, flip(LAYOUT["MBR_TABLE_OFFSET"]), {}),
    ("kernel: magic", give_up, flip(KERNEL), {}),
    ("kernel: header", give_up, flip(KERNEL + 12), {}),
    ("kernel: code", give_up, flip(KERNEL + SECTOR + 1000), {}),
    ("cut after the MBR", give_up, cut(SECTOR), {}),
    ("cut inside stage 2", give_up, cut(STAGE2 + 3 * SECTOR), {}),
    ("cut inside the kernel", give_up, cut(KERNEL + 2 * SECTOR), {}),
    ("stage 2 readable at last", boot, None, failing_sector(STAGE2 // SECTOR, 4)),
    ("rest of stage 2 readable at last", boot, None, failing_sector(STAGE2 // SECTOR + 9, 4)),
    ("kernel readable at last", boot, None, failing_sector(KERNEL // SECTOR + 1, 2)),
]


class Scenario:
    """One run: the image as this scenario wants it, QEMU, the counts."""

    def __init__(self, build, name, run, damage, options):
        self.name, self.run, self.options = name, run, dict(options)
        self.arguments = self.options.pop("arguments", [])
        self.folder = build / "coverage"
        self.plugin = build / "tools/count.so"
        self.image = build / "disk.img"
        if damage:
            data = bytearray(self.image.read_bytes())
            damage(data)
            self.image = self.folder / "damaged.img"
            self.image.write_bytes(data)
        if errors := self.options.pop("errors", None):
            config = self.folder / "blkdebug.conf"
            config.write_text(errors)
            self.image = f"blkdebug:{config}:{self.image}"

    def counts(self):
        """{address: times} of the code that ran, and what went wrong or None."""
        report, trouble = self.folder / "counts", None
        report.unlink(missing_ok=True)
        try:
            with Guest(self.image, *self.arguments, plugin=self.plugin, report=report,
                       **self.options) as pc:
                self.run(pc)
        except Trouble as found:
            trouble = str(found)
        if not report.exists():
            fail(f"{self.name}: {trouble or 'the plugin wrote no report'}")
        return {address: count.loader + count.kernel
                for address, count in read_counts(report).items()}, trouble
