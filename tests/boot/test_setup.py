"""`make setup` with package managers that only log their commands.

tests/bare/ runs it with the real apt on bare systems.
"""

import os
import re
import shutil

import pytest

from front_door import run
from project import ROOT

TABLE = ROOT / "tools/build/packages.txt"
MANAGERS = ("apt-get", "apt-cache", "dpkg-query", "dnf", "rpm", "pacman", "zypper", "brew", "sudo",
            "npm")      # whose presence is enough, wherever it came from

# Each notes its words in $PLACE/log; what is installed or known stands in a file, one a line.
STUBS = {
    "dpkg-query": 'for p; do :; done; grep -qx -- "$p" $PLACE/installed && echo installed',
    "rpm": 'grep -qx -- "$2" $PLACE/installed',
    "apt-cache": 'grep -qx -- "$2" $PLACE/unknown || echo "  Candidate: 1.0"',
    "apt-get": 'case " $* " in *" --print-uris "*) echo "\'url\' name 34000000 hash"; exit;; esac\n'
               'echo "apt-get $*" >> $PLACE/log\n'
               '[ "$1" != install ] || for p; do echo "$p" >> $PLACE/installed; done',
    "dnf": 'echo "dnf $*" >> $PLACE/log; for p; do echo "$p" >> $PLACE/installed; done',
    "sudo": 'echo "sudo $*" >> $PLACE/log; exec "$@"',
    "id": 'echo "$USER_ID"', "uname": '[ "$1" = -s ] && echo Linux || echo "$CPU"',
}


