"""Variables, types and places that tools/live/elf_variables.py finds in what a compiler writes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools/live"))
pytest.importorskip("elftools", reason="pyelftools is not installed")
import elf_variables  # noqa: E402

SOURCE = """
struct node { struct node *next; unsigned char kind : 3; enum { OFF, ON = 7 } state; };
struct node list[2][3] = { { { 0, 5, ON } } };
extern const char *const names[];
const char *const names[] = { "x", "y" };
int first(int a)
{
    static long calls;
    int local = a + list[0][1].kind;
    calls += local;
    return (int)calls + !names[0];
}
"""


@pytest.fixture(scope="module", params=[(compiler, level, version) for compiler in ("gcc", "clang")
                                        for level in ("-O0", "-O2") for version in (4, 5)],
                ids=lambda made: "-".join(map(str, made)))
def found(request, tmp_path_factory):
    compiler, level, version = request.param
    if not shutil.which(compiler):
        pytest.skip(f"{compiler} is not installed")
    folder = tmp_path_factory.mktemp("variables")
    source, program = folder / "a.c", folder / "a.elf"
    source.write_text(SOURCE)
    subprocess.run([compiler, level, f"-gdwarf-{version}", "-ffreestanding", "-nostdlib", "-static",
                    "-Wl,-e,first", "-o", program, source], check=True, timeout=60)
    return elf_variables.read(program)


def plain(types, number):
    row = types[number]
    return plain(types, row[2]) if row[0] == "alias" else row


def test_static_variables_have_addresses_sizes_and_types(found):
    statics = {static.name: static for static in found.statics}
    assert {"list", "names", "calls"} <= statics.keys()
    assert statics["list"].address > 0x1000 and statics["list"].size == 6 * 16
    assert statics["calls"].size == 8
    kind, inner, count = plain(found.types, statics["list"].type)
    assert (kind, count) == ("array", 2)
    assert plain(found.types, inner)[::2] == ["array", 3]


def test_a_structure_that_points_to_itself_is_read_once(found):
    (node,) = [row for row in found.types if row[:2] == ["struct", "node"]]
    (next_offset, _, next_type, *_), (_, _, _, bit, bits), (_, _, state, *_) = node[3]
    assert next_offset == 0 and found.types[next_type] == ["pointer", 8, found.types.index(node)]
    assert (bit, bits) == (0, 3)
    assert plain(found.types, state)[3] == [[0, "OFF"], [7, "ON"]]


def test_an_argument_has_a_place(found):
    (scope,) = [scope for scope in found.scopes if scope.name == "first"]
    (argument,) = [variable for variable in scope.variables if variable.name == "a"]
    assert argument.is_argument
    kinds = {place[2:4] for place in argument.places}
    assert kinds & {("register", "rdi"), ("memory", "rbp"), ("memory", "rsp")}, argument.places


def test_damaged_debug_information_leaves_the_variables_out(found, tmp_path, capsys):
    damaged = tmp_path / "damaged.elf"
    program = (ROOT / "build/stage2.elf").read_bytes()
    damaged.write_bytes(program[: len(program) // 2])
    assert elf_variables.read(damaged) == elf_variables.NONE
    assert "the variables of" in capsys.readouterr().err
