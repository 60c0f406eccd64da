"""Every quirk that the hostile BIOS can simulate: one line for each mode, with its source.

A mode names settings of shim/settings.inc.  The expected outcome:

    the boot            any sequence of BIOS calls still delivers the data and a usable map
    error="E41"         a service is missing altogether (`gone` says which); at most 15 of these
    says=...            in addition, the loader prints this, which shows that the quirk was met

`takes` is what no longer works: two modes that take the last of a kind cannot be combined,
nor can two that set the same thing, nor one that takes what the other `needs` to show what it
does.  `alone` modes are not in any mix.

Sources: a number is a row of "Where they are known from" in docs/robustness.md; RBIL is Ralf
Brown's interrupt list, EDD-3 is T13 1572D, K is Linux's 16-bit set-up code.
"""

import functools
import struct
from dataclasses import dataclass, field
from pathlib import Path

from project import IMAGE, LAYOUT
from report import read_report

KIB, MIB = 1 << 10, 1 << 20
USABLE, RESERVED = 1, 2
DISK, MEMORY, VIDEO, KEYS, SIZE = 1, 2, 4, 8, 16        # "by service"
ALL = DISK | MEMORY | VIDEO | KEYS | SIZE
EDD_ONLY, CHS_ONLY = 1, 2                               # "by method"
STAGE2, COPY, KERNEL = (LAYOUT[name] for name in ("STAGE2_LBA", "STAGE2_COPY_LBA", "KERNEL_LBA"))
LAST_STAGE2 = LAYOUT["STAGE2_MAX_SECTORS"]
MOST_ERRORS = 15


@dataclass(frozen=True)
class Mode:
    name: str
    source: str
    settings: dict = field(hash=False)
    error: str = None
    gone: str = ""
    says: str = ""
    takes: frozenset = frozenset()
    needs: frozenset = frozenset()
    extras: tuple = ()
    alone: bool = False


MODES = []

# The map of modes whose result is compared: 120 MiB of the tests' 128, however much the BIOS keeps
# for itself.  The loader counts what is below the shim and above 1 MiB.
RANGES = [(0, 0x9FC00, USABLE, 1), (0x9FC00, 0x400, RESERVED, 1), (0xF0000, 0x10000, RESERVED, 1),
          (MIB, 119 * MIB, USABLE, 1)]
E801_ABOVE = 104 << 4           # the same by E801h: 15 MiB, and blocks of 64 KiB above 16 MiB
ALL_KIB = 612 + 119 * 1024


def usable(source, kib):
    """What the loader prints about the map that it got from this service."""
    return rf"ranges from {source}, {kib} KiB usable"


E820_ALL, E801_ALL = usable("E820h", ALL_KIB), usable("E801h", ALL_KIB)


def mode(name, source, *, error=None, gone="", says="", takes="", needs="", extras=(),
         alone=False, ranges=None, **settings):
    if ranges is not None:
        extras, settings["e820_replace"], needs = RANGES + ranges, 1, f"{needs} usable-ranges"
    for place in {"bad", "wrong"} & settings.keys():
        settings.setdefault(f"{place}_by", 0)           # it matters if another mode sets it
    if "wrong" in settings:
        settings.setdefault("wrong_times", 0)
    MODES.append(Mode(name, source, settings, error, gone, says, frozenset(takes.split()),
                      frozenset(needs.split()), tuple(extras), alone))


@functools.cache
def second_kernel():
    """Where the image has its second kernel: partition 2."""
    return struct.unpack_from("<I", IMAGE.read_bytes(), LAYOUT["MBR_TABLE_OFFSET"] + 16 + 8)[0]


