"""The guest, read through GDB: CPU, linear and physical memory, the disk image."""

import codecs
import os
import re
from pathlib import Path

import gdb

import qemu
from firstlight import headers
from firstlight.cpu import Cpu

session = {"build": headers.ROOT / "build", "log": None, "folder": None, "image": None}
_cache = {}


def output_of(command):
    """What a command of GDB prints.  Under GDB/MI, GDB 18 returns it as records of MI: ~"text"."""
    text = gdb.execute(command, to_string=True)
    records = re.findall(r'^[~@]"(.*)"$', text, re.M)
    return codecs.decode("".join(records), "unicode_escape") if records else text


def monitor(command):
    """Runs a command of QEMU's monitor; returns its output."""
    try:
        return output_of(f"monitor {command}")
    except gdb.error as error:
        raise gdb.GdbError(f"QEMU does not answer: {error}") from None


def is_connected():
    """Inferior.connection would also tell; but GDB 13 aborts at its exit once that has been read."""
    return gdb.selected_inferior().pid != 0


def cpu():
    """The CPU at this stop; read from QEMU only once."""
    if "cpu" not in _cache:
        text = monitor("info registers")
        if "CR0=" not in text:
            raise gdb.GdbError("Not attached to QEMU: no registers.")
        _cache["cpu"] = Cpu(text)
    return _cache["cpu"]


def forget(*_):
    """The guest ran or was changed: everything must be read again."""
    _cache.clear()


def read_physical(address, length):
    text = monitor(qemu.dump_command(address, length))
    memory = qemu.dumped_bytes(text)
    if len(memory) < length:
        raise gdb.GdbError(f"Physical memory at {address:X}h cannot be read: {text.strip()}")
    return memory


def read_linear(address, length):
    """Memory as code sees it: through the page tables, if paging is on."""
    try:
        return bytes(gdb.selected_inferior().read_memory(address, length))
    except gdb.MemoryError:
        raise gdb.GdbError(f"{length} bytes at {address:X}h cannot be read: not mapped?") from None


def read_port(port):
    """One byte from an I/O port, as the guest would read it (which may have side effects)."""
    return int(re.search(r"= 0x([0-9a-f]+)", monitor(f"i /b {port:#x}"))[1], 16)


def write_port(port, value):
    monitor(f"o /b {port:#x} {value:#x}")


def image():
    """The file of the first disk: as the session says, or QEMU."""
    if session["image"]:
        return session["image"]
    text = monitor("info block")
    match = re.search(r"Backing file:\s+(\S+)", text) or re.search(r"^\S+ \(#\S+\): (\S+) \(",
                                                                   text, re.M)
    path = Path(match[1]) if match else session["build"] / "disk.img"
    if not path.is_absolute() and not path.exists():
        path = headers.ROOT / path
    return path


def source_line(address):
    """"stage2/main.c:88" of a linear address, or ""."""
    found = gdb.find_pc_line(address)
    if not found.symtab or not found.line:
        return ""
    name = os.path.normpath(found.symtab.filename)      # Clang's begin with "./"
    return f"{name.removeprefix(str(headers.ROOT) + '/')}:{found.line}"


def symbol(address):
    """"disk_call+4" of a linear address, or ""."""
    text = output_of(f"info symbol {address:#x}")
    match = re.match(r"(\S+?)(?: \+ (\d+))? in section", text)
    if not match:
        return ""
    return match[1] + (f"+{match[2]}" if match[2] else "")


def start_of(name):
    """The address of a function or label, or None."""
    match = re.search(r"at(?: address)? (0x[0-9a-f]+)",
                      output_of(f"info address {name}")) if name else None
    return int(match[1], 16) if match else None


def place(address):
    """Where an address is, in words: function and source line, or the owner of the memory."""
    line, name = source_line(address), symbol(address)
    if line:
        return f"{name}, {line}" if name else line
    if 0xc0000 <= address < 0xe0000:
        return "an option ROM (the VGA BIOS)"
    if 0xe0000 <= address < 0x100000 or 0xfffc0000 <= address <= 0xffffffff:
        return "the BIOS"
    return name


gdb.events.cont.connect(forget)
gdb.events.memory_changed.connect(forget)
gdb.events.register_changed.connect(forget)
