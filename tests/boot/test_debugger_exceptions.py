"""QEMU's log of exceptions in sentences, and the rules that name a cause; without QEMU."""

from guest_state import REAL_MODE, machine_in

from firstlight import exception_log, findings
from firstlight.case import Case


def dumped(pc=0x8000, cr2=0):
    state = REAL_MODE.replace("EIP=0000e3fe", f"EIP={pc:08x}").replace("CR2=00000000",
                                                                       f"CR2={cr2:08x}")
    return state.replace("CS =f000 000f0000", "CS =0008 00000000")


def logged(vector, error, old="0xffffffff", new=None, pc=0x8000, cr2=0, by_int=False):
    """What QEMU logs of one exception, or of an INT instruction."""
    check = "" if by_int else f"check_exception old: {old} new {new or hex(vector)}\n"
    return (f"{check}     0: v={vector:02x} e={error:04x} i={by_int:d} cpl=0 IP=0008:{pc:016x} "
            f"pc={pc:016x} SP=0010:0000000000007c00 x\n{dumped(pc, cr2)}")


END = "check_exception old: 0x8 new 0xd\nTriple fault\nCPU Reset (CPU 0)\n"


def test_triple_fault_becomes_a_chain_of_sentences():
    ending = exception_log.read(logged(14, 0, pc=0x100) + logged(3, 0, by_int=True)
                                + logged(13, 0x1a)
                                + logged(8, 0, "0xd", "0xd") + END)
    assert ending.is_triple_fault
    assert [link.vector for link in ending.chain] == [3, 13, 13, 8, 13]
    text = "\n".join(exception_log.chain_lines(ending))
    assert "The code called #BP breakpoint (vector 3) with an INT instruction." in text
    assert "the gate of vector 03h (#BP breakpoint) in the IDT" in text
    assert "The two exceptions together cause" in text
    assert text.endswith("which resets the machine.")


def test_handled_exceptions_are_not_part_of_the_chain():
    ending = exception_log.read(logged(14, 0, pc=0x100, cr2=5) + logged(6, 0, pc=0x200))
    assert [link.vector for link in ending.chain] == [6] and not ending.is_triple_fault


def test_error_codes_in_words():
    def words(vector, error):
        return exception_log.error_words(exception_log.read(logged(vector, error)).chain[0])

    assert words(14, 2) == "the page is not present, a write"
    assert "reserved bit" in words(14, 9)
    assert "selector 18h, entry 3 of the GDT" in words(13, 0x18)
    assert words(6, 0) == ""


def test_nothing_is_found_where_nothing_is_wrong():
    state = machine_in()
    case = Case(state, [], lambda _, length: bytes(length), lambda _: b"", lambda _: "")
    assert findings.find(case) == []