def places():
    """Parts of the image by name: first LBA, end."""
    second = second_kernel()
    return {
        "loader": (STAGE2, STAGE2 + 1),
        "stage 2": (STAGE2, STAGE2 + LAST_STAGE2),
        "rest of stage 2": (STAGE2 + LAYOUT["STAGE2_FIRST_SECTORS"], STAGE2 + LAST_STAGE2),
        "copy of the loader": (COPY, COPY + 1),
        "copy of stage 2": (COPY, COPY + LAST_STAGE2),
        "rest of the copy of stage 2": (COPY + LAYOUT["STAGE2_FIRST_SECTORS"],
                                        COPY + LAST_STAGE2),
        "a sector of stage 2": (STAGE2 + 7, STAGE2 + 8),
        "header of the kernel": (KERNEL, KERNEL + 1),
        "kernel": (KERNEL + 1, second),
        "header of the copy": (second, second + 1),
        "copy of the kernel": (second + 1, second + 1 + second - KERNEL),
        "a sector of the kernel": (KERNEL + 100, KERNEL + 101),
        "everything": (1, 1 << 24),
    }


def settings_of(modes):
    """The arguments of medium() for these modes together."""
    result = {"extras": [entry for m in modes for entry in m.extras]}
    for m in modes:
        for name, value in m.settings.items():
            if name in ("bad", "bad2", "wrong", "wrong2"):
                result[f"{name}_from"], result[f"{name}_to"] = places()[value]
            elif name in MASKS and name in result:
                result[name] |= value
            else:
                result[name] = value
    return result


# Settings that two modes can both have: they add up.
MASKS = {"junk_registers", "junk_upper", "junk_esp", "junk_ds", "junk_es", "junk_fs_gs",
         "returns_df", "returns_if", "closes_a20", "junk_gdtr"}

# ---- how the MBR is entered -------------------------------------------------------

mode("entry-07c0", "1: some BIOSes jump to 07C0:0000", entry_segment=0x7C0)
mode("entry-registers", "1: nothing but DL is promised (IBM PC/AT BIOS listing)",
     entry_registers=1)
mode("entry-segments", "1: nothing but DL is promised", entry_segments=1)
mode("entry-df", "Phoenix: DF as the last string operation left it", entry_df=1)
mode("entry-if-0", "7: Bochs's BIOS enters with IF = 0", entry_cli=1)
mode("entry-odd-stack", "1: nothing is promised of SS:SP (IBM PC/AT BIOS listing)", entry_ss=0x2345,
     entry_sp=0xF003)
mode("entry-tiny-stack", "Bochs's BIOS leaves FFD6h, others a few words", entry_ss=0x07C0,
     entry_sp=0x0600)
mode("entry-dl-00", "2: PhoenixBIOS 4.0 R6.0 (1997), HP Brio", entry_dl=0x00)
mode("entry-dl-00-no-medium", "2: the same with an empty floppy drive", entry_dl=0x00,
     other_drives=1)
mode("entry-dl-00-floppy", "2: the same with another floppy in it", entry_dl=0x00, other_drives=2)
mode("entry-dl-7f", "2: dosbox-pure", entry_dl=0x7F,
     says=r" 7F\. Key\? .* from drive 80h")
mode("entry-dl-81", "2: a BIOS that counts another drive first", entry_dl=0x81,
     says=r" 81\. Key\? .* from drive 80h")
mode("entry-dl-ff", "2: dosbox-pure; 36: probing FFh crashes some", entry_dl=0xFF,
     says=r" FF\. Key\? .* from drive 80h")
mode("entry-a20-off", "20: the PC/AT's own state", entry_a20_off=1,
     says="switched on by INT 15h 2401h")
mode("entry-bpb", "17: El Torito and USB-FDD emulation fill in a BPB", entry_bpb=1)
mode("memory-ones", "33: RAM is not zero", poison=1)
mode("memory-breakpoints", "33: RAM is not zero", poison=2)
mode("memory-random", "33: RAM is not zero; Limine's randomise_memory", poison=3)
mode("shift-held", "a shift key held, or 40:17 junk", shift_held=1, takes="edd",
     says="E820h: base 0x0 .* CHS: LBA 2048, 1 sectors: status 00h .* by CHS")

# ---- what a service leaves behind ---------------------------------------------------

