"""check.py IMAGES EVIDENCE [NAME...] - whether the images do in plain QEMU what expected.json says

A broken image must never say its `success`, and the mended one must; a sound
image must show what it `shows` and then end as it should.  EVIDENCE gets what
each one wrote to the serial port and the screen, and its last registers.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = 1.2     # seconds of the host's CPU from the BIOS's last line on: a whole boot takes 0.4
LONGEST = 300   # seconds by the clock at most: a busy machine is slow
HALTED = 5      # a guest that halts whenever it is looked at for so many seconds has ended
STAYS = 2       # seconds that a sound one is watched after it has shown what it should
TICK = os.sysconf("SC_CLK_TCK")


class Guest:
    """One run; what it said is in `serial` and `screen`, how it ended in `end`."""

    def __init__(self, image, folder):
        self.serial_file, self.log = (os.path.join(folder, name) for name in ("serial", "log"))
        self.memory, self.picture = (os.path.join(folder, name) for name in ("b8000", "screen.ppm"))
        self.end = None
        self.qemu = subprocess.Popen(
            ["qemu-system-x86_64", "-accel", "tcg", "-m", "64", "-display",
             "none", "-no-reboot",
             "-no-shutdown", "-net", "none", "-drive", f"format=raw,file={image},snapshot=on",
             "-serial", "file:" + self.serial_file, "-d", "cpu_reset", "-D", self.log, "-qmp", "stdio"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.qemu.stdout.readline()
        self.command("qmp_capabilities")

    def command(self, name, **arguments):
        """QMP's answer, or None once the machine has gone."""
        try:
            self.qemu.stdin.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
            self.qemu.stdin.flush()
        except BrokenPipeError:
            pass    # what it said before it went is still to be read
        for line in self.qemu.stdout:
            answer = json.loads(line)
            if answer.get("event") == "SHUTDOWN":
                self.end = answer["data"]["reason"]
            if "return" in answer or "error" in answer:
                return answer.get("return")
        return None

    def human(self, line):
        return self.command("human-monitor-command", **{"command-line": line}) or ""

    def look(self):
        """False once the machine has gone."""
        self.human(f'pmemsave 0xb8000 4000 "{self.memory}"')
        return self.end is None and self.qemu.poll() is None

    def started(self):
        return "Booting from" in self.screen

    def halts(self):
        return "HLT=1" in self.human("info registers")

    def seconds(self):
        """The host's CPU time that it has used."""
        with open(f"/proc/{self.qemu.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    @property
    def serial(self):
        with open(self.serial_file, encoding="latin-1") as file:
            return file.read()

    @property
    def screen(self):
        if not os.path.exists(self.memory):
            return ""
        with open(self.memory, "rb") as file:
            cells = file.read()[::2]
        rows = ("".join(chr(c) if 32 <= c < 127 else " " if c in (0, 255) else "~" for c in cells[i:i + 80]).rstrip()
                for i in range(0, 2000, 80))
        return "\n".join(row for row in rows if row)

    def close(self):
        registers = self.human("info registers")
        self.human(f'screendump "{self.picture}"')
        end = self.end or "runs"
        self.command("quit")
        self.qemu.wait()
        with open(self.log, encoding="latin-1") as file:
            log = file.read()
        if end == "guest-reset" and "Triple fault" in log:
            end = "triple fault"
        kept = [line for line in registers.splitlines() if re.match(r"[RE](AX|SI|IP)=|R8|C?CS|CR|GDT|IDT|EFER", line)]
        return end, "\n".join(kept[:9])


def watch(image, pattern, stays, limit=LONGEST):
    """Runs an image until the pattern was seen and `stays` more seconds, or until nothing more comes."""
    with tempfile.TemporaryDirectory() as folder:
        guest = Guest(image, folder)
        until, seen, busy = time.monotonic() + LONGEST, False, time.monotonic()
        spent = LONGEST     # of CPU time, at which it is enough
        while guest.look() and time.monotonic() < until:
            if not seen and re.search(pattern, guest.serial + guest.screen):
                seen, until = True, time.monotonic() + stays
            if spent == LONGEST and (guest.started() or guest.seconds() > 1):
                spent = guest.seconds() + limit
            if spent == LONGEST or not guest.halts():
                busy = time.monotonic()
            if not seen and ((limit == LIMIT and time.monotonic() - busy > HALTED) or guest.seconds() > spent):
                break
            time.sleep(0.5)
        end, registers = guest.close()
        seen = seen or bool(re.search(pattern, guest.serial + guest.screen))
        text = (f"ends: {end}\n--- serial\n{guest.serial.strip()}\n--- screen\n{guest.screen}\n"
                f"--- registers\n{registers}\n")
        picture = None
        if os.path.exists(guest.picture):
            with open(guest.picture, "rb") as file:
                picture = file.read()
        return seen, end, text, picture


def check(name, facts, images, evidence):
    """What is wrong with one image, as a list."""
    kind, own = name.split("/")
    wrong = []
    stem = os.path.join(evidence, name.replace("/", "-"))
    broken = kind == "broken"
    pattern = re.escape(facts["success"]) if broken else facts["shows"]
    seen, end, text, picture = watch(os.path.join(images, name + ".img"), pattern,
                                     0 if broken else STAYS,
                                     LIMIT if broken else LONGEST)
    if seen == broken:
        wrong.append("it works" if broken else "it does not show what it should")
    if end not in facts["ends"]:
        wrong.append(f"ends with {end!r}")
    with open(stem + ".txt", "w", encoding="utf-8") as file:
        file.write(text)
    if facts.get("picture") and picture:
        with open(stem + ".ppm", "wb") as file:
            file.write(picture)
    if broken and os.path.exists(os.path.join(images, "mended")):
        seen, end, text, _ = watch(os.path.join(images, "mended", own + ".img"), pattern, 0)
        if not seen or end == "triple fault":
            wrong.append("the mended one does not work: " + text)
    return wrong


def main():
    images, evidence, *names = sys.argv[1:]
    with open(os.path.join(HERE, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    os.makedirs(evidence, exist_ok=True)
    failed = 0
    for name, facts in expected.items():
        if names and name not in names:
            continue
        wrong = check(name, facts, images, evidence)
        failed += bool(wrong)
        print(name, "; ".join(wrong) or "as expected", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main()
