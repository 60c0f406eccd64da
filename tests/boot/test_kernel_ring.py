"""The tests that run inside the kernel (tests/kernel/): one case here for each of them.

The test image waits at a prompt on COM1 and runs the test whose name is typed.
Tests that end well share one boot.  A test that panics, hangs or resets the
machine ends its boot, and the next one gets a new one.
"""

import re

import pytest

from bochs import Bochs
from machine import LIMIT, Machine
from project import BUILD, LAYOUT, ROOT, find_line
from firstlight.headers import numbers

IMAGE = BUILD / "tests/kernel.img"
LIST = BUILD / "tests/kernel.list"      # "<kind> <name>" a line; the kinds: kernel/test/test.h

PROMPT = "test> "
TIME_LIMIT = 60                         # seconds for one test
EXIT = numbers(ROOT / "kernel/test/internal/test_exit.h")
DEBUG_EXIT = ("-device", f"isa-debug-exit,iobase={EXIT['TEST_EXIT_PORT']:#x},iosize=1")

# Exceptions that QEMU 7.2 gets wrong: it raises #GP for a non-canonical address even
# where #SS is right, and nothing for SSE errors and unaligned accesses.
NOT_IN_QEMU = {"non_canonical_stack_address_is_a_stack_fault", "simd_error_is_named",
               "unaligned_access_in_ring_3_is_named"}

# The line that ends a test: its result, or the last line of a panic.
END = re.compile(r"^(?:(ok|not ok) \d+ - \w+|(?!#).*System halted\..*)\r\n", re.M)


def names(kind):
    lines = LIST.read_text().splitlines() if LIST.exists() else []
    return [name for its_kind, name in map(str.split, lines) if its_kind == kind]


@pytest.fixture(scope="module")
def poison(tmp_path_factory):
    """QEMU's arguments that fill the memory which the loader is about to use with junk."""
    arguments = []
    for start, end in ((LAYOUT["PAGE_TABLES_ADDRESS"], LAYOUT["LOADER_END"]),
                       (LAYOUT["KERNEL_LOAD_ADDRESS"], LAYOUT["KERNEL_LOAD_ADDRESS"] + (1 << 20))):
        path = tmp_path_factory.mktemp("poison") / "junk"
        path.write_bytes(b"\xa5" * (end - start))
        arguments += ["-device", f"loader,file={path},addr={start:#x},force-raw=on"]
    return arguments


class Ring:
    """The test image: boots when a test has to run and no machine is ready for it."""

    def __init__(self):
        self.machines = []      # none or one
        self.usable = False     # at its prompt, and nothing has gone wrong

    def start(self, *arguments, emulator=Machine, **options):
        if not IMAGE.exists():
            pytest.fail(f"there is no {IMAGE}; `make kernel-tests` builds it", pytrace=False)
        self.machines.append(emulator(IMAGE, *arguments, **options).__enter__())
        self.machines[0].wait_for_text(PROMPT)
        self.usable = True

    def run(self, name, limit=TIME_LIMIT):
        """Runs a test; returns what it printed.  Fails unless it ended with a result or a panic."""
        pc = self.machines[0]
        begin = len(pc.serial)
        self.usable = False
        pc.type_serial(f"{name}\n")
        pc.wait_for(lambda: END.search(pc.serial, begin) or pc.resets, f"end of the test {name}",
                    limit)
        if pc.resets:
            pytest.fail(f"{name} reset the machine")
        said = pc.serial[begin:].replace("\r\n", "\n")
        if END.search(pc.serial, begin)[1]:
            pc.wait_for_text(PROMPT, after=begin)
            self.usable = True
        return said

    def pass_test(self, name, **options):
        """Runs a test that must pass."""
        said = self.run(name, **options)
        if not re.search(rf"^ok \d+ - {name}$", said, re.M):
            pytest.fail(f"{name}:\n{said}", pytrace=False)

    def end(self):
        for pc in self.machines:
            pc.__exit__()
        self.machines.clear()
        self.usable = False


