"""Rules about memory: stacks, page tables, and what was overwritten."""

import re

from firstlight import bits, paging, trail
from firstlight.case import SECTOR, Finding
from firstlight.headers import constants
from firstlight.operand import STORES, decode, variable

ROM = (0xc0000, 0x100000)
VGA = (0xa0000, 0xc0000)
LOW_RAM = 0x7000000         # physical memory that the machine of `make why` certainly has
TO_CR3, FROM_CR3 = rb"\x0f\x22[\xd8-\xdf]", rb"\x0f\x20[\xd8-\xdf]"
NOT_IN_ADDRESSES = 0x000ff00000000000           # bits of an entry that stand for more memory than a PC has
PAGE = 0x1000
DEEPEST = 0x100000          # bytes that a stack may have gone below the kernel
DEEP = 6                    # equal return addresses on the stack that are a recursion


def stack_in_ebda(case):
    c = case.cpu
    ebda = int.from_bytes(case.read_physical(0x40e, 2), "little") * 16
    if c.bits != 16 or not 0x80000 <= ebda <= c.stack < 0xa0000:
        return None
    return Finding(f"The stack's top is at {c.stack:X}h, inside the BIOS's extended data area "
                   f"(EBDA, {ebda:X}h to 9FFFFh): every push overwrites the BIOS's data.",
                   f"put the stack below {ebda:X}h; the word at 40Eh says where the EBDA begins.")


def _return_addresses(case):
    """How often each code address occurs in the words on the stack."""
    c = case.cpu
    size = 8 if c.bits == 64 else 4 if c.bits == 32 else 2
    memory = case.read_linear(c.stack, 0x400)
    found = {}
    for at in range(0, len(memory) - size, size):
        value = int.from_bytes(memory[at:at + size], "little")
        if size > 2 and case.is_loaded(value):
            found[value] = found.get(value, 0) + 1
    return found


def endless_recursion(case):
    """The same return address again and again, on a stack that has left its room."""
    c, n = case.cpu, constants()
    if c.bits == 16:
        return None
    found = _return_addresses(case)
    often = max(found, key=found.get, default=None)
    if often is None or found[often] < DEEP:
        return None
    code = case.read_linear(often - 5, 5)
    if code[:1] != b"\xe8" and case.read_linear(often - 2, 1) != b"\xff" \
            and case.read_linear(often - 3, 1) != b"\xff":
        return None
    room = ""
    if case.kernel and not n["STACK_BOTTOM"] <= c["rsp"] <= n["STACK_TOP"]:
        room = (f" It has left the loader's stack ({n['STACK_BOTTOM']:X}h to {n['STACK_TOP']:X}h)."
                if not case.kernel.holds(c["rsp"]) else "")
    return Finding(f"The stack has overflowed in an endless recursion: the return address {case.name(often)} is on it "
                   f"again and again, and RSP is {c['rsp']:X}h.{room}",
                   "find the end condition that is missing in this function; a guard page below the stack would "
                   "turn the overflow into a page fault.")


def _overflow(case, where):
    n = constants()
    return Finding(f"Stack overflow: RSP is {case.cpu['rsp']:X}h; {where}. Below the loader's stack ({n['STACK_BOTTOM']:X}h to "
                   f"{n['STACK_TOP']:X}h) lie the memory map, the boot info, the recorder and the BIOS's data.",
                   "give the kernel a larger stack of its own early, and look for endless recursion and large local arrays.")


def stack_wrapped(case):
    """RSP ran down through 0 into the mapped top 2 GiB, where nothing faults."""
    c = case.cpu
    if not case.kernel or c.bits != 64 or case.kernel.holds(c["rsp"]) or c["rsp"] < constants()["KERNEL_BASE"]:
        return None
    if c["rsp"] - constants()["KERNEL_BASE"] < LOW_RAM:
        return None                         # a stack of its own in the upper mapping
    return _overflow(case, "it ran down through 0 and wraps into the mapped top 2 GiB")


def stack_left_its_room(case):
    """The loader's stack was used up."""
    c, n = case.cpu, constants()
    if not case.kernel or c.bits != 64 or c["rsp"] >= n["STACK_BOTTOM"] or case.kernel.holds(c["rsp"]):
        return None
    return _overflow(case, "it has left the loader's stack")


