"""`make why`: images, each broken in one way, the cause that it must name, and sound ones beside them.

The images boot two at a time: the first test that needs a report starts all that the chosen tests need.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from project import BUILD, IMAGE, ROOT

sys.path += [str(ROOT / "tests/debug"), str(ROOT / "tests/debug/strangers")]
import broken_images  # noqa: E402
import make as strangers  # noqa: E402
import other_loaders  # noqa: E402

WHY_LIMIT = 300         # seconds; on an idle machine no image takes four
TOGETHER = 2            # boots at a time: the cores of the machines that test this
SOUND, EXPLAINED, UNUSABLE = 0, 1, 3        # exit status of why.py
# what no first sentence may be about: the machine instead of the mistake
EVIDENCE = ("Not explained", "The machine", "The CPU is halted", "In real16")


def why(image, *arguments):
    result = subprocess.run([sys.executable, "-B", "tools/why/why.py", str(image), *arguments,
                             "--tool", str(BUILD / "tools/firstlight-image")],
                            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            timeout=WHY_LIMIT)
    return result.returncode, result.stdout


def cases():
    """{name: (function that makes the image in a folder, pattern of the cause, of the mend)}"""
    found = {}
    for kind in ("broken", "sound"):
        for source in broken_images.sources(kind):
            found[f"{kind}/{source.name}"] = (
                lambda folder, source=source: broken_images.make(source, folder, BUILD),
                source.words.get("cause"), source.words.get("try"))
    for name, (content, cause, advice) in broken_images.DAMAGED.items():
        found[f"broken/damaged/{name}"] = (
            lambda folder, content=content: write(folder / "my.img", content(BUILD)), cause, advice)
    for name, case in STRANGERS.items():
        found[f"{'sound' if case.get('sound') else 'broken'}/strangers/{name}"] = (
            lambda folder, name=name: build_strangers(name, folder), case.get("cause"), ".")
    for later, (module, expected) in LATER_STRANGERS.items():
        for name, case in expected.items():
            kind, own = name.split("/")
            found[f"{kind}/{later}/{own}"] = (
                lambda folder, module=module, name=name: build_later_strangers(module, name, folder), case.get("pattern"), ".")
    found["sound/our own image"] = (lambda folder: IMAGE, None, None)
    return found


# made without having seen the rules; expected.json was there before why first ran on them
STRANGERS = json.loads((ROOT / "tests/debug/strangers/expected.json").read_text())
strangers.TOOL = BUILD / "tools/firstlight-image"


def later_strangers(folder):
    """The build.py of a later set, which was made in the same way, and its expected.json."""
    spec = importlib.util.spec_from_file_location(f"build_{folder}", ROOT / "tests/debug" / folder / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    getattr(module, "steps", module).TOOL = str(BUILD / "tools/firstlight-image")
    return module, json.loads((ROOT / "tests/debug" / folder / "expected.json").read_text())


# causes that were right at the first run, and sound images that were accused: 8 of 15 and none; 9 of 15 and 3;
# 13 of 15 and 1; 4 of 15 and 1; 11 of 15 and 2
LATER_STRANGERS = {f"strangers{number}": later_strangers(f"strangers{number}") for number in range(2, 7)}
# what `why` does not explain yet; a test that suddenly passes is red, so that it leaves this list
MISSED = {"broken/strangers6/04-again", "broken/strangers6/05-short", "broken/strangers6/12-masked"}


def build_strangers(name, folder):
    if name in ("grub-multiboot", "syslinux-prompt") and other_loaders.missing_packages():
        pytest.skip(f"packages are missing: {other_loaders.missing_packages()}")
    strangers.build(name, STRANGERS[name], folder)
    return folder / f"{name}.img"


def build_later_strangers(module, name, folder):
    if not module.build(str(folder), name):
        pytest.skip(f"a tool for {name} is missing")
    return folder / f"{name}.img"


def write(path, content):
    is_sparse = isinstance(content, broken_images.Sparse)
    path.write_bytes(content.start if is_sparse else content)
    if is_sparse:
        os.truncate(path, content.size)
    return path


CASES = cases()
BROKEN = [name for name in CASES if name.startswith("broken/")]
HEALTHY = [name for name in CASES if name.startswith("sound/")]


@pytest.fixture(scope="module")
def reports(request, tmp_path_factory):
    """{name: future of the exit status and the report}, for the tests that were chosen"""
    chosen = {item.callspec.params.get("name") for item in request.session.items if hasattr(item, "callspec")}
    folder = tmp_path_factory.mktemp("why")

    def report(name):
        place = folder / re.sub(r"\W", "-", name)
        place.mkdir()
        return why(CASES[name][0](place))

    with ThreadPoolExecutor(TOGETHER) as pool:
        yield {name: pool.submit(report, name) for name in CASES if name in chosen}


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.xfail(strict=True)] if name in MISSED else [])
                                  for name in BROKEN])
def test_first_sentence_names_the_cause_and_the_second_the_mend(reports, name):
    _, cause, advice = CASES[name]
    status, report = reports[name].result()
    first, second = report.splitlines()[:2]
    assert status == EXPLAINED and first.startswith("Cause: ") and second.startswith("Try: "), report
    assert re.search(cause, first) and not first.removeprefix("Cause: ").startswith(EVIDENCE), report
    assert re.search(advice, second), report


@pytest.mark.parametrize("name", HEALTHY)
def test_sound_image_is_not_accused(reports, name):
    status, report = reports[name].result()
    assert status == SOUND and "Cause: " not in report and "Not explained" not in report, report


def test_same_facts_are_there_for_programs():
    status, output = why(ROOT / "README.md", "--json")
    report = json.loads(output)
    assert (status, report["verdict"], report["end"], report["kind"]) == (EXPLAINED, "explained", "file", "file.no_signature")
    assert report["cause"].startswith("The BIOS found nothing") and "dw 0xaa55" in report["try"]
    status, output = why(IMAGE, "--json")
    report = json.loads(output)
    assert (status, report["verdict"], report["end"]) == (SOUND, "sound", "booted")
    assert report["kind"] is None and report["also"] == [] and "boots" in report["evidence"][0]


def test_sources_say_what_they_expect():
    for source in broken_images.sources("broken"):
        assert source.words.get("cause") and source.words.get("try"), source.path
        assert source.path.read_text().startswith(f"; {source.path.name} - "), source.path


def test_many_mistakes_of_a_first_boot_sector_are_among_them():
    by_folder = {folder: sum(f"/{folder}/" in name for name in BROKEN)
                 for folder in ("sector", "mode", "kernel", "elf", "file", "damaged")}
    assert by_folder["sector"] + by_folder["mode"] >= 20 and len(BROKEN) >= 45, by_folder


@pytest.mark.parametrize("arguments", [["--colour"], ["--seconds", "x"]])
def test_bad_usage_is_not_taken_for_an_answer(arguments):
    status, report = why(IMAGE, *arguments)
    assert status == UNUSABLE and "usage" in report


def test_absent_image_is_not_taken_for_an_answer(tmp_path):
    status, report = why(tmp_path / "missing.img")
    assert status == UNUSABLE and "No such file" in report
