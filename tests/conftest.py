"""Which tests only a full run has."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "boot"))
from project import FULL  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "full: only with FIRSTLIGHT_FULL=1 (make test-full)")


def pytest_collection_modifyitems(config, items):
    left_out = [item for item in items if item.get_closest_marker("full") and not FULL]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
