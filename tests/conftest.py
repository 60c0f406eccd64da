"""Which tests only a full run has."""

import os

FULL = bool(os.environ.get("FIRSTLIGHT_FULL"))


def pytest_configure(config):
    config.addinivalue_line("markers", "full: only with FIRSTLIGHT_FULL=1 (make test-full)")


def pytest_collection_modifyitems(config, items):
    left_out = [item for item in items if item.get_closest_marker("full") and not FULL]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
