"""The linter breaks on no program, however senseless: a short look, which ``tox -e fuzz`` takes longer for."""

from __future__ import annotations

import os

import hypothesmith
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import fuzzing
from tests.checking import check
from tests.fuzzing import Broken, Choices, check_program, crossed, garbled, is_program

EXAMPLES = int(os.environ.get("MOCKLEAK_FUZZ_EXAMPLES", "100"))

bounded = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=False
)
few = settings(bounded, max_examples=max(1, EXAMPLES // 4))
decisions = st.binary(min_size=2, max_size=60)


@bounded
@given(decisions)
def test_programs_crossed_with_others(data: bytes) -> None:
    check_program(crossed(Choices(data)))


@bounded
@given(decisions)
def test_texts_that_are_being_typed(data: bytes) -> None:
    check_program(garbled(Choices(data)))


@few
@given(hypothesmith.from_grammar())
def test_programs_of_the_grammar(source: str) -> None:
    check_program(source)


@few
@given(hypothesmith.from_node())
def test_programs_of_nodes(source: str) -> None:
    check_program(source)


def test_the_programs_are_worth_it() -> None:
    """They are no mere copies, most can be parsed, and the linter finds something in some."""
    made = {crossed(Choices(bytes([0, number, 7, number, 1, 3 * number % 256, number, 9]))) for number in range(60)}
    assert len(made) > 40
    assert not made & set(fuzzing.corpus())
    parsed = [source for source in made if is_program(source)]
    assert len(parsed) > 20
    assert any(check(fuzzing.CORPUS / "test_fuzzed.py", f"{source}\n# mock\n") for source in parsed)


def test_what_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "MAX_SECONDS", 0.0)
    with pytest.raises(Broken, match="KiB more"):
        check_program("import shop\n")
