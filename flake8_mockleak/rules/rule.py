"""The form every rule has: its documentation, its examples and its check, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.slotted import slotted


@slotted
class Rule:
    """One code.

    ``bad`` and ``good`` are whole test modules that run under pytest. The lines of ``bad`` that the rule reports end
    in a comment with the code (``# MLK101``); the rule reports nothing on ``good``. ``default`` tells whether the
    code is on without being selected; ``since`` is the version that brought it.
    """

    code: str
    name: str
    summary: str
    why: str
    bad: str
    good: str
    check: Callable[[Facts], Iterator[Finding]]
    default: bool = True
    since: str = "0.1.0"
