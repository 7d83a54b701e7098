"""What the rules say of patches that miss, shared mocks and weak assertions is true: their examples run and show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_mockleak.rules import all_rules
from tests.runtime.running import observe

RULES = {rule.code: rule for rule in all_rules()}

# How many tests of the bad example pass and fail, and of the good one.
EFFECTS = {
    # The second test meets the calls of the first.
    "MLK301": ((1, 1), (2, 0)),
    "MLK302": ((1, 1), (2, 0)),
    "MLK303": ((1, 1), (2, 0)),
    # The patch is not in force when it should be.
    "MLK401": ((0, 1), (1, 0)),
    "MLK402": ((0, 1), (1, 0)),
    "MLK403": ((0, 1), (1, 0)),
    # The fixture is a mock.
    "MLK404": ((0, 1), (1, 0)),
    # The test passes though the file was renamed: it asks the other mock.
    "MLK405": ((1, 0), (1, 0)),
    # The mock is not there.
    "MLK406": ((0, 1), (1, 0)),
    # The test passes though the mail was sent twice.
    "MLK501": ((1, 0), (1, 0)),
    "MLK502": ((1, 0), (1, 0)),
    # The test fails though the mail was sent once.
    "MLK503": ((0, 1), (1, 0)),
}


@pytest.mark.parametrize("code", EFFECTS)
def test_examples_show_their_effect(code: str, tmp_path: Path) -> None:
    bad, good = EFFECTS[code]
    seen = observe(RULES[code].bad, tmp_path)
    assert (seen.passed, seen.failed) == bad, seen.output
    seen = observe(RULES[code].good, tmp_path)
    assert (seen.passed, seen.failed) == good, seen.output


def test_passing_bad_examples_pass_for_no_reason(tmp_path: Path) -> None:
    """With the assertion that was meant, the same tests fail."""
    meant = {
        "MLK405": ("test_rename(mock_remove, mock_rename)", "test_rename(mock_rename, mock_remove)"),
        "MLK501": ("assert mailer.send.was_called_once()", "mailer.send.assert_called_once()"),
        "MLK502": ("mailer.send.assert_called_once ", "mailer.send.assert_called_once() "),
    }
    for code, (written, intended) in meant.items():
        assert written in RULES[code].bad
        seen = observe(RULES[code].bad.replace(written, intended), tmp_path)
        assert (seen.passed, seen.failed) == (0, 1), seen.output


def test_every_rule_is_run_somewhere() -> None:
    elsewhere = {"MLK304", "MLK407", "MLK408", "MLK601", "MLK602"}  # tests/test_rule_effects_targets.py
    assert {code for code in RULES if code[3] in "3456"} - elsewhere == set(EFFECTS)
