"""What the detector costs: memory that does not grow with the clean tests, and little for a leak that stays."""

from __future__ import annotations

import cProfile
import os
import sys
from pathlib import Path
from unittest import mock

import pytest

from flake8_mockleak.runtime.detector import Detector
from flake8_mockleak.runtime.ledger import Kind, Ledger, Lifetime, RunningTest
from flake8_mockleak.runtime.statics import MISSING
from tests.runtime.running import ROOT, run


@pytest.mark.parametrize("history", ["0", "100"])
def test_memory_is_bounded(history: str, tmp_path: Path) -> None:
    script = os.fspath(ROOT / "benchmarks" / "runtime_memory.py")
    result = run(tmp_path, script, "--tests=2000", f"--history={history}")
    assert result.status == 0, result.output
    assert "2,000 tests, 6,000 patches, 0 leaks" in result.output


def test_entry_of_sys_modules_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test that runs into one asks for it: going through all modules cost a suite a third of its time."""
    fake = mock.Mock()
    key = (id(sys.modules), "acme_driver")
    entered = Ledger().add(
        Kind.MODULE_ENTRY, "sys.modules['acme_driver']", None, "test", sys.modules, key, MISSING,
        {"acme_driver": fake}, ("acme_driver",), (Lifetime.TEST, "test_1"),
    )  # fmt: skip
    profile = cProfile.Profile()
    assert not profile.runcall(entered.in_place)
    monkeypatch.setitem(sys.modules, "acme_driver", fake)
    assert profile.runcall(entered.in_place)
    calls = sum(each.callcount for each in profile.getstats())
    assert calls < len(sys.modules) / 10


def test_what_a_plugin_has_patched_is_asked_for_once_a_class() -> None:
    """pytest-mock patches fourteen methods of the mocks for the whole session."""
    detector = Detector()
    home = ("tests/test_a.py::TestA", "tests/test_a.py", "tests/test_a.py")
    for number in range(20):
        detector.ledger.add(
            Kind.ATTRIBUTE, f"plugin.patched_{number}", None, "import", mock, (number, "patched"), None, None, (),
            (Lifetime.MODULE, "plugin.py"),
        )  # fmt: skip
    calls = []
    for name in ("test_1", "test_2"):
        test = RunningTest(name, *home)
        test.home = home  # one object for all tests of a class, as the runners have it
        profile = cProfile.Profile()
        assert profile.runcall(detector.begin_test, test) == []
        calls.append(sum(each.callcount for each in profile.getstats()))
        assert detector.end_test() == []
    assert calls[0] > 20 > calls[1]
