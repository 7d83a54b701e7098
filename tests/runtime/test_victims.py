"""What is told of a mock without calling it: that it was called or configured, and soon where it was not."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.victims import Touch, fingerprint


def made() -> mock.MagicMock:
    statics.know_mock_base(mock.NonCallableMock)
    fake = mock.MagicMock()
    fake.price.return_value = 3
    fake.till.open().lines = []
    return fake


def test_untouched_mock_is_told_at_a_glance() -> None:
    fake = made()
    before, now = fingerprint(fake), fingerprint(fake)
    assert before is not None and now is not None
    assert before.is_untouched(fake)
    assert now.since(before) is None


@pytest.mark.parametrize(
    ("touch", "expected"),
    [
        (lambda fake: fake(1), Touch(1, False)),
        (lambda fake: fake.till.close(), Touch(1, False)),
        (lambda fake: setattr(fake.price, "return_value", 4), Touch(0, True)),
        (lambda fake: setattr(fake.till.open.return_value, "lines", [1]), Touch(0, True)),
        (lambda fake: setattr(fake.till.open, "side_effect", OSError), Touch(0, True)),
        (lambda fake: setattr(fake, "rate", 2), Touch(0, True)),
        (lambda fake: fake.reset_mock(), Touch(0, True)),
    ],
    ids=["called", "child called", "answer", "answer of an answer", "effect", "attribute", "reset"],
)
def test_touched_mock_is_told(touch: Callable[[mock.MagicMock], object], expected: Touch) -> None:
    fake = made()
    before = fingerprint(fake)
    touch(fake)
    now = fingerprint(fake)
    assert before is not None and now is not None
    assert not before.is_untouched(fake)
    assert now.since(before) == expected