mode("registers", "5: builder-hex0 PR 13; 35: INT 10h and BP", junk_registers=ALL)
mode("upper-halves", "5: Bochs 421; K intcall", junk_upper=ALL)
mode("esp-upper", "SYSLINUX's and our own 32-bit callers keep ESP", junk_esp=ALL)
mode("ds", "5: AH=08h and reset of early SCSI BIOSes (RBIL)", junk_ds=ALL)
mode("es", "4: 08h returns ES:DI of the floppy's table", junk_es=ALL)
mode("fs-gs", "K intcall: FS and GS are saved, BIOSes use them for flat access", junk_fs_gs=ALL)
mode("df-set", "Bochs's INT 13h string copies; RBIL on 13h", returns_df=ALL)
mode("if-set-13", "6: ASUS A7A266", returns_if=DISK)
mode("if-set-15", "6: E820h of VirtualBox 5.2", returns_if=MEMORY)
mode("if-set-others", "6: SYSLINUX: some BIOSes muck with IF", returns_if=VIDEO | KEYS | SIZE)
mode("if-cleared", "6: SYSLINUX: some BIOSes muck with IF", returns_cli=ALL)
mode("a20-closed-13", "23: USB legacy code restores the gate", closes_a20=DISK)
mode("a20-closed-others", "23: SMM restores the gate", closes_a20=MEMORY | VIDEO | KEYS | SIZE)
mode("gdtr", "30: INT 15h 87h leaves another GDTR", junk_gdtr=ALL)
mode("int10-junk", "35: INT 10h destroys BP", junk_registers=VIDEO, junk_upper=VIDEO,
     junk_ds=VIDEO, junk_es=VIDEO)
mode("eats-stack", "33: option ROMs written in C", eats_stack=2048)

# ---- INT 13h: which functions there are ------------------------------------------------

mode("no-edd", "before 1995; a floppy", no_41=1, no_42=1, takes="edd", says="by CHS")
mode("no-edd-check", "9: 41h hangs or fails on Book8088; 42h works", no_41=1)
mode("edd-lies", "8: 41h says yes, 42h status 01 (SYSLINUX 4.02)", no_42=1, takes="edd",
     says="by CHS")
mode("edd-no-packets", "EDD-3: CX bit 0 clear: no 42h", no_packet_calls=1, no_42=1, takes="edd",
     says="by CHS")
mode("edd-no-packets-yet-42", "EDD 1.0 drives that clear CX", no_packet_calls=1)
mode("edd-no-signature", "41h with CF = 0 and BX as it was (XT BIOSes)", no_signature=1)
mode("carry-08", "14: CF = 1 with AH = 0 and the numbers right", carry_08=1, no_42=1,
     takes="edd", says="by CHS")
mode("carry-48", "14: FreeBSD biosdisk", carry_48=1)
mode("overrun-48", "15: 48h writes past its buffer (HP ProLiant)", overrun_48=64)
mode("wants-es-di-0", "4: RBIL: clear ES:DI to work around BIOS bugs", wants_es_di_0=1, no_42=1,
     takes="edd", says="by CHS")
mode("no-sectors", "14: 08h reports 0 sectors per track, EDD works", no_sectors=1, takes="chs")
for heads, sectors in (16, 63), (255, 63), (256, 63), (15, 17), (64, 32), (240, 63), (128, 36):
    mode(f"geometry-{heads}x{sectors}", "translations LBA, large, ECHS; 256 heads crash DOS",
         heads=heads, sectors=sectors, no_42=1, takes="edd", says="by CHS")
mode("lying-geometry", "USB BIOSes: 08h of another drive; EDD works", heads=2, sectors=18,
     lying_geometry=1, takes="chs")
mode("reset-fails", "12: USB and CD drives refuse AH = 00h", reset_fails=1)
mode("wants-interrupts", "7: disk waits that need IRQs end in a timeout", wants_if=1)
mode("wants-df-0", "Bochs's BIOS takes DF = 0 for granted", wants_up=1)

# ---- INT 13h: limits ------------------------------------------------------------------

