"""Every submission of tests/labs/ graded once, two at a time, for the tests that ask for one."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from project import ROOT

sys.path.append(str(ROOT / "tools/labs"))
import grader  # noqa: E402


@pytest.fixture(scope="session")
def graded(request, tmp_path_factory):
    """A function: a submission -> its report.  All those of the session's tests are begun at once."""
    images = tmp_path_factory.mktemp("attempts")
    with ThreadPoolExecutor(os.cpu_count()) as executor:
        begun = {}

        def begin(submission):
            if submission.folder not in begun:
                image = images / f"{submission.lab.number}-{submission.name}.img"
                begun[submission.folder] = executor.submit(grader.grade, submission.lab, submission.folder, 1, image)
            return begun[submission.folder]

        for item in request.session.items:
            parameters = getattr(item, "callspec", None)
            if parameters and "submission" in parameters.params:
                begin(parameters.params["submission"])
        yield lambda submission: begin(submission).result()
        executor.shutdown(cancel_futures=True)
