"""The rules, one module per code; a module named ``mlk…`` in this package is a rule without further registration."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_mockleak.rules.rule import Rule

OFF_BY_DEFAULT = ("MLK103", "MLK206", "MLK408", "MLK601", "MLK602")
"""The codes that are off by default. flake8 asks for them at each start, when the rules need not be imported yet."""


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the codes."""
    return rules_without(frozenset())


@cache
def rules_without(unwanted: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules but for those of some codes, whose modules are not imported either."""
    files = os.listdir(os.path.dirname(__file__))
    names = sorted(name.removesuffix(".py") for name in files if name.startswith("mlk") and name.endswith(".py"))
    wanted = [name for name in names if name.upper() not in unwanted]
    rules: list[Rule] = [import_module(f"{__name__}.{name}").RULE for name in wanted]
    return tuple(rules)
