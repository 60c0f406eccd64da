"""How the house is built: no circles, small faces, headers that stand alone, true comments."""

import re
import shutil
import subprocess
from collections import defaultdict

import pytest

import sources
from machine import require
from project import BUILD, ROOT

# ---- objects ---------------------------------------------------------------------

# The compiler adds calls of these two to every function with an array; they are as implicit
# as the CPU's calls of an exception's handler.
COMPILERS = {"__stack_chk_fail", "__stack_chk_guard"}


class Object:
    """What an object file defines for others, and what it needs from them."""

    def __init__(self, path):
        symbols = re.findall(r"([A-Za-z]) (\S+)$", subprocess.run(
            ["nm", path], text=True, check=True, stdout=subprocess.PIPE).stdout, re.M)
        self.defined = {name for kind, name in symbols if kind in "TDBRW"} - COMPILERS
        self.wanted = {name for kind, name in symbols if kind == "U"} - COMPILERS


def linked_objects(program):
    """{"kernel/main.c": Object} of all that the linker's map names."""
    require("nm")
    linked = set(re.findall(rf"\S*/{program}\.d/(\S+)\.o\b", (BUILD / f"{program}.map").read_text()))
    assert len(linked) > 10
    return {name: Object(BUILD / f"{program}.d/{name}.o") for name in sorted(linked)}


def circles(edges):
    """Groups of nodes that can all reach each other (Tarjan's strongly connected components)."""
    order, low, stack, found = {}, {}, [], []

    def visit(node):
        order[node] = low[node] = len(order)
        stack.append(node)
        for other in edges[node]:
            if other not in order:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == order[node]:
            group = stack[stack.index(node):]
            del stack[stack.index(node):]
            if len(group) > 1:
                found.append(sorted(group))

    for node in edges:
        if node not in order:
            visit(node)
    return found


def test_a_circle_would_be_found():
    assert circles({"a": "b", "b": "c", "c": "b", "d": "a"}) == [["b", "c"]]
    assert circles({"a": "b", "b": "cd", "c": "d", "d": ""}) == []


@pytest.mark.parametrize("program", ["stage2", "kernel"])
def test_no_objects_need_each_other_in_a_circle(program):
    objects = linked_objects(program)
    home = {name: file for file, o in objects.items() for name in o.defined}
    assert circles({file: {home[name] for name in o.wanted if name in home} - {file}
                    for file, o in objects.items()}) == []


# Names that others prescribe, or that every reader of C expects.
NAMES = {"memcpy", "memmove", "memset", "memcmp", "strlen", "strcmp",   # the compiler calls them
         "print", "fatal",      # stage 2's own names for printk and panic
         "command_help"}        # beside the table that it lists


@pytest.mark.parametrize("program", ["stage2", "kernel"])
def test_names_begin_with_a_word_of_their_file_or_folder(program):
    wrong = []
    for file, o in linked_objects(program).items():
        if not file.endswith(".c"):
            continue        # assembly's names are those of its C prototypes, or of one file's labels
        folder, name = file.split("/")[-2:]
        words = {name.split(".")[0].split("_")[0], folder}
        words |= {word.removesuffix("s") for word in words}
        wrong += [f"{file}: {n}" for n in o.defined - NAMES if n.split("_")[0] not in words]
    assert wrong == []


@pytest.mark.parametrize("program", ["stage2", "kernel"])
def test_whatever_is_exported_is_used(program):
    """Used by another object of the program or by a test, or named as an entry by a linker script."""
    objects = linked_objects(program)
    wanted = set().union(*(o.wanted for o in objects.values()))
    elsewhere = set(re.findall(r"\w+", " ".join(
        (ROOT / path).read_text() for path in sources.files("tests", "tools", "linker", "kernel/test")
        if path.suffix in (".c", ".h", ".py", ".ld", ".asm"))))
    macros = set(re.findall(r"\w+", " ".join(re.findall(
        r"^#define .*", (ROOT / "kernel/memory/heap.h").read_text(), re.M))))
    own = [f"{file}: {name}" for file, o in objects.items() if not file.startswith("lib/")
           for name in o.defined - wanted - elsewhere - macros - NAMES]
    assert own == []


# ---- headers ---------------------------------------------------------------------

def includes(path):
    return re.findall(r'^[#%]include "([^"]+)"', (ROOT / path).read_text(), re.M)


def test_internal_headers_stay_in_their_folder():
    """kernel/*/internal/: for the folder's own .c files; tests and benchmarks may include them as well."""
    looks_in = []
    for path in sources.files("kernel"):
        for name in includes(path) if path.suffix in (".c", ".h", ".asm", ".inc") else []:
            if "/internal/" not in name:
                continue
            folder = name.split("/internal/")[0]
            is_face = path.suffix in (".h", ".inc") and path.parent.name != "internal"
            if not str(path).startswith(folder + "/") or is_face:
                looks_in.append(f"{path}: {name}")
    assert looks_in == []