@pytest.fixture(scope="module")
def shared():
    ring = Ring()
    yield ring
    ring.end()


@pytest.fixture
def ring(request, shared, poison):
    """A machine at the tests' prompt: the last test's, if that ended well."""
    request.node.machines = shared.machines
    if not shared.usable:
        shared.end()
        shared.start(*poison, *DEBUG_EXIT)
    yield shared


@pytest.fixture
def own_ring(request):
    """A machine for this case only; it has to be started."""
    ring = Ring()
    request.node.machines = ring.machines
    yield ring
    ring.end()


def test_guest_has_the_tests_that_the_build_lists(ring):
    said = ring.machines[0].serial
    ring.machines[0].type_serial("list\n")
    ring.machines[0].wait_for_text(PROMPT, after=len(said))
    listed = re.findall(r"^  (\w+) (\w+)\r$", ring.machines[0].serial[len(said):], re.M)
    assert sorted(listed) == sorted(tuple(line.split()) for line in LIST.read_text().splitlines())
    assert names("passes") and names("panics") and names("fails")


def test_normal_kernel_has_no_tests():
    assert b"kernel_test_" in (BUILD / "tests/kernel.elf").read_bytes()
    assert b"kernel_test_" not in (BUILD / "kernel.elf").read_bytes()


@pytest.mark.parametrize("name", names("passes"))
def test_passes(ring, name):
    ring.pass_test(name)


def expect_report(said):
    """The report of a panic contains what the test has announced."""
    *_, report = re.split(r"^# the report must contain: .*\n", said, flags=re.M)
    expected = re.findall(r"^# the report must contain: (.*)$", said, re.M)
    assert expected and "System halted." in report
    for text in expected:
        assert text in report, f"{text!r} is not in the report"


@pytest.mark.parametrize("name", sorted(set(names("panics")) - NOT_IN_QEMU))
def test_panics(own_ring, name):
    own_ring.start(*DEBUG_EXIT)
    expect_report(own_ring.run(name))
    assert own_ring.machines[0].resets == 0
    assert own_ring.machines[0].process.wait(LIMIT) == 2 * EXIT["TEST_EXIT_PANICKED"] + 1


# ---- Bochs: a second opinion of all of them, and no isa-debug-exit ----------------------

@pytest.mark.parametrize("cpu", [
    "core2_penryn_t9600",
    pytest.param("athlon64_clawhammer", marks=pytest.mark.full),    # the first with long mode
    pytest.param("ryzen", marks=pytest.mark.full),
    pytest.param("tigerlake", marks=pytest.mark.full),
])
def test_all_pass_in_bochs(own_ring, tmp_path, cpu):
    own_ring.start(tmp_path, emulator=Bochs, cpu=cpu)
    pc = own_ring.machines[0]
    pc.type_serial("all\n")
    pc.wait_for(lambda: "The tests are done." in pc.serial, "end of the tests",
                LIMIT + TIME_LIMIT)
    assert not re.search(r"^not ok .*", pc.serial, re.M), pc.serial
    assert f"\n# {len(names('passes'))} passed, 0 failed\r\n" in pc.serial


@pytest.mark.parametrize("name", [
    name if name in NOT_IN_QEMU else pytest.param(name, marks=pytest.mark.full)
    for name in names("panics")])
def test_panics_in_bochs(own_ring, tmp_path, name):
    own_ring.start(tmp_path, emulator=Bochs)
    expect_report(own_ring.run(name))


# ---- the runner itself: it notices failures ----------------------------------------------

