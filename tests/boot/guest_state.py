"""A CPU as QEMU's `info registers` prints it, for tests without a guest."""

import re

import project  # noqa: F401  (it knows where the tools are)
from firstlight import cpu

REAL_MODE = """EAX=0000aa55 EBX=00000000 ECX=00000000 EDX=00000080
ESI=00000000 EDI=00000000 EBP=00000000 ESP=00006f04
EIP=0000e3fe EFL=00000202 [-------] CPL=0 II=0 A20=1 SMM=0 HLT=0
ES =0000 00000000 0000ffff 00009300
CS =f000 000f0000 0000ffff 00009b00
SS =9000 00090000 0000ffff 00009300
DS =0000 00000000 0000ffff 00009300
FS =0000 00000000 0000ffff 00009300
GS =0000 00000000 0000ffff 00009300
LDT=0000 00000000 0000ffff 00008200
TR =0000 00000000 0000ffff 00008b00
GDT=     00000000 00000000
IDT=     00000000 000003ff
CR0=00000010 CR2=00000000 CR3=00000000 CR4=00000000
EFER=0000000000000000
"""


def machine_in(cr0=0x10, cs_flags=0x9b00, efer=0, **changes):
    text = REAL_MODE.replace("CR0=00000010", f"CR0={cr0:08x}").replace("00009b00",
                                                                       f"{cs_flags:08x}")
    text = text.replace("EFER=0000000000000000", f"EFER={efer:016x}")
    for name, value in changes.items():
        text = re.sub(rf"\b{name}=[0-9a-f]+", f"{name}={value:08x}", text)
    return cpu.Cpu(text)
