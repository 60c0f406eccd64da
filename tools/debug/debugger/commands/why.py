"""why: explains what ended this boot."""

import re

import gdb

from debugger import machine
from debugger.command import command, say
from firstlight import exception_log, findings, log_file
from firstlight.case import Case


def _sector(lba):
    try:
        return machine.image().read_bytes()[lba * 512:lba * 512 + 512]
    except OSError:
        return b""


def _section(address):
    text = machine.output_of(f"info symbol {address:#x}")
    match = re.search(r"in section (\.\w+)", text)
    return {".text": "code", ".data": "data", ".rodata": "data", ".bss": "data"}.get(
        match[1] if match else "", "")


@command("why")
def why(_):
    """Explains why the machine stopped. After a triple fault: the exceptions, and the line at fault.

    QEMU stops at a triple fault instead of resetting (-no-reboot -no-shutdown), and this
    command reads its log of exceptions. It also checks the CPU's state for errors."""
    cpu, log = machine.cpu(), machine.session["log"]
    ending = exception_log.read(log_file.tail(log) if log else "")
    status = machine.monitor("info status").strip()
    is_over = "shutdown" in status
    place = machine.place(cpu.pc)
    lines = [f"In {cpu.mode} at {cpu.where()}" + (f", {place}" if place else "") + "."]
    if ending.chain and is_over:
        lines += exception_log.chain_lines(ending)
        culprit = ending.chain[0].cpu or cpu
    else:
        culprit = cpu
        lines.append("The guest requested a reset." if is_over else
                     "This boot has not ended: the debugger stopped the machine.")
    case = Case(culprit, ending.chain if is_over else [], machine.read_physical, _sector,
                         _section)
    say(lines + findings.lines(findings.find(case)))