def test_wrong_expectation_is_reported_with_place_and_values(own_ring):
    own_ring.start(*DEBUG_EXIT)
    with pytest.raises(pytest.fail.Exception) as failure:
        own_ring.pass_test("wrong_expectation")
    for check, text in ((r"EXPECT\(two", "two == 3 does not hold"),
                        (r"EXPECT_EQ\(two", "two + 2 is 4 (0x4), not 5, which is 5 (0x5)"),
                        (r"EXPECT_STRING\(", '"two" is "two", not "three"')):
        line = find_line("tests/kernel/test_runner.c", check)
        assert f"\n# tests/kernel/test_runner.c:{line}: {text}\n" in str(failure.value)
    own_ring.pass_test("boot_info_is_ours")     # the boot continues
    own_ring.machines[0].type_serial("exit\n")
    assert own_ring.machines[0].process.wait(LIMIT) == 2 * EXIT["TEST_EXIT_FAILED"] + 1


def test_unexpected_panic_is_a_failure_with_the_report(own_ring):
    own_ring.start(*DEBUG_EXIT)
    with pytest.raises(pytest.fail.Exception, match="KERNEL PANIC: not what the test was about"):
        own_ring.pass_test("unexpected_panic")
    assert not own_ring.usable


def test_hanging_test_is_named(own_ring):
    own_ring.start(*DEBUG_EXIT)
    with pytest.raises(pytest.fail.Exception, match="no end of the test endless_loop within 2 s"):
        own_ring.pass_test("endless_loop", limit=2)
    assert not own_ring.usable


def test_reset_is_a_failure(own_ring):
    own_ring.start(*DEBUG_EXIT)
    with pytest.raises(pytest.fail.Exception, match="sudden_reset reset the machine"):
        own_ring.pass_test("sudden_reset")
    assert not own_ring.usable


def test_all_at_once_leaves_with_the_code_for_passed(own_ring):
    own_ring.start(*DEBUG_EXIT)
    pc = own_ring.machines[0]
    pc.type_serial("all\n")
    status = pc.process.wait(LIMIT + TIME_LIMIT)
    for thread in pc.threads:                   # they end when QEMU closes what they read from
        thread.join(LIMIT)
    count = len(names("passes"))
    assert pc.serial.endswith(f"\n1..{count}\r\n# {count} passed, 0 failed\r\n")
    assert status == 2 * EXIT["TEST_EXIT_PASSED"] + 1


def test_without_the_exit_device_it_ends_in_words(own_ring):
    own_ring.start()
    own_ring.pass_test("boot_info_is_ours")
    own_ring.machines[0].type_serial("exit\n")
    own_ring.machines[0].wait_for_text("The tests are done. No isa-debug-exit at port 0xf4")
    own_ring.machines[0].wait_for_screen_text("The tests are done.")
    own_ring.pass_test("boot_info_is_ours")     # and can continue


def test_longest_report_keeps_its_first_row_on_the_screen(own_ring):
    own_ring.start()                            # without the exit device the machine stays
    own_ring.run("panic_cuts_a_long_message")
    screen = own_ring.machines[0].wait_for_screen_text("System halted.")
    assert "KERNEL PANIC: 0000" in screen.text and "called from" in screen.text
    assert "RIP " in screen.text and "Code " in screen.text and "Passed: " in screen.text


# ---- tests that depend on the machine, on other machines ---------------------------------

@pytest.mark.parametrize("name, options", [
    ("input_poll_returns_without_a_key", {"machine": "pc,i8042=off"}),
    ("entry_nxe_is_set_if_the_cpu_has_nx", {"cpu": "qemu64,nx=off"}),
    ("canary_is_set_and_stops_strings", {"cpu": "max"}),        # by RDRAND
    ("canary_is_set_and_stops_strings", {"cpu": "qemu64,rdrand=off"}),
    ("cpu_features_are_what_cpuid_says", {"cpu": "qemu64,nx=off"}),
    ("memory_map_ends_where_the_cmos_says", {"machine": "q35", "memory": "1G"}),
    ("memory_map_is_sorted_and_disjoint", {"memory": "6G"}),
], ids=lambda value: value if isinstance(value, str) else "-".join(value.values()))
def test_passes_elsewhere(own_ring, name, options):
    own_ring.start(*DEBUG_EXIT, **options)
    own_ring.pass_test(name)