def _stack_tops(case):
    """The constants inside the kernel that its own code loaded into RSP."""
    for one in (one for block in case.own_blocks for one in block.instructions):
        top = None
        if one.raw[:1] == b"\xbc" or one.raw[:2] == b"\x48\xbc":                   # MOV ESP or RSP, constant
            top = int.from_bytes(one.raw[one.raw.index(b"\xbc") + 1:], "little")
        elif one.raw[:3] == b"\x48\xc7\xc4":
            top = int.from_bytes(one.raw[3:], "little", signed=True) & (1 << 64) - 1
        elif one.raw[:3] == b"\x48\x8d\x25":                                       # LEA RSP, [RIP + ...]
            top = one.end + int.from_bytes(one.raw[3:], "little", signed=True)
        if top is not None and case.kernel.holds(top):
            yield top


def stack_grew_over_the_kernel(case):
    """RSP was set inside the kernel, and what is below that place is the kernel's own code or data, which changed."""
    c, top = case.cpu, next(_stack_tops(case), None)
    if top is None or c.bits != 64:
        return None
    what = _overwritten_code(case, top) if case.is_loaded(c.pc) else _shared_with_a_variable(case, top)
    if what is None:
        return None
    return Finding(f"The stack grew down over the kernel itself: RSP was set to {top:X}h and is {c['rsp']:X}h now, and {what}.",
                   "stacks grow downwards: load RSP with the end of the room for the stack (its start plus its size), and "
                   "give it enough.")


def _overwritten_code(case, top):
    """What the stack did to code below its top; None if nothing."""
    kernel, base = case.kernel, case.kernel.physical(top)
    rsp = kernel.physical(case.cpu["rsp"])
    is_below = rsp < kernel.load and kernel.load - rsp < DEEPEST
    changed = next((block.start for block in case.own_blocks
                    if kernel.physical(block.start) < base and _is_changed(case, block)), None)
    if changed is None or not (is_below or rsp < base and kernel.physical(changed) >= rsp):
        return None
    return f"the code at {case.name(changed)} was overwritten"


def _shared_with_a_variable(case, top):
    """Which variable lies within the address that the last RET took from the stack; None if it is not known."""
    c, blocks = case.cpu, case.own_blocks
    slot = c["rsp"] - 8
    if not blocks or blocks[-1].last.raw[:1] not in (b"\xc3", b"\xc2") or not slot < top or case.read_number(slot) != c.pc:
        return None
    code = [one for block in blocks for one in block.instructions]
    returns = [one.end.to_bytes(8, "little") for one in code if decode(one.raw, "long64").opcode in (b"\xe8", b"\xff")]
    taken = c.pc.to_bytes(8, "little")
    for one in code:
        at, size = variable(one) or (slot + 8, 0)
        if decode(one.raw, "long64").opcode not in STORES or not slot < at + size or not at < slot + 8:
            continue
        rest = [i for i in range(8) if not at <= slot + i < at + size]      # the bytes that it leaves
        if rest and any(all(taken[i] == whole[i] for i in rest) for whole in returns):
            return (f"the variable at {at:X}h, to which the code at {case.name(one.address)} writes, lies within the return "
                    f"address that RET took from {slot:X}h")
    return None


def _is_changed(case, block):
    then, now = case.original(block.start, len(block.raw)), case.read_linear(block.start, len(block.raw))
    return len(then) == len(block.raw) and now and then != now


def stack_not_in_ram(case):
    c = case.cpu
    if c.bits == 16 or trail.is_firmware(c.pc):         # the BIOS has its own stack there
        return None
    at = case.walk(c.stack - 8 & 0xffffffffffffffff).physical
    if at is None:
        return None
    if ROM[0] <= at < ROM[1]:
        return Finding(f"The stack is at {c.stack:X}h, in the firmware's read-only memory (ROM, C0000h to FFFFFh): what "
                       "is pushed is lost, and RET takes an address from the ROM.",
                       "put the stack into usable RAM: a range of type 1 in the memory map.")
    if VGA[0] <= at < VGA[1]:
        return Finding(f"The stack is at {c.stack:X}h, in the screen's memory (A0000h to BFFFFh), which is not RAM.",
                       "put the stack into usable RAM: a range of type 1 in the memory map.")
    return None


def stack_not_mapped(case):
    """A push to an address that is not mapped, often far from any stack."""
    fault = case.raised(14)
    if not fault or fault.cpu.bits == 16:
        return None
    c, address = fault.cpu, fault.cpu["cr2"]
    if not c.stack - 0x100 <= address < c.stack + 16 or case.walk(address, c).physical is not None:
        return None
    n = constants()
    is_own = case.kernel and c["cr3"] & ~0xfff != n["PAGE_TABLES_ADDRESS"]
    if is_own and address < LOW_RAM and case.walk(c.stack + PAGE, c).physical is None:
        whose = "the loader's stack" if n["STACK_BOTTOM"] <= c["rsp"] <= n["STACK_TOP"] else "which the loader's tables mapped"
        return Finding(f"The kernel's own page tables (CR3 is {c['cr3']:X}h) do not map the stack: RSP is still {c['rsp']:X}h, "
                       f"{whose}.",
                       "before CR3 is loaded, load RSP with a stack that the new tables map, or map this one there as well.")
    return Finding(f"The stack pointer is {c.stack:X}h, and no memory is mapped there: the stack overflowed into a guard "
                   "page, or was never set up.",
                   "check what sets RSP and how deep the calls go (recursion, large local arrays); map the "
                   "stack.")


