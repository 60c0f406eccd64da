"""Fixtures of the boot tests, and what is shown when one fails."""

import os

import pytest

from machine import Machine
from project import IMAGE

os.environ["PATH"] += ":/usr/sbin:/sbin"        # sfdisk and losetup lie there


@pytest.fixture
def boot(request):
    """boot(...) starts a Machine with our image; the end of the test ends it."""
    machines = []
    request.node.machines = machines

    def start(*arguments, image=IMAGE, **options):
        if not image.exists():
            pytest.fail(f"there is no {image}; `make` builds it", pytrace=False)
        machines.append(Machine(image, *arguments, **options).__enter__())
        return machines[-1]

    yield start
    for machine in machines:
        machine.__exit__()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call" and report.failed:
        for machine in getattr(item, "machines", []):
            report.sections.append(("the guest", machine.report()))
