"""Other front ends: GDB/MI, what .vscode/launch.json says, two terminals and a TCP port.

VS Code itself is not run here: its configuration is.
"""

import json
import os
import re
import shlex
import socket
import subprocess

import pytest

from gdb_session import (debug_command, environment, patience, processes_with,
                         require_debugger)
from project import ROOT

DOCS = (ROOT / "docs/debugging.md").read_text()


def mi(command, folder, *lines, cwd=ROOT):
    """GDB's answers to lines of GDB/MI; it quits behind them."""
    require_debugger()
    result = subprocess.run(
        command, cwd=cwd, text=True, errors="replace", timeout=patience.seconds,
        env=environment(folder),
        input="\n".join([*lines, "-gdb-exit", ""]), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    assert not processes_with(str(folder))
    return result.stdout


def test_gdb_mi_stops_with_source_and_frames(tmp_path):
    output = mi(debug_command("--interpreter=mi"), tmp_path, "1-exec-continue",
                "2-stack-list-frames", "3-data-list-register-values x 8")
    assert re.search(r'^\*stopped,reason="breakpoint-hit".*func="mbr_start".*stage1/stage1\.asm',
                     output, re.M), output
    assert re.search(r'^2\^done,stack=\[frame=\{level="0",.*func="mbr_start"', output, re.M)
    assert '3^done,register-values=[{number="8",value="0x7c00"}]' in output


def launch_configuration(folder=ROOT):
    """VS Code allows comments in its JSON; here they have lines of their own."""
    text = (folder / ".vscode/launch.json").read_text()
    only, = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.M))["configurations"]
    return json.loads(json.dumps(only).replace("${workspaceFolder}", str(folder)))


def test_launch_json_names_what_exists_and_runs(tmp_path):
    """As the C/C++ extension does it: the debugger, its arguments, MI; then breakpoints."""
    launch = launch_configuration()
    assert (launch["type"], launch["request"], launch["MIMode"]) == ("cppdbg", "launch", "gdb")
    assert os.access(launch["miDebuggerPath"], os.X_OK)
    assert launch["cwd"] == str(ROOT)
    program, arguments = launch["program"], shlex.split(launch["miDebuggerArgs"])
    assert program == str(ROOT / arguments[0] / "kernel.elf")
    assert launch["launchCompleteCommand"] == "None"    # otherwise it would run the kernel here
    setup = [step["text"] for step in launch["customLaunchSetupCommands"]]

    output = mi([launch["miDebuggerPath"], *arguments, "--interpreter=mi"], tmp_path,
                *(f'{number}-interpreter-exec console "{text}"'
                  for number, text in enumerate(setup, 100)),
                f"1-environment-cd {launch['cwd']}",
                "2-break-insert -h -f stage2/main.c:stage2_main",
                "3-break-insert -h -f kernel_main",
                "4-exec-continue", "5-exec-continue",
                "6-stack-info-frame", "7-exec-continue", "8-stack-info-frame",
                "9-data-evaluate-expression boot_info_address")
    for number in (1, 2, 3, *range(100, 100 + len(setup))):
        assert re.search(rf"^{number}\^done", output, re.M), output
    for number, name, file in ((6, "stage2_main", "stage2/main.c"),
                               (8, "kernel_main", "kernel/main.c")):
        assert re.search(rf'^{number}\^done,.*func="{name}".*fullname="{ROOT}/{file}"', output,
                         re.M), output
    assert '9^done,value="2048"' in output, output


def test_launch_json_of_a_new_kernel(tmp_path):
    mine, scratch = tmp_path / "mine", tmp_path / "scratch"
    scratch.mkdir()
    for command in (["make", "-s", "new", f"DIR={mine}"], ["make", "-s", "-C", mine]):
        subprocess.run(command, cwd=ROOT, env=environment(scratch), check=True, timeout=120)
    launch = launch_configuration(mine)
    tasks = json.loads((mine / ".vscode/tasks.json").read_text())["tasks"]
    assert launch["preLaunchTask"] in [task["label"] for task in tasks]
    assert launch["cwd"] == str(mine) and launch["program"] == f"{mine}/my.elf"
    output = mi([launch["miDebuggerPath"], *shlex.split(launch["miDebuggerArgs"]), "--interpreter=mi"],
                scratch, "1-break-insert -h -f kernel", "2-exec-continue", "3-exec-continue",
                "4-stack-info-frame", cwd=mine)
    assert re.search(rf'^4\^done,.*func="kernel".*fullname="{mine}/kernel.c"', output, re.M), output


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("localhost", 0))
        return any_port.getsockname()[1]


@pytest.mark.parametrize("end", ["kill", "quit"])
def test_two_terminals_and_a_port_as_documented(tmp_path, end):
    """The documented commands with another port, and GDB in batch mode with commands."""
    require_debugger()
    in_qemu, in_gdb = (re.search(rf"^    ({start}.*)$", DOCS, re.M)[1]
                       for start in ("tools/run/run.sh", "gdb -x"))
    port = str(free_port())
    assert "1234" in in_qemu and "1234" in in_gdb
    with subprocess.Popen(shlex.split(in_qemu.replace("1234", port)), cwd=ROOT, text=True,
                          env=environment(tmp_path), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as qemu:
        try:
            result = subprocess.run(        # GDB itself tries again until QEMU listens
                [*shlex.split(in_gdb.replace("1234", port)), "-nx", "-batch",
                 "-iex", "set tcp connect-timeout 200", "-ex", "continue",
                 "-ex", "until-mode long", "-ex", "mode", "-ex", end],
                cwd=ROOT, text=True, errors="replace", env=environment(tmp_path), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=patience.seconds)
            qemu.wait(patience.seconds)     # both end together
        finally:
            qemu.kill()
    assert re.search(r"^mbr_start|mbr_start \(\) at stage1/stage1\.asm", result.stdout, re.M)
    assert re.search(r"^long64: ", result.stdout, re.M), result.stdout
    assert not list(tmp_path.iterdir()), "the target descriptions were left behind"