def _tables_of_loader(case):
    """The address and the wrong entry, if the loader's page tables are not as it made them; or None."""
    n = constants()
    start = n["PAGE_TABLES_ADDRESS"]
    pml4 = int.from_bytes(case.read_physical(start, 8), "little")
    pdpt = pml4 & paging.ADDRESS_BITS
    if not pml4 & 1 or pdpt >> 12 not in range(start >> 12, (start >> 12) + n["PAGE_TABLES_PAGES"]):
        return start, pml4
    for at in (pdpt, pdpt + 8, pdpt + 16, pdpt + 24):
        entry = int.from_bytes(case.read_physical(at, 8), "little")
        if not entry & 1 or (entry & paging.ADDRESS_BITS) >> 12 not in range(
                start >> 12, (start >> 12) + n["PAGE_TABLES_PAGES"]):
            return at, entry
        for slot in (0, 1, 511):
            page = (entry & paging.ADDRESS_BITS) + 8 * slot
            found = int.from_bytes(case.read_physical(page, 8), "little")
            if found & 0x81 != 0x81 or found & 0xfff & ~0x1e7:
                return page, found
    return None


def page_tables_overwritten(case):
    """CR3 still points to the loader's tables, and they no longer map what they mapped."""
    n = constants()
    if not case.kernel or case.cpu["cr3"] & ~0xfff != n["PAGE_TABLES_ADDRESS"]:
        return None
    wrong = _tables_of_loader(case)
    fault = case.raised(14)
    if not wrong or case.is_alive and case.walk(case.cpu.pc).physical is not None and not fault:
        return None
    return Finding(f"The loader's page tables at {n['PAGE_TABLES_ADDRESS']:X}h were overwritten while CR3 still points "
                   f"to them: the entry at {wrong[0]:X}h is {wrong[1]:016X}h.",
                   "a store ran astray, or a buffer or stack lies there: below 40000h is the loader's memory. Use "
                   "only what the memory map calls usable, and load CR3 with tables of your own first.")


def _ran_with_own_tables(case):
    """Whether the kernel loaded CR3, and code ran with what it loaded; a mere reload of CR3 counts as nothing."""
    starts = {block.start for block in case.own_blocks}
    loads = [block for block in case.own_blocks if re.match(TO_CR3, block.last.raw)]
    worked = [block for block in loads if block.end in starts]
    reloads = [block for block in loads if len(block.instructions) > 1
               and re.match(FROM_CR3, block.instructions[-2].raw)]
    return bool(worked) and all(block in worked or block in reloads for block in loads)


def own_tables_overwritten(case):
    """The kernel ran with tables of its own, and they no longer map the code: what it wrote since went over them."""
    fault = case.raised(14)
    if not fault or case.cpu["cr3"] & ~0xfff == constants()["PAGE_TABLES_ADDRESS"] or not _ran_with_own_tables(case):
        return None
    c, walk = fault.cpu, case.walk(fault.cpu.pc)
    if not walk.steps or walk.physical is not None and not fault.error & bits.mask("PAGE_FAULT", "RSVD"):
        return None
    wrong = next((step for step in walk.steps if not step.entry & 1 or step.entry & NOT_IN_ADDRESSES), walk.steps[-1])
    return Finding(f"The kernel's own page tables (CR3 is {c['cr3']:X}h) were overwritten after they were loaded: code ran with "
                   f"them, and now {wrong.table}[{wrong.index}] at {wrong.address:X}h is {wrong.entry:016X}h, so that the "
                   f"running code at {c.pc:X}h is not mapped.",
                   "look for an array, a stack or a buffer that reaches them: what is cleared or copied after CR3 is "
                   "loaded, and how many bytes; a watchpoint on that entry (watch in make debug) shows the store.")


