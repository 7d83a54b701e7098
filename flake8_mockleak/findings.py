"""What a rule says about a line."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One report of one rule.

    ``line`` counts from 1 and ``column`` from 0, as in :mod:`ast`; ``message`` does not repeat the code.
    """

    line: int
    column: int
    code: str
    message: str
