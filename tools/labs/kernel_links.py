"""Links Firstlight's kernel anew with a student's parts of it, for `make mine`.

tools/labs/mine/kernel/ has a folder for each such link: link.json, and the glue that calls the student's functions.

    files      those of the lab that this link is made of, if it is not all of them
    exports    the student's functions that the glue calls; no other name of the student's files meets one of ours
    wraps      functions of the kernel, whose calls go to the glue: its __wrap_NAME
    room       bytes of memory for the student's code and data, or of the linker script
    script     a linker script of ours: the link is the kernel's own script, and this is what the kernel needs beyond it
"""

import json
import sys
from pathlib import Path

import catalogue
import node
from problem import Problem

FOLDER = catalogue.ROOT / "tools/labs/mine/kernel"
LIMIT = 900                 # seconds for several compilers, each of which has a limit of its own


def settings(link):
    """What link.json says."""
    return json.loads((_folder(link) / "link.json").read_text(encoding="utf-8"))


def _folder(link):
    return FOLDER / link.name.lower()


def _objects(build, links):
    """The kernel's objects in the order of their link, and the glue of these links."""
    sources = [Path(name) for name in (build / "mine/kernel.sources").read_text(encoding="utf-8").split()]
    others = {folder.relative_to(catalogue.ROOT) for folder in FOLDER.iterdir()} - {_folder(link).relative_to(catalogue.ROOT) for link in links}
    return [str(build / f"kernel.d/{source}.o") for source in sources if source.parent not in others]


def _job(place, links, build, own):
    build = build.resolve()
    parts, script, wraps = [], None, []
    for link in links:
        about = settings(link)
        each = {"lab": str(link.lab.folder), "folder": str(place.of(link.lab).resolve()), "room": about["room"]}
        if "script" in about:
            script = {**each, "file": link.file, "further": str(_folder(link) / about["script"])}
        else:
            parts.append({**each, "name": link.name.lower(), "files": about.get("files", link.lab.files), "exports": about["exports"]})
        wraps += about.get("wraps", [])
    return {"parts": parts, "script": script, "wraps": wraps, "objects": _objects(build, links), "build": str(build), "own": own}


def make_base(place, links, build, image, elf, *, copies, own):
    """Writes an image with such a kernel, and its ELF file; {number of a lab: bytes of its part}"""
    has_names = (build / "kernel.symbols").stat().st_size > 0
    job = {**_job(place, links, build, own), "copies": copies, "image": str(image.resolve()), "elf": str(elf.resolve()),
           "python": sys.executable if has_names else None}
    answer = node.answer("tools/labs/link_kernel.mjs", job, LIMIT)
    if "failure" in answer:
        raise Problem(f"The kernel could not be linked, which is not your fault: {answer['failure']}")
    if "refused" in answer:
        whose = f"Lab {answer['lab']}" if answer["lab"] is not None else "The kernel with your parts"
        raise Problem(f"{whose}: {answer['refused']}")
    if answer["note"]:
        print(f"  note: {answer['note']}")
    return {int(number): size for number, size in answer["sizes"].items()}