def cr3_does_not_map(case):
    """CR3 was replaced; the instruction after it can't be fetched."""
    c, n = case.cpu, constants()
    fault = case.raised(14)
    if not fault or not c.has("cr0", "PG") or case.kernel and c["cr3"] & ~0xfff == n["PAGE_TABLES_ADDRESS"]:
        return None
    at = fault.cpu.pc
    walk = case.walk(at)
    if walk.physical is not None and not fault.error & bits.mask("PAGE_FAULT", "RSVD") \
            or fault.cpu["cr2"] != at:
        return None
    table = case.read_physical(c["cr3"] & ~0xfff, 4096)
    if case.kernel and case.kernel.holds(c["cr3"] & ~0xfff) and table.strip(b"\0"):
        offset = (c["cr3"] & ~0xfff) - case.kernel.load
        lba = case.kernel.lba + 1 + offset // SECTOR
        if offset + 64 <= case.kernel.file_bytes and case.sector(lba).strip(b"\0") \
                and table.startswith(case.sector(lba)[:64]):
            return Finding(f"CR3 is {c['cr3']:X}h: that is inside the kernel, and the memory there is the kernel's own code or "
                           "data, not page tables.", "reserve 4096-byte aligned room for the tables in .bss, and "
                           "load CR3 with its physical address.")
    if any(entry and not entry & 1 or entry & 1 and entry & NOT_IN_ADDRESSES for entry in
           (int.from_bytes(table[i:i + 8], "little") for i in range(0, len(table), 8))):
        return Finding(f"The page tables at CR3 ({c['cr3']:X}h) do not map the running code at {at:X}h, and what lies there "
                       "does not look like a page table: it was overwritten, or CR3 is not its physical address.",
                       "load CR3 with the physical address of a complete, page-aligned PML4 that maps the code; "
                       "check what else is written there.")
    hint = " (that is a virtual address)" if c["cr3"] >= n["KERNEL_BASE"] else ""
    return Finding(f"CR3 was loaded with {c['cr3']:X}h{hint}, and those page tables do not map the running code at {at:X}h: "
                   f"{walk.verdict.partition(': ')[2] or walk.verdict}",
                   "map the running code, its data and its stack in the new tables before CR3 is loaded; the entries "
                   "hold physical addresses.")


def user_page(case):
    """Ring 3 touched a page that is for ring 0 only."""
    fault = case.raised(14)
    if not fault or not fault.error & bits.mask("PAGE_FAULT", "P") or not fault.error & bits.mask("PAGE_FAULT", "U"):
        return None
    address = fault.cpu["cr2"]
    steps = [step for step in case.walk(address, fault.cpu).steps if not step.entry & bits.mask("PAGE", "US")]
    if not steps:
        return None
    what = "executes" if fault.error & bits.mask("PAGE_FAULT", "I") else \
        "writes to" if fault.error & bits.mask("PAGE_FAULT", "W") else "reads"
    return Finding(f"The code in ring 3 at {case.name(fault.cpu.pc)} {what} {address:X}h, and that page is for ring 0 only: the U/S "
                   f"bit is not set in {', '.join(f'{step.table}[{step.index}]' for step in steps)}.",
                   "set U/S (bit 2) in the entries of all levels for the pages of the user's code, data and stack; the "
                   "loader's own tables are for the kernel only.")


def read_only(case):
    fault = case.raised(14)
    if not fault or not fault.error & bits.mask("PAGE_FAULT", "P") or not fault.error & bits.mask("PAGE_FAULT", "W"):
        return None
    return Finding(f"The code at {case.name(fault.cpu.pc)} writes to {fault.cpu['cr2']:X}h, and that page is read-only.",
                   "find out who maps this page, and why something writes there: constants and code belong "
                   "into read-only pages.")


def not_executable(case):
    fault = case.raised(14)
    if not fault or not fault.error & bits.mask("PAGE_FAULT", "P") or not fault.error & bits.mask("PAGE_FAULT", "I"):
        return None
    return Finding(f"The CPU was to execute {fault.cpu['cr2']:X}h, and that page is not executable (NX), or is a user page "
                   "(SMEP).", "a jump went into data, or the page that holds code was mapped with NX.")


def not_mapped(case):
    fault = case.raised(14)
    if not fault:
        return None
    c, address = fault.cpu, fault.cpu["cr2"]
    walk = case.walk(address, c)
    if walk.physical is not None:
        return None
    if address < 0x1000:
        return Finding(walk.verdict + " It is close to 0, which looks like a NULL pointer.",
                       "find out which pointer was never set.")
    if case.kernel and c["cr3"] & ~0xfff == constants()["PAGE_TABLES_ADDRESS"]:
        return Finding(walk.verdict + " The loader maps only 0 to 4 GiB and, at FFFFFFFF80000000h, the first 2 GiB again.",
                       "map it, use the mapping that exists, or find out where the address came from.")
    return Finding(walk.verdict, "map it, or find out where the address came from.")
