"""Switching the machine off, by ACPI, by QEMU's port, or not at all."""

import re
import socket

import pytest

from bochs import Bochs
from machine import LIMIT
from project import IMAGE

ROM, ROM_SIZE = 0xE0000, 0x20000
GUEST_SHUTDOWN = ["guest-shutdown"]
REFUSED = "This machine cannot be switched off by software: "


def shutdown_reasons(pc):
    """Why QEMU ended, in its own words."""
    return [event["data"]["reason"] for event in pc.events if event["event"] == "SHUTDOWN"]


def wait_for_power_off(pc):
    pc.wait_for(lambda: shutdown_reasons(pc), "SHUTDOWN")
    assert shutdown_reasons(pc) == GUEST_SHUTDOWN
    assert REFUSED not in pc.serial


@pytest.mark.parametrize("machine", ["pc", "q35"])
@pytest.mark.parametrize("typist", ["type_serial", "type_keys"])
def test_poweroff_switches_off(boot, machine, typist):
    pc = boot(machine=machine)
    pc.wait_for_prompt()
    pc.type_serial("poweroff\n")
    wait_for_power_off(pc)


@pytest.mark.parametrize("machine", ["pc", "q35"])
@pytest.mark.parametrize("memory", ["128M", "3G"])      # the tables lie at its end
def test_poweroff_uses_acpi(boot, machine, memory):
    """Without the hypervisor bit, QEMU's port is left alone: only the tables can help."""
    pc = boot(machine=machine, memory=memory, cpu="qemu64,-hypervisor")
    pc.wait_for_prompt()
    pc.type_serial("poweroff\n")
    wait_for_power_off(pc)


def test_poweroff_uses_acpi_in_bochs(tmp_path):
    """Bochs has its own ACPI, and not QEMU's port; "off" ends it."""
    with Bochs(IMAGE, tmp_path) as pc:
        pc.wait_for_text("\n> ")
        pc.type_serial("poweroff\n")
        with pc.changed:
            assert pc.changed.wait_for(lambda: not pc.running, LIMIT)
    assert "ACPI control: soft power off" in (tmp_path / "log").read_text(errors="replace")
    assert REFUSED not in pc.serial


class Debugger:
    """GDB's side of QEMU's stub, as far as it takes to change physical memory."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(LIMIT)
        self.socket.connect(str(path))          # the guest stops

    def ask(self, packet):
        self.socket.sendall(f"${packet}#{sum(packet.encode()) % 256:02x}".encode())
        answer = ""
        while not re.search(r"\$(OK|E..|)#..", answer):     # stop replies may come before it
            answer += self.socket.recv(4096).decode()
        self.socket.sendall(b"+")
        assert "$OK#" in answer, f"{packet}: {answer}"

    def poke(self, address, data):
        self.ask("Qqemu.PhyMemMode:1")
        self.ask(f"M{address:x},{len(data):x}:{data.hex()}")

    def close(self):
        self.ask("D")                           # the guest continues
        self.socket.close()


@pytest.fixture
def without_root(boot, tmp_path):
    """without_root(...) boots a machine whose ACPI root pointer is damaged in memory."""
    def start(**options):
        path = tmp_path / "gdb"
        pc = boot("-chardev", f"socket,path={path},server=on,wait=off,id=gdb",
                  "-gdb", "chardev:gdb", **options)
        pc.wait_for_prompt()
        pc.qmp_command("pmemsave", val=ROM, size=ROM_SIZE, filename=str(tmp_path / "rom"))
        root = (tmp_path / "rom").read_bytes().index(b"RSD PTR ")
        debugger = Debugger(path)
        debugger.poke(ROM + root, b"damaged!")
        debugger.close()
        return pc
    return start


def test_poweroff_without_acpi_uses_qemus_port(without_root):
    pc = without_root()
    pc.type_serial("poweroff\n")
    wait_for_power_off(pc)


def test_poweroff_that_fails_says_why_and_continues(without_root):
    pc = without_root(cpu="qemu64,-hypervisor")
    start = len(pc.serial)
    pc.type_serial("poweroff\n")
    pc.wait_for_text(REFUSED + "no RSDP", after=start)
    pc.wait_for_prompt(after=start)
    pc.type_serial("help\n")
    pc.wait_for_text("reset the machine", after=start)
    assert not shutdown_reasons(pc)


@pytest.mark.parametrize("machine, triple_fault", [
    ("pc", False),              # the keyboard controller pulls the reset line
    ("pc,i8042=off", False),    # the chipset's port CF9h
    ("isapc,i8042=off", True),  # neither
])
def test_reboot_finds_a_way(boot, tmp_path, machine, triple_fault):
    log = tmp_path / "log"
    pc = boot("-d", "int,cpu_reset", "-D", str(log), machine=machine, cpu="qemu64")
    pc.wait_for_prompt()
    start = len(pc.serial)
    pc.type_serial("reboot\n")
    pc.wait_for_prompt(after=pc.wait_for_text("Stage 1: ", after=start))
    assert pc.resets >= 1
    # SeaBIOS also resets by a triple fault.  The last exception before it tells whose it is:
    # the CPU's state at the reset itself is not in the log of QEMU 11.
    before = log.read_text().split("Triple fault\n")[:-1]
    places = [re.findall(r" v=.* pc=([0-9a-f]+)", part)[-1:] for part in before]
    assert any(place and place[0].startswith("ffffffff8") for place in places) == triple_fault
