"""Runs a program of the labs in Node.js, which reads a job and writes an answer, both in JSON."""

import json
import subprocess

from catalogue import ROOT
from problem import Problem


def answer(program, job, limit):
    """limit: seconds, a last resort, since the program has limits of its own."""
    try:
        done = subprocess.run(["node", program], cwd=ROOT, input=json.dumps(job), text=True, timeout=limit, check=True,
                              stdout=subprocess.PIPE)
    except FileNotFoundError as error:
        raise Problem("Node.js, which assembles and links, is not installed; `make setup labs` installs it.") from error
    return json.loads(done.stdout)
