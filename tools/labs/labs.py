"""The labs: what there is, preparing one, grading it, hints and the solution.

    tools/labs/labs.py labs|lab|check|hint|solution [--lab N] [--labs DIR] [--seed N] [--format json]

`make labs`, `make lab`, `make check`, `make hint` and `make solution` run this; docs/labs/README.md
describes them.  Exit status 0: done, or passed; 1: not passed, or the user can fix it; 2: the grader failed.
"""

import argparse
import difflib
import json
import shlex
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import catalogue  # noqa: E402
import grader  # noqa: E402
from place import Place, Progress  # noqa: E402
from problem import Problem  # noqa: E402

DEFAULT = catalogue.ROOT / "my-labs"
BAR = 24        # columns
POLL = 0.3      # seconds between two looks at the files; Python has no notification of changes


def labs_option(options):
    """What has to be added to a command so that it uses the same folder, as a shell reads it."""
    return "" if options.labs == DEFAULT else f" LABS={shlex.quote(str(options.labs))}"


# ---- the list -----------------------------------------------------------------

def show_list(options):
    place, all_labs = Place(options.labs), catalogue.labs()
    progress = place.progress()
    solved = sum(progress.get(lab.number, Progress()).is_solved for lab in all_labs)
    done = BAR * solved // len(all_labs)
    print(f"[{'#' * done}{'.' * (BAR - done)}] {solved} of {len(all_labs)} solved\n")
    for lab in all_labs:
        changed = f"   (changed since: make lab N={lab.number} UPDATE=1)" if place.outdated(lab) else ""
        print(f"  {lab.number:>2}  {lab.title:<44} {state(place, lab, progress.get(lab.number))}{changed}")
    following = next((lab for lab in all_labs if not progress.get(lab.number, Progress()).is_solved), None)
    if following:
        print(f"\nNext: make {'check' if place.is_prepared(following) else 'lab'} N={following.number}"
              f"{labs_option(options)}, and docs/labs/{following.name}/README.md")
    return 0


def state(place, lab, progress):
    if progress and progress.points is not None:
        return "solved" if progress.is_solved else f"{progress.points} of {progress.of} points"
    return "begun" if place.is_prepared(lab) else ""


# ---- one lab --------------------------------------------------------------------

def prepare(options, lab):
    place = Place(options.labs)
    if options.update:
        return update(place, lab)
    written = place.prepare(lab)
    for name in lab.files:
        note = "" if name in written else "   (was there, not changed)"
        print(f"  {place.of(lab) / name}{note}")
    print(f"The task: docs/labs/{lab.name}/README.md\n"
          f"Then:     make check N={lab.number}{labs_option(options)}")
    return 0


def update(place, lab):
    names = place.outdated(lab)
    for name in names:
        merged = place.update(lab, name)
        print(f"  {place.of(lab) / name}: " + ("the lab's changes are merged into it" if merged else
              f"left as it is, because both it and docs/labs/{lab.name}/skeleton/{name} changed the same lines"))
    if not names:
        print(f"Lab {lab.number} has not changed since you began it.")
    return 0


def check(options, lab):
    place = Place(options.labs)
    need_prepared(place, lab, options)
    while True:
        seen = saved(place, lab)        # before the check: what is saved meanwhile is checked as well
        status = check_once(options, place, lab)
        if not options.watch:
            return status
        print("\nWaiting until a file is saved; Ctrl-C ends this.", flush=True)
        while saved(place, lab) == seen:
            time.sleep(POLL)
        print("-" * 80)


def saved(place, lab):
    """When each of the lab's files was saved last."""
    return [(path.stat().st_mtime_ns if path.exists() else 0) for path in (place.of(lab) / name for name in lab.files)]


def check_once(options, place, lab):
    image, digest = place.of(lab) / "attempt.img", place.digest(lab)
    report = grader.grade(lab, place.of(lab), options.seed, image.resolve(), build=options.build, own=options.labs == DEFAULT)
    if options.format == "json":
        print(json.dumps(report, indent=2))
    else:
        print(grader.in_words(report, lab.number, labs_option(options)), end="")
    if "failure" not in report:
        note(place, lab, report, digest)
        if report["passed"] and options.format != "json":
            print(f"\n{lab.text('explanation.md')}\n{differences(place, lab)}", end="")
    return grader.status(report)


def note(place, lab, report, digest):
    """Keeps the result in the student's progress."""
    progress = place.progress().get(lab.number, Progress())
    failed = [check["hint"] for check in report["checks"] if check["points"] < check["of"]]
    progress.points, progress.of = report["points"], report["of"]
    progress.topic = failed[0] if failed else ""
    if report["passed"]:
        progress.passed = digest
    place.save(lab, progress)


def need_prepared(place, lab, options):
    if not place.is_prepared(lab):
        raise Problem(f"{place.of(lab)} does not exist yet: `make lab N={lab.number}{labs_option(options)}` prepares it.")


def differences(place, lab):
    """The student's files and the reference beside each other, as far as they differ."""
    text = ""
    for name in lab.files:
        mine = (place.of(lab) / name).read_text(encoding="utf-8", errors="replace")
        text += "".join(difflib.unified_diff(mine.splitlines(True), lab.reference(name).splitlines(True),
                                             f"your {name}", f"the reference's {name}", n=1))
    return text or "Your files are the reference's, letter by letter.\n"


def hint(options, lab):
    place, hints = Place(options.labs), lab.hints()
    need_prepared(place, lab, options)
    progress = place.progress().get(lab.number, Progress())
    topic = progress.topic if progress.topic in hints else next(iter(hints))
    steps = hints[topic]
    shown = min(progress.hints.get(topic, 0) + 1, len(steps))
    for number, step in enumerate(steps[:shown], 1):
        print(f"Hint {number} of {len(steps)} ({topic}): {step}")
    progress.hints[topic] = shown
    place.save(lab, progress)
    return 0


def solution(options, lab):
    progress = Place(options.labs).progress().get(lab.number, Progress())
    if not progress.is_solved:
        print(f"Lab {lab.number} is not solved yet. Show the reference now? Type yes: ", end="", flush=True)
        if sys.stdin.readline().strip().lower() != "yes":
            print("\nNot shown. `make hint` has three steps for what failed last.")
            return 0
        print()
    for name in lab.files:
        print(f"---- {name}\n{lab.reference(name)}")
    return 0


COMMANDS = {"lab": prepare, "check": check, "hint": hint, "solution": solution}


def main():
    parser = argparse.ArgumentParser(prog="labs.py", description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["labs", *COMMANDS])
    parser.add_argument("--lab", default="")
    parser.add_argument("--labs", type=Path, default=DEFAULT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", type=Path, default=catalogue.ROOT / "build", help="where the loader is, for labs in C")
    parser.add_argument("--watch", action="store_true", help="check again whenever a file is saved")
    parser.add_argument("--update", action="store_true", help="merge what has changed in the lab since it was begun")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    options = parser.parse_args()
    try:
        if options.command == "labs":
            return show_list(options)
        return COMMANDS[options.command](options, catalogue.find(options.lab))
    except KeyboardInterrupt:
        return 0
    except Problem as problem:
        if options.format == "json":
            print(json.dumps({"failure": str(problem)}), flush=True)
        print(f"labs: {problem}", file=sys.stderr)
        return grader.FAILED if options.command == "check" else 1


if __name__ == "__main__":
    sys.exit(main())
