"""What pytest needs to know about the tests of this package."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

# Test modules to be linted, not to be run.
collect_ignore = ["corpus"]


@pytest.fixture(autouse=True)
def fails_on_error_of_ours(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which the checker met an exception: it logs it and goes on."""
    yield
    assert not [record.getMessage() for record in caplog.get_records("call") if record.name == "flake8_mockleak"]
