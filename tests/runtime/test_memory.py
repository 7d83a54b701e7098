"""The detector's memory does not grow with the number of clean tests; the benchmark says so for 50,000."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.runtime.running import ROOT, run


@pytest.mark.parametrize("history", ["0", "100"])
def test_memory_is_bounded(history: str, tmp_path: Path) -> None:
    script = os.fspath(ROOT / "benchmarks" / "runtime_memory.py")
    result = run(tmp_path, script, "--tests=2000", f"--history={history}")
    assert result.status == 0, result.output
    assert "2,000 tests, 6,000 patches, 0 leaks" in result.output
