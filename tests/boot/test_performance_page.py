"""docs/performance.md matches its numbers, and a missing GRUB or SYSLINUX is reported."""

import json
import sys

import pytest

from project import ROOT

sys.path.insert(0, str(ROOT / "tools/bench"))
import peers  # noqa: E402
import performance_page as performance  # noqa: E402


@pytest.fixture(scope="module")
def kept():
    return json.loads(performance.KEPT.read_text())


def test_tables_are_those_of_the_kept_numbers(kept):
    text = performance.PAGE.read_text()
    assert performance.page(text, kept) == text


def test_plot_is_that_of_the_kept_numbers(kept):
    assert performance.drawing(kept) == performance.PLOT.read_text()


def test_page_claims_no_more_than_its_numbers(kept):
    """Its sentences: XXH32's share, five instructions for 2 MiB, which loader is between which."""
    for result in kept["peers"]:
        own = result["own"]
        assert own["bare reading"] < own["Firstlight"] < own["GRUB"]
    small = kept["peers"][0]["own"]
    assert small["Firstlight"] < small["SYSLINUX"]
    start = kept["counts"]
    assert start["start 512 GiB"] - start["start 64 GiB"] < 8 * (448 << 30) / (2 << 20)


def test_missing_packages_are_named(monkeypatch, capsys):
    monkeypatch.setattr(peers, "missing_packages", lambda: ["grub-pc-bin", "mtools"])
    assert peers.run(None) is None
    assert "grub-pc-bin, mtools. `make setup performance`" in capsys.readouterr().out


def test_performance_measures_nothing_without_them(monkeypatch):
    monkeypatch.setattr(performance, "missing_packages", lambda: ["mtools"])
    monkeypatch.setattr(sys, "argv", ["performance_page.py", "--tools"])
    with pytest.raises(SystemExit, match="mtools.*make setup performance"):
        performance.main()
