"""Backtraces through assembly: an unwinder, and a filter that ends them at the first function."""

import gdb
import gdb.unwinder

from debugger import machine, unwinding
from debugger.target_description import ARCHITECTURES
from firstlight import bits

WIDTHS = {name: width for width, name in ARCHITECTURES.items()}
NAMES = {16: ("eip", "esp", "ebp"), 32: ("eip", "esp", "ebp"), 64: ("rip", "rsp", "rbp")}
CALLEE_SAVED = {16: ("ebx", "esi", "edi"), 32: ("ebx", "esi", "edi"),
                64: ("rbx", "r12", "r13", "r14", "r15")}
KEPT = ("cs", "ss", "ds", "es", "eflags", "cr0")    # GDB considers unsaved registers lost


class FrameId:
    def __init__(self, sp, pc):
        self.sp, self.pc = sp, pc


def _read(address, length):
    try:
        return bytes(gdb.selected_inferior().read_memory(address, length))
    except gdb.error:
        return b""


def _global_label(address):
    """The function that contains an address, including NASM's local labels (with a dot)."""
    return machine.symbol(address).split("+")[0].split(".")[0]


def _is_real_mode(pending):
    return not int(pending.read_register("cr0")) & bits.mask("CR0", "PE")


class Assembly(gdb.unwinder.Unwinder):
    """Handles frames whose source is NASM; reads only memory, because GDB may call it at any time."""

    def __init__(self):
        super().__init__("firstlight-assembly")

    def __call__(self, pending):
        width = WIDTHS.get(pending.architecture().name())
        if not width:
            return None
        pc_value, sp_value, bp_value = (pending.read_register(name) for name in NAMES[width])
        mask = (1 << max(width, 32)) - 1
        pc, sp = int(pc_value) & mask, int(sp_value) & mask
        if ".asm:" not in machine.source_line(pc):
            return None
        base = 0
        if width == 16:
            sp &= 0xffff
            base = 16 * int(pending.read_register("ss")) if _is_real_mode(pending) else 0
        name = _global_label(pc)
        found = unwinding.find_return(_read, base + sp, width,
                                      lambda target: machine.symbol(target) == name)
        caller, top = found or (0, base + sp)
        bp = unwinding.saved_bp(_read, base + sp, top, width, machine.start_of(name), int(bp_value))
        frame = pending.create_unwind_info(FrameId(sp_value, pc_value))
        for register, value, type_of in zip(NAMES[width], (caller, top - base, bp),
                                            (pc_value, sp_value, bp_value)):
            frame.add_saved_register(register, gdb.Value(value).cast(type_of.type))
        nothing_pushed = top - base - sp == width // 8
        for register in KEPT + (CALLEE_SAVED[width] if nothing_pushed else ()):
            frame.add_saved_register(register, pending.read_register(register))
        return frame


class Ended:
    """Drops the frame with address 0, which means that there is no caller."""

    name, enabled, priority = "firstlight-ended", True, 100

    def __init__(self):
        gdb.frame_filters[self.name] = self

    def filter(self, frames):
        for frame in frames:
            if frame.inferior_frame().pc() == 0:
                return
            yield frame


gdb.unwinder.register_unwinder(None, Assembly(), replace=True)
Ended()