for most in 127, 64, 63, 32, 16, 1:
    mode(f"edd-most-{most}", "10: Phoenix EDD 127; USB sticks 64 and less", edd_most=most)
for most in 63, 17, 1:
    mode(f"chs-most-{most}", "10: the same by CHS", chs_most=most, no_42=1, takes="edd",
         says="by CHS")
mode("no-crossing", "11: status 09h; rust-osdev PR 123", no_crossing=1)
mode("delivers-1", "USB BIOSes: done for many, one has come", deliver_most=1)
mode("delivers-8", "the same, a page", deliver_most=8)
mode("delivers-1-chs", "the same without EDD", deliver_most=1, no_42=1, takes="edd",
     says="by CHS")
for above in 1, 16, 126:
    mode(f"silent-above-{above}", "10: wraps or does nothing with success", silent_above=above,
         says=r"Trying partition 2, by EDD, at most 127 .* partition 1, by EDD, at most 1 sector")
for name, lba in ("everything", 1), ("stage-2", STAGE2 + 4), ("kernel", KERNEL):
    mode(f"silent-{name}", "11: 42h says done and delivers nothing", silent_from=lba,
         takes="edd", says="by CHS")
mode("al-zero", "13: AL after 02h is only valid with CF = 1", al_result=0x100, no_42=1, takes="edd",
     says="by CHS")
mode("al-junk", "13: os-tutorial compares AL with the count", al_result=0x17F)
mode("packet-count", "EDD-3: the packet's count is the BIOS's to change", packet_count=1)

# ---- INT 13h: passing failures ----------------------------------------------------------

mode("fails-every-2nd", "12: bad cables, floppies", fail_every=2)
mode("fails-every-3rd", "12: bad cables, floppies", fail_every=3)
mode("fails-every-3rd-chs", "the same without EDD", fail_every=3, no_42=1, takes="edd",
     says="by CHS")
mode("fails-first", "12: motors that start", fail_first=2)
mode("fails-each", "12: each read needs two tries", fail_each=1)
mode("fails-each-twice", "12: each read needs three tries", fail_each=2)
mode("fails-each-chs", "each read needs two tries, no EDD", fail_each=1, no_42=1, takes="edd",
     says="by CHS")
mode("fails-each-80", "the same, with a timeout's status", fail_each=1, status=0x80)
mode("fails-each-06", "the same, with the status of a changed medium", fail_each=1, status=0x06)
mode("stuck-at-start", "12: stuck until a reset (ELKS 1086)", stuck_resets=1)
mode("stuck-at-start-2", "12: stuck until two resets", stuck_resets=2)
mode("stuck-now-and-then", "12: stuck until a reset, after every 9 reads", stuck_resets=1,
     stuck_after=9)
mode("stuck-chs", "12: the same without EDD", stuck_resets=1, stuck_after=9, no_42=1,
     takes="edd", says="by CHS")
mode("edd-fails-in-stage-2", "8: EDD works for a while", bad="rest of stage 2", bad_by=EDD_ONLY,
     takes="edd")
mode("edd-fails-at-kernel", "8: 42h beyond a limit fails", bad="kernel", bad_by=EDD_ONLY,
     takes="edd", says="by CHS")
mode("chs-fails", "no CHS beyond 504 MB", bad="everything", bad_by=CHS_ONLY, takes="chs")

# ---- bad and wrong sectors ----------------------------------------------------------------

mode("bad-loader", "a worn first track", bad="loader", takes="stage2-1")
mode("bad-stage-2", "a bad sector", bad="a sector of stage 2", takes="stage2-1")
mode("bad-stage-2-copy", "a bad sector", bad="copy of stage 2", takes="stage2-2")
mode("bad-kernel-header", "a bad sector", bad="header of the kernel", takes="kernel-1",
     says="partition 2")
mode("bad-kernel", "a bad sector", bad="a sector of the kernel", takes="kernel-1",
     says="partition 2")
