"""What our own code costs, compared with the record: 5 % more is too much.

`make bench WHAT=record` writes the record of the compiler and the QEMU that are in use.
"""

import shutil
import sys

import pytest

from project import BUILD, ROOT

sys.path.insert(0, str(ROOT / "tools/bench"))
import own_counts  # noqa: E402
import records  # noqa: E402


@pytest.fixture(scope="module")
def counts():
    found = {}

    def measure(name):
        if name not in found:
            nm = shutil.which("x86_64-elf-nm") or "nm"
            found[name] = own_counts.OwnCounts(BUILD, nm, "nasm").measure(name)
        return found[name]

    return measure


@pytest.mark.parametrize("name", own_counts.MEASURES)
def test_count_is_within_its_limit(counts, name):
    limit = own_counts.limit(name, records.compiler(BUILD))
    assert sum(counts(name).values()) <= limit, own_counts.MEASURES[name][0]


@pytest.mark.parametrize("name", own_counts.MEASURES)
def test_count_has_not_grown_beyond_the_record(counts, name):
    key = records.key(BUILD)
    record = records.load().get(key, {}).get(name)
    if record is None:
        pytest.skip(f"there is no record of {key}: make bench WHAT=record")
    functions = counts(name)
    if records.is_too_much(functions, record):
        pytest.fail("\n".join([
            f"{own_counts.MEASURES[name][0]}: {sum(functions.values()):,} instructions, "
            f"{record['total']:,} on record ({key})", *records.difference(functions, record)]),
            pytrace=False)


def test_growth_is_shown_by_function():
    record = {"total": 1000, "functions": {"scroll": 600, "flush": 400}}

    assert not records.is_too_much({"scroll": 640, "flush": 410}, record)
    grown = {"scroll": 700, "flush": 390, "new": 20}
    assert records.is_too_much(grown, record)
    assert [line.split() for line in records.difference(grown, record)] == [
        ["+100", "scroll"], ["+20", "new"], ["-10", "flush"]]


@pytest.mark.parametrize("line, compiler", [
    ("gcc -m32 -O2 -std=gnu11 x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "gcc 12"),
    ("x86_64-elf-gcc -O2 x86_64-elf-gcc (GCC) 14.2.0", "gcc 14"),
    ("clang -O2 -std=gnu11 Debian clang version 14.0.6", "clang 14"),
])
def test_record_is_found_by_compiler(tmp_path, line, compiler):
    (tmp_path / "toolchain").write_text(line + "\n")
    assert records.compiler(tmp_path) == compiler