def test_headers_that_only_their_folder_includes_are_internal():
    """A public header is included by another folder, or by another public header."""
    includers = defaultdict(set)
    for path in sources.files("kernel", "tests/kernel"):
        if path.suffix in (".c", ".h", ".asm", ".inc"):
            for name in includes(path):
                includers[name].add(path)
    headers = [path for path in sources.files("kernel") if path.suffix in (".h", ".inc")
               and path.parent.name != "internal" and path.parent.name != "kernel"]

    def is_from_outside(path, header):
        if str(path).startswith("tests/"):          # these are what kernel/test/ is for
            return header.parent.name == "test"
        return path.parent != header.parent and path.parent.parent != header.parent

    faces = {header for header in headers
             if any(is_from_outside(path, header) for path in includers[str(header)])}
    while more := {header for header in headers
                   if includers[str(header)] & faces} - faces:
        faces |= more
    assert sorted(set(headers) - faces) == []


def test_every_header_compiles_alone(tmp_path):
    compiler = next(c for c in ("gcc", "clang", "cc") if shutil.which(c))
    kinds = {("stage2",): ["-ffreestanding", "-m32"],
             ("kernel", "lib", "include", "tests/kernel", "tests/protocol"):
                 ["-ffreestanding", "-m64"],
             ("tools", "tests/unit"): ["-Itools"]}
    for folders, flags in kinds.items():
        headers = [str(path) for path in sources.files(*folders) if path.suffix == ".h"
                   and not path.is_relative_to("tools/live/engine")     # includes the emulator's
                   and path.name != "errors_for_nasm.h"]                # for the preprocessor alone
        assert headers
        subprocess.run([compiler, "-std=gnu11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
                        "-I.", "-Iinclude", *flags, "-x", "c", *headers], cwd=ROOT, check=True)


def test_guards_are_named_for_their_path():
    wrong = []
    for path in sources.files("kernel", "lib"):
        if path.suffix == ".h":
            guard = "FIRSTLIGHT_" + re.sub(r"\W", "_", str(path)).upper()
            if f"#ifndef {guard}\n#define {guard}\n" not in (ROOT / path).read_text():
                wrong.append(str(path))
    assert wrong == []


# ---- comments --------------------------------------------------------------------

# What comments may name although it is not ours.
FOREIGN = {
    "stdint.h", "stdlib.h",                             # C's
    "seek_bytes",                                       # dd's
    "plugin_ctrl", "config_interface", "display_library", "reset_on_triple_fault",  # Bochs's
    "ignore_bad_msrs",
    "eax_hi", "org.gnu.gdb",                            # GDB's
    "pivot_root",                                       # util-linux's
    "kernel_entry", "map_is_sorted", "tests/x.asm", "kernel/cpu//kernel/cpu/x.asm",     # examples
    "build/include/errors.inc",                         # the build makes it
    "a.c", "b.c", "stdlib.h", "name_with_underscores",
}

FILE = re.compile(r"[\w./-]*\w\.(?:c|h|asm|inc|ld|def|mk|py|sh|S|gdb)\b(?![\w(])")
CALL = re.compile(r"\b([a-z_]\w*)\(\)")
NAME = re.compile(r"(?<![\w./-])([a-z]\w*_\w+)(?![\w.]*\.[a-z])")


@pytest.fixture(scope="module")
def texts():
    return {path: sources.read(path) for path in sources.source_files()}


def test_files_that_comments_name_exist(texts):
    paths = ["/" + str(path) for path in sources.files()]
    missing = [f"{path}:{line}: {name}" for path, text in texts.items()
               for line, comment in text.comments for name in FILE.findall(comment)
               if name not in FOREIGN
               and not any(p.endswith("/" + name.lstrip("./")) for p in paths)]
    assert missing == []


def test_functions_and_variables_that_comments_name_exist(texts):
    """Each name(), and each name_with_underscores, is in some code, or is some file's name."""
    known = set(re.findall(r"[A-Za-z_]\w*", " ".join(text.code for text in texts.values())))
    known |= {path.name.split(".")[0] for path in sources.files()} | FOREIGN
    missing = [f"{path}:{line}: {name}" for path, text in texts.items()
               for line, comment in text.comments
               for name in CALL.findall(comment) + NAME.findall(comment) if name not in known]
    assert missing == []


def test_links_of_the_pages_lead_to_files():
    # the guide's own rules know the chapters that are only planned
    missing = [f"{path}: {link}" for path in sources.files()
               if path.suffix == ".md" and path.parts[:2] != ("docs", "guide")
               for link in re.findall(r"\]\(([^)#\s]+)", (ROOT / path).read_text())
               if not re.match(r"[a-z]+:", link) and not (ROOT / path.parent / link).exists()]
    assert missing == []
