"""The runtime detector: which mocks tests leave in place, who put them there, and whom they hurt.

``DanglingMockTestCase`` is the mixin for test classes. ``Detector`` is what the pytest plugin and
``python -m flake8_mockleak.runtime`` are made of, for a runner of your own. The names are imported when asked for.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from flake8_mockleak.runtime.detector import Detector, Settings
    from flake8_mockleak.runtime.leaks import Leak, Result
    from flake8_mockleak.runtime.ledger import Lifetime, RunningTest
    from flake8_mockleak.runtime.testcase import DanglingMocks, DanglingMockTestCase

_HOMES = {
    "Detector": "detector",
    "Settings": "detector",
    "Leak": "leaks",
    "Result": "leaks",
    "Lifetime": "ledger",
    "RunningTest": "ledger",
    "DanglingMockTestCase": "testcase",
    "DanglingMocks": "testcase",
}

__all__ = ["DanglingMockTestCase", "DanglingMocks", "Detector", "Leak", "Lifetime", "Result", "Settings", "RunningTest"]


def __getattr__(name: str) -> Any:
    """Import what is asked for: the pytest plugin is loaded in every session, and must cost next to nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