@pytest.fixture
def system(tmp_path):
    """A system with all ordinary programs, no package manager and nothing installed."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for folder in ("/usr/bin", "/bin"):
        for path in os.scandir(folder):
            if path.name not in STUBS and path.name not in MANAGERS and not (tools / path.name).exists():
                (tools / path.name).symlink_to(path.path)
    for name in ("installed", "unknown", "log"):
        (tmp_path / name).touch()
    add(tmp_path, "id", "uname")
    return tmp_path


def add(system, *names):
    for name in names:
        path = system / "bin" / name
        path.write_text(f"#!/bin/sh\n{STUBS[name]}\n")
        path.chmod(0o755)


def debian(system):
    add(system, "apt-get", "apt-cache", "dpkg-query")
    return system


def set_up(system, *commands, user=0, cpu="x86_64", display=""):
    return run("sh", "tools/build/setup.sh", *commands, cwd=ROOT, PATH=f"{system}/bin",
               PLACE=str(system), USER_ID=str(user), CPU=cpu, DISPLAY=display)


def log(system):
    return (system / "log").read_text().splitlines()


def packages(*levels, column=2):
    rows = [re.split(r" *\| *", line) for line in TABLE.read_text().splitlines()
            if not line.startswith("#")]
    return {row[column] for row in rows if row[0] in levels and row[column] != "-"}


def test_it_says_what_it_runs_and_how_much_it_downloads(system):
    status, output = set_up(debian(system), "run")
    update, install = log(system)
    assert status == 0 and update == "apt-get update -q"
    assert set(install.split()[5:]) == packages("run")
    assert all(f"setup: {command}\n" in output for command in (update, install))
    assert "34 MB will be downloaded" in output and "not tested" not in output
    for package in packages("run"):
        assert re.search(rf"^    {package} +\w", output, re.M)


@pytest.mark.parametrize("commands, levels", [
    (["run"], ["run"]), (["debug"], ["run", "debug"]), (["run", "clang"], ["run", "clang"]),
    (["live"], ["run", "live"]), (["labs"], ["run", "live", "labs"]), (["guide"], ["run", "live", "guide"]),
    (["performance"], ["run", "peers"]), (["scoreboard"], ["run", "peers"]),
    (["test"], ["run", "window", "debug", "live", "labs", "guide", "clang", "test", "peers", "page"]),
    ([], ["run", "window", "debug", "live", "labs", "guide", "clang", "test", "peers"])], ids=lambda words: " ".join(words) or "alone")
def test_each_command_gets_its_own_tools(system, commands, levels):
    assert set_up(debian(system), *commands)[0] == 0
    assert set(log(system)[1].split()[5:]) == packages(*levels)


def test_the_tool_chains_sources_are_of_the_systems_own_version(system):
    (system / "bin/gcc").unlink()
    (system / "bin/gcc").write_text("#!/bin/sh\necho 12\n")
    (system / "bin/gcc").chmod(0o755)
    assert set_up(debian(system), "toolchain")[0] == 0
    wanted = packages("run", "toolchain") - {"gcc-N-source"} | {"gcc-12-source"}
    assert set(log(system)[1].split()[5:]) == wanted


def test_a_window_is_for_those_who_have_a_display(system):
    assert set_up(debian(system), "run", display=":0")[0] == 0
    assert set(log(system)[1].split()[5:]) == packages("run", "window")


def test_the_second_time_it_does_nothing(system):
    debian(system)
    assert set_up(system, "test")[0] == 0
    before = log(system)
    status, output = set_up(system, "test", user=1000)
    assert status == 0 and "nothing to do" in output and log(system) == before


def test_sudo_if_it_is_there_and_what_to_type_if_not(system):
    debian(system)
    status, output = set_up(system, "run", user=1000)
    assert status == 1 and "as root, run:" in output and not log(system)
    assert all(name in output.splitlines()[-1].split() for name in packages("run"))
    add(system, "sudo")
    status, output = set_up(system, "run", user=1000)
    assert status == 0 and "setup: sudo apt-get install" in output
    assert [line.split()[0] for line in log(system)] == ["sudo", "apt-get", "sudo", "apt-get"]


def test_what_could_not_be_installed_is_named(system):
    (system / "unknown").write_text("nasm\n")
    status, output = set_up(debian(system), "run")
    assert status == 1 and "nasm" not in log(system)[1]
    assert set(output.partition("could not be installed:")[2].split()) >= {"nasm", "assembles"}


def test_the_live_pages_tests_may_go_without_a_browser(system):
    (system / "unknown").write_text("firefox-esr\n")
    status, output = set_up(debian(system), "test")
    assert status == 0 and "firefox-esr" not in log(system)[1] and "chromium" in log(system)[1]
    assert re.search(r"could not be installed:\n +firefox-esr .*\n.*will be skipped", output)


def test_another_processor_gets_a_compiler_and_a_debugger_for_pcs(system):
    status, output = set_up(debian(system), "debug", cpu="aarch64")
    assert status == 0 and "not tested on Linux aarch64" in output
    assert {"gcc-x86-64-linux-gnu", "gdb-multiarch", "gcc"} <= set(log(system)[1].split())


def test_other_managers_are_reported_as_untested(system):
    add(system, "dnf", "rpm")
    status, output = set_up(system, "run")
    assert status == 0 and "not tested with dnf" in output
    assert log(system)[0].startswith("dnf install -y ") and "qemu-system-x86" in log(system)[0]
    assert not shutil.which("apt-get", path=f"{system}/bin")


def test_without_a_manager_it_lists_what_is_needed(system):
    status, output = set_up(system, "run")
    assert status == 1 and "install by hand" in output and re.search(r"^    nasm +assembles", output, re.M)


def test_every_row_has_every_column():
    rows = [line for line in TABLE.read_text().splitlines() if not line.startswith("# ")]
    assert rows and all(len(row.split("|")) == 7 and "" not in row.replace(" ", "").split("|")
                        for row in rows if "|" in row)


def test_make_passes_the_commands_on():
    for words, passed in ((["setup", "run"], ["run"]), (["setup", "debug", "LLVM=1"], ["debug", "clang"]),
                          (["setup", "test"], ["test"]),
                          (["setup"], [])):
        output = run("make", "-n", *words, cwd=ROOT)[1]
        call = next(line for line in output.splitlines() if "setup.sh" in line)
        assert call.split()[2:] == passed
