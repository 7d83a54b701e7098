"""The detector and the linter agree on the examples of the rules about leaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flake8_mockleak.rules import all_rules
from tests.linting import marked
from tests.runtime.running import pytest_run, write

RULES = {rule.code: rule for rule in all_rules() if re.match("MLK[12]", rule.code)}
# What these two are about shows in the text alone: the patch is one that nothing stops.
SEEN_AS = {"MLK105": "MLK101", "MLK109": "MLK101"}
# The linter marks another line than that of the acquisition: the one that was to undo it.
OTHER_LINE = {"MLK105", "MLK109", "MLK110", "MLK208"}


@pytest.mark.parametrize("code", [code for code in RULES if code != "MLK104"])
def test_bad_example_leaks(code: str, tmp_path: Path) -> None:
    write(tmp_path, test_example=RULES[code].bad)
    lines = pytest_run(tmp_path, "--mockleak-environment").lines
    assert {found for _, _, found in lines} == {SEEN_AS.get(code, code)}
    if code not in OTHER_LINE:
        assert [(line, found) for _, line, found in lines] == marked(RULES[code].bad)


@pytest.mark.parametrize("code", RULES)
def test_good_example_does_not_leak(code: str, tmp_path: Path) -> None:
    write(tmp_path, test_example=RULES[code].good)
    result = pytest_run(tmp_path, "--mockleak-environment")
    assert result.lines == []
    assert result.report["tests"] > 0


def test_cleanup_called_too_early_leaks_nothing(tmp_path: Path) -> None:
    write(tmp_path, test_example=RULES["MLK104"].bad)
    assert pytest_run(tmp_path).lines == []