mode("bad-kernel-copy", "a bad sector", bad="copy of the kernel", takes="kernel-2")
mode("wrong-once", "33: one bit on its way, once", wrong="everything", wrong_times=1)
mode("wrong-twice", "33: a bit now and then", wrong="kernel", wrong_times=2)
mode("wrong-loader", "a sector that arrives with a flipped bit", wrong="loader", takes="stage2-1")
mode("wrong-stage-2", "the same", wrong="rest of stage 2", takes="stage2-1")
mode("wrong-kernel-header", "the same", wrong="header of the kernel", takes="kernel-1",
     says="partition 2")
mode("wrong-kernel", "the same", wrong="a sector of the kernel", takes="kernel-1",
     says="partition 2")
mode("wrong-by-edd", "10: 42h wraps at 64 KiB in silence", wrong="everything", wrong_by=EDD_ONLY,
     takes="edd", says="by CHS")
mode("wrong-by-chs", "a geometry that is not the drive's", wrong="everything",
     wrong_by=CHS_ONLY, takes="chs")

# ---- A20 -------------------------------------------------------------------------------------

mode("a20-lies", "21: 2401h says yes and does nothing", a20_lies=1, entry_a20_off=1,
     says="switched on by the keyboard controller")
mode("a20-fails", "20: 2401h is unknown", a20_fails=1, entry_a20_off=1,
     says="switched on by the keyboard controller")

# ---- INT 15h: memory -----------------------------------------------------------------------------

mode("e801", "28: before 1996", no_e820=1, takes="e820", e801_above=E801_ABOVE, says=E801_ALL)
mode("e801-cx-dx", "28: AX = BX = 0, the numbers in CX and DX", no_e820=1, e801_in_cx_dx=1,
     takes="e820", e801_above=E801_ABOVE, says=E801_ALL)
mode("88-only", "28: PC/AT", no_e820=1, no_e801=1, takes="e820 e801",
     says="from 88h, 65124 KiB usable")
mode("e820-only", "28: newer BIOSes drop E801h and 88h", no_e801=1, no_88=1, takes="e801 88",
     ranges=[], says=E820_ALL)
mode("e820-ends-by-ebx", "26: SeaBIOS: EBX = 0 together with the last entry", ranges=[],
     says=E820_ALL)
mode("e820-ends-by-cf", "26: CF = 1 after the last", e820_end=1, ranges=[], says=E820_ALL)
mode("e820-empty-for-ever", "26: PCem's 440FX", e820_end=2, ranges=[], says=E820_ALL)
mode("e820-last-for-ever", "26: the last entry again and again", e820_end=3, ranges=[],
     says=E820_ALL)
mode("e820-again-for-ever", "26: the list starts again", e820_end=4, ranges=[], says=E820_ALL)
mode("e820-loses-smap", "26: SMAP dropped midway", e820_lost_at=2, takes="e820",
     e801_above=E801_ABOVE, says=E801_ALL)
mode("e820-opaque", "26: EBX is the BIOS's own", e820_opaque=1, ranges=[], says=E820_ALL)
mode("e820-skips", "26: Bochs's BIOS goes from 3 to 5", e820_skip=1, ranges=[], says=E820_ALL)
mode("e820-20-bytes", "24: SeaBIOS writes 20 of 24", e820_short=1, ranges=[], says=E820_ALL)
mode("e820-stale", "24: attributes 0 after 20 bytes (K memory.c)", e820_short=2,
     ranges=[], says=E820_ALL)
mode("e820-disabled", "24: attributes 0 in all entries (SYSLINUX 3.73)", e820_disabled=1,
     ranges=[], says=E820_ALL)
mode("e820-partial", "25: only what changes is written (K memory.c)", e820_partial=1,
     ranges=[], says=E820_ALL)
mode("e820-overrun", "15: more bytes written than requested", e820_overrun=8, ranges=[],
     says=E820_ALL)
mode("e820-unsorted", "27: Limine 185", e820_unsorted=1, ranges=[], says=E820_ALL)
mode("e820-overlapping", "27: rust-osdev 581",
     ranges=[(48 * MIB, 32 * MIB, USABLE, 1), (56 * MIB, 8 * MIB, RESERVED, 1)],
     says=usable("E820h", ALL_KIB - 8192))
