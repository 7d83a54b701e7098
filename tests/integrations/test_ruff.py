"""Beside ruff: it leaves the comments that silence our codes alone, if it is told to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_mockleak.rules import OFF_BY_DEFAULT
from tests.command import flake8, write
from tests.integrations.needs import need
from tests.integrations.pages import block

need("ruff")

pytestmark = pytest.mark.once

SILENCED = """\
from unittest import mock


def test_price():
    mock.patch("shop.rate").start()  # noqa: MLK101
"""


def ruff(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--extend-select=RUF100,RUF102", *arguments, "."]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=60)


def test_comment_is_kept_where_ruff_knows_the_codes(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": SILENCED, "pyproject.toml": block("ruff.md", "ruff")})
    result = ruff(tmp_path, "--fix")
    assert result.returncode == 0, result.stdout + result.stderr
    assert (tmp_path / "test_price.py").read_text(encoding="utf-8") == SILENCED
    assert "MLK" not in result.stdout + result.stderr
    assert flake8("--select=MLK", directory=tmp_path).leaks == []


def test_comment_is_removed_where_it_does_not(tmp_path: Path) -> None:
    """What the setting is for: without it, the leak is reported again after ruff went over the file."""
    write(tmp_path, {"test_price.py": SILENCED, "pyproject.toml": "[tool.ruff.lint]\n"})
    ruff(tmp_path, "--fix")
    assert "noqa" not in (tmp_path / "test_price.py").read_text(encoding="utf-8")
    assert flake8("--select=MLK", directory=tmp_path).leaks == ["MLK101"]


def test_flake8_for_these_codes_alone(tmp_path: Path) -> None:
    source = SILENCED.replace("  # noqa: MLK101", "") + "import os\n"  # and one that is not ours
    source += '\n\ndef test_pager():\n    os.environ["PAGER"] = "most"\n'  # and one that is off by default
    write(tmp_path, {"test_price.py": source, "setup.cfg": block("ruff.md", "flake8")})
    assert [report.code for report in flake8(directory=tmp_path).reports] == ["MLK101"]
    for code in OFF_BY_DEFAULT:
        assert code in block("ruff.md", "flake8")
