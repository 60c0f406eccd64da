"""Runs the grader (grade.mjs, by Node.js) and says in words what it found."""

import json
import os
import shlex
import shutil
import subprocess
import textwrap
from pathlib import Path

from catalogue import ROOT
from problem import Problem

LIMIT = 600         # seconds: limits are counted in instructions, so this is never the student's fault
PASSED, NOT_PASSED, FAILED = 0, 1, 2


def command(lab, submission, seed, image, *, build=ROOT / "build", own=False, sandbox=None):
    """Whose output is the report.

    own: the submission is one's own work, whose C may be compiled without a sandbox if there is none;
    sandbox: the kind of it, for tests.
    """
    words = ["node", "tools/labs/grade.mjs", lab.folder, submission, "--seed", seed, "--image", image, "--build", build,
             *(["--own"] if own else []), *(["--sandbox", sandbox] if sandbox else [])]
    return [str(word) for word in words]


def grade(lab, submission, seed, image, **options):
    """The report; the options are those of command().  One with `failure` says that the grader itself failed."""
    if not shutil.which("node"):
        raise Problem("Node.js, which runs the grader, is not installed; `make setup labs` installs it.")
    try:
        done = subprocess.run(command(lab, submission, seed, image, **options), cwd=ROOT, timeout=LIMIT, text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=os.environ | {"TZ": "UTC"})
        report = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"failure": f"it did not end within {LIMIT} s"}
    except ValueError:
        return {"failure": f"it ended without a report: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"}
    return report


def status(report):
    return FAILED if "failure" in report else PASSED if report["passed"] else NOT_PASSED


def in_words(report, number, labs_option):
    if "failure" in report:
        return (f"The grader failed, which is not your fault: {report['failure']}.\n"
                "Your points stay as they were.\n")
    lines = [f"Lab {report['lab']}: {report['title']}   (SEED={report['seed']})", ""]
    lines += [f"  note: {text}" for text in report["messages"]]
    lines += _wrapped("  ", report["refused"]) if report["refused"] else []
    for check in report["checks"]:
        lines.append(f"  {'ok  ' if check['points'] == check['of'] else 'MISS'} {check['points']}/{check['of']}  {check['name']}")
        if check["points"] < check["of"] and not report["refused"]:
            lines += _wrapped("            expected: ", check["expected"])
            lines += _wrapped("            found:    ", check["found"])
    lines += ["", f"{report['points']} of {report['of']} points: {'passed' if report['passed'] else 'not passed yet'}."]
    if not report["passed"]:
        lines.append(f"A hint:     make hint N={number}{labs_option}")
    at = f" AT={report['place']}" if report["place"] else ""
    if report["image"]:
        elf = f" ELF={_shown(report['elf'])}" if report["elf"] else ""
        lines.append(f"Look at it: make live IMAGE={_shown(report['image'])}{elf}{at}")
    return "\n".join(lines) + "\n"


def _wrapped(start, text):
    return textwrap.wrap(text, 100, initial_indent=start, subsequent_indent=" " * len(start))


def _shown(path):
    """A path as one types it in the project's folder, in a shell."""
    path = Path(path)
    return shlex.quote(str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path))