mode("e820-zero-length", "27: empty entries", ranges=[(0, 0, USABLE, 1), (5 * MIB, 0, RESERVED, 1)],
     says=E820_ALL)
mode("e820-wraps", "27: base + length beyond 2^64", ranges=[(2**64 - MIB, 2 * MIB, USABLE, 1)],
     says=E820_ALL)
mode("e820-unknown-type", "27: type 2954887168 of an ASUS board",
     ranges=[(40 * MIB, 4 * MIB, 2954887168, 1)], says=usable("E820h", ALL_KIB - 4096))
mode("e820-reserved-inside", "27: reserved inside usable",
     ranges=[(32 * MIB, 8 * MIB, RESERVED, 1)], says=usable("E820h", ALL_KIB - 8192))
mode("e820-one-disabled", "24: ACPI 3.0: an entry to be ignored",
     ranges=[(MIB, MIB, RESERVED, 0)], e820_disabled=0, e820_short=0, says=E820_ALL)
mode("e820-low-end-512", "29: E820h ends lower than INT 12h", e820_low_end=512 * KIB,
     ranges=[], says=f"{ALL_KIB - 100} KiB usable, low memory up to 0x80000")
mode("e820-312", "27: 312 entries have been seen", e820_many=300, ranges=[],
     says=usable("E820h", ALL_KIB - 150 * 32))
mode("e820-hole-at-512", "29: E820h has a hole below INT 12h's end",
     ranges=[(512 * KIB, 64 * KIB, RESERVED, 1)], says="low memory up to 0x80000")
mode("e820-page-0", "27: page 0 reserved", ranges=[(0, 4 * KIB, RESERVED, 1)],
     says=usable("E820h", ALL_KIB - 4))
mode("e820-adjacent", "27: one range of RAM in two entries, which meet inside the kernel",
     ranges=[(MIB, 64 * KIB, USABLE, 1)], says=E820_ALL)
mode("e820-twice", "27: the same range twice", ranges=[(MIB, 64 * MIB, USABLE, 1)], says=E820_ALL)
mode("e820-no-ram", "27: a list without RAM", e820_replace=1,
     extras=[(0, 16 * MIB, RESERVED, 1)], takes="e820 usable-ranges",
     e801_above=E801_ABOVE, says=E801_ALL)
mode("e820-498", "27: as many ranges as there is room for", e820_many=498, ranges=[],
     says=usable("E820h", ALL_KIB - 249 * 32))
mode("e820-505", "27: so many that the loader's own would not fit", e820_many=505, takes="e820",
     e801_above=E801_ABOVE, says=E801_ALL)
mode("e820-600", "27: more ranges than the kernel's map holds", e820_many=600, takes="e820",
     e801_above=E801_ABOVE, says=E801_ALL)
mode("e820-660", "27: more entries than any table", e820_many=660, takes="e820",
     e801_above=E801_ABOVE, says=E801_ALL)

# ---- INT 12h, EBDA, INT 10h, INT 16h ------------------------------------------------------------

mode("int12-0", "29: INT 12h says 0", int12_set=1, int12_kib=0)
mode("int12-640", "29: INT 12h forgets the EBDA", int12_set=1, int12_kib=640)
mode("int12-512", "29: INT 12h says less than E820h", int12_set=1, int12_kib=512,
     says="low memory up to 0x80000")
mode("int12-ffff", "29: INT 12h is junk", int12_set=1, int12_kib=0xFFFF)
mode("ebda-0", "29: no EBDA", ebda_set=1, ebda=0)
mode("ebda-junk", "29: 40:0E is junk (acpica 772)", ebda_set=1, ebda=0x1234)
mode("ebda-ffff", "29: 40:0E is junk", ebda_set=1, ebda=0xFFFF)
mode("ebda-low", "29: a large EBDA", ebda_set=1, ebda=0x8000, says="low memory up to 0x80000")
mode("int10-dead", "a server without a video BIOS", int10_dead=1)
mode("no-keyboard", "a machine without a keyboard", no_keyboard=1)

