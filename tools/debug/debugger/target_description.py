"""Target descriptions that let GDB read QEMU's 64-bit registers as 16- and 32-bit ones.

QEMU sends 608 bytes of registers in every mode.  These descriptions have the
same layout, with each 64-bit register split into two of 32 bits, so that GDB's
i386 and i8086 architectures take it.  (Names of the halves: eax, eax_hi.)
"""

ARCHITECTURES = {16: "i8086", 32: "i386", 64: "i386:x86-64"}
TYPES = {"eip": "code_ptr", "esp": "data_ptr", "ebp": "data_ptr"}


def _split(name, low=None):
    low = low or name
    return [(low, 32, TYPES.get(low, "int32")), (name + "_hi", 32, "int32")]


def _registers():
    found = []
    for name in ("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "esp"):
        found += _split(name)
    for number in range(8, 16):
        found += _split(f"r{number}", f"r{number}_lo")
    found += _split("eip")
    found += [(name, 32, "int32") for name in ("eflags", "cs", "ss", "ds", "es", "fs", "gs")]
    for name in ("fs_base", "gs_base", "k_gs_base", "cr0", "cr2", "cr3", "cr4", "cr8", "efer"):
        found += _split(name)
    found += [(f"st{number}", 80, "i387_ext") for number in range(8)]
    found += [(name, 32, "int") for name in ("fctrl", "fstat", "ftag", "fiseg", "fioff", "foseg",
                                             "fooff", "fop")]
    found += [(f"xmm{number}", 128, "uint128") for number in range(16)]
    return found + [("mxcsr", 32, "int32")]


REGISTERS = _registers()
BYTES = sum(size for _, size, _ in REGISTERS) // 8      # 608, as QEMU sends them


def xml(width):
    """The description for 16- or 32-bit code."""
    rows = "\n".join(f'    <reg name="{name}" bitsize="{size}" type="{kind}" regnum="{number}"/>'
                     for number, (name, size, kind) in enumerate(REGISTERS))
    return f"""<?xml version="1.0"?>
<!DOCTYPE target SYSTEM "gdb-target.dtd">
<target>
  <architecture>{ARCHITECTURES[width]}</architecture>
  <feature name="org.gnu.gdb.i386.core">
{rows}
  </feature>
</target>
"""
