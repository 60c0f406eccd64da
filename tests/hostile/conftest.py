"""Paths, and a farm that runs all boots of a session in parallel; each test waits for its own."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "boot"))
import project  # noqa: E402, F401: and those of tools/

WORKERS = os.cpu_count()


class Farm:
    """Starts boots in the order of their tests; a test that asks for one waits for it."""

    def __init__(self, runs):
        self.pool = ThreadPoolExecutor(WORKERS)
        self.outcomes = {run: self.pool.submit(run.boot) for run in runs}

    def check(self, run):
        complaint = run.complaint(self.outcomes[run].result())
        if complaint:
            pytest.fail(complaint, pytrace=False)


def pytest_report_header():
    from mixes import make_mixes
    from modes import MODES
    return (f"hostile BIOS: {len(MODES)} modes alone, every pair that can be together in "
            f"{len(make_mixes())} mixes")


@pytest.fixture(scope="session")
def farm(request):
    """The boots of all tests that have a parameter `run`."""
    parameters = [getattr(item, "callspec", None) for item in request.session.items]
    farm = Farm([found.params["run"] for found in parameters if found and "run" in found.params])
    yield farm
    farm.pool.shutdown(cancel_futures=True)