# ---- the disk as a floppy ----------------------------------------------------------------------

# Tracks of 63 sectors, because it is a hard disk.
for eot in 1, 9, 15, 63:
    mode(f"floppy-eot-{eot}", "16: the controller stops at INT 1Eh's last sector, with success",
         shown_as=0, entry_dl=0, no_41=1, no_42=1, eot=eot, alone=True,
         says="^(?!.*Trying).*of stage 2 from drive 00h.* by CHS, XXH32")

# ---- everything at once ------------------------------------------------------------------------

for seed in range(1, 7):
    mode(f"random-{seed}", "junk, flags, A20 and failures by a seed", random=seed * 0x1234567,
         alone=True)

# ---- machines that a user has reported --------------------------------------------------------

for path in sorted(Path(__file__).with_name("machines").glob("*.txt")):
    settings, ranges = read_report(path.read_text())
    mode(f"machine-{path.stem}", "a report of `make biosprobe`", extras=ranges, alone=True,
         **settings)

# ---- services that are gone ---------------------------------------------------------------------

mode("dead-disk", "36: a drive that does not answer", dead=1, error="MBR R",
     gone="all reads", takes="edd chs")
mode("no-way-to-read", "no EDD, and 08h reports 0 sectors per track", no_42=1, no_sectors=1,
     error="MBR R",
     gone="reads: EDD and the geometry", takes="edd chs")
mode("bad-loaders", "both places of the loader", bad="stage 2", bad2="copy of stage 2",
     error="MBR R", gone="both copies of the loader", takes="stage2-1 stage2-2")
mode("wrong-loaders", "both places of the loader", wrong="loader", wrong2="copy of the loader",
     error="MBR S", gone="both copies of the loader", takes="stage2-1 stage2-2")
mode("bad-rests", "both places of stage 2; each way's status is reported", bad="rest of stage 2",
     bad2="rest of the copy of stage 2", no_42=1, error="E60", gone="both copies of stage 2",
     takes="edd stage2-1 stage2-2", says="BIOS status 01h by EDD, 20h by CHS")
mode("wrong-rests", "both places of stage 2", wrong="rest of stage 2",
     wrong2="rest of the copy of stage 2", error="E61", gone="both copies of stage 2",
     takes="stage2-1 stage2-2")
mode("bad-kernels", "both copies of the kernel", bad="kernel", bad2="copy of the kernel",
     error="E41", gone="both copies of the kernel", takes="kernel-1 kernel-2",
     says="status 20h by CHS, 20h by EDD")
mode("wrong-kernel-headers", "both copies of the kernel", wrong="header of the kernel",
     wrong2="header of the copy", error="E51", gone="both kernel headers",
     takes="kernel-1 kernel-2")
mode("wrong-kernels", "both copies of the kernel", wrong="kernel", wrong2="copy of the kernel",
     error="E55", gone="both copies of the kernel", takes="kernel-1 kernel-2")
mode("no-memory-map", "28: no call that reports the memory", no_e820=1, no_e801=1, no_88=1,
     error="E30", gone="E820h, E801h and 88h", takes="e820 e801 88")
mode("e820-660-only", "27: more entries than any table, and no other call", e820_many=660,
     no_e801=1, no_88=1, error="E32", gone="a map of a size that fits", takes="e820 e801 88")
mode("int12-128", "a PC of 128 KiB", int12_set=1, int12_kib=128, error="E31",
     gone="memory below 1 MiB", says="128 KiB free")
mode("e820-low-end-128", "the map reserves what INT 12h calls free", e820_low_end=128 * KIB,
     ranges=[], needs="e820", error="E31", gone="memory below 1 MiB", says="128 KiB free")
mode("no-ram-at-1-mib", "a hole at 1 MiB", extras=[(MIB, 15 * MIB, RESERVED, 1)],
     error="E54", gone="memory at 1 MiB", no_e801=1, no_88=1, takes="e801 88")
