"""What the user sets, from flake8's options."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field

from flake8.options.manager import OptionManager
from flake8.style_guide import Decision, DecisionEngine

from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.rules import OFF_BY_DEFAULT

_NAME = "--mockleak-{}"


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of one flake8 run."""

    model: ModelSettings = field(default_factory=ModelSettings)
    unwanted: frozenset[str] = frozenset()
    """Codes that are off by default and were not selected: flake8 would drop what their rules find."""


def add_options(manager: OptionManager) -> None:
    """Declare the options, and which codes are off unless they are selected."""
    manager.extend_default_ignore(list(OFF_BY_DEFAULT))
    _add(
        manager,
        "safe-bases",
        "dotted names of test base classes that undo every started patch, e.g. acme.testing.TestCase",
    )
    _add(
        manager,
        "cleanup-methods",
        "names of methods that register a function to be called when the test ends, beside addCleanup and its like",
    )
    _add(
        manager,
        "patch-functions",
        "dotted or plain names of own functions that return a patcher, e.g. acme.testing.patch_clock",
    )


def _add(manager: OptionManager, name: str, text: str) -> None:
    manager.add_option(
        _NAME.format(name),
        default="",
        parse_from_config=True,
        comma_separated_list=True,
        metavar="NAMES",
        help=f"comma-separated {text}",
    )


def parse_options(options: argparse.Namespace) -> Settings:
    """Read the settings; raises :class:`argparse.ArgumentTypeError` on a value that cannot be a name."""
    return Settings(
        ModelSettings(
            safe_bases=_names(options.mockleak_safe_bases, "safe-bases", dotted=True),
            cleanup_methods=_names(options.mockleak_cleanup_methods, "cleanup-methods", dotted=False),
            patch_functions=_names(options.mockleak_patch_functions, "patch-functions", dotted=True),
        ),
        unwanted=_unwanted(options),
    )


def _unwanted(options: argparse.Namespace) -> frozenset[str]:
    engine = DecisionEngine(options)
    return frozenset(code for code in OFF_BY_DEFAULT if engine.decision_for(code) is not Decision.Selected)


def _names(values: list[str], option: str, *, dotted: bool) -> frozenset[str]:
    for value in values:
        parts = value.split(".") if dotted else [value]
        if not all(part.isidentifier() for part in parts):
            kind = "dotted name" if dotted else "method name"
            raise argparse.ArgumentTypeError(f"{_NAME.format(option)}: {value!r} is not a {kind}")
    return frozenset(values)
