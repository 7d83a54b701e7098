"""What the user sets, from flake8's options."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from flake8.options.manager import Option, OptionManager
from flake8.style_guide import Decision, DecisionEngine

from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.rules import OFF_BY_DEFAULT

if TYPE_CHECKING:
    from flake8_mockleak.baseline.hiding import Hiding

BASELINE_OPTION = "mockleak_baseline"
"""The option's name among flake8's, which takes it with dashes too."""

_NAME = "--mockleak-{}"
_OF_CONFIGURATIONS = "MLK206"


class Settings(NamedTuple):
    """The options of one flake8 run."""

    model: ModelSettings = ModelSettings()
    unwanted: frozenset[str] = frozenset()
    """Codes that are off by default and were not selected: flake8 would drop what their rules find."""
    baseline: Hiding | None = None
    """What hides the findings that are known already."""


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
    _add_path(
        manager, "baseline", "do not report what stands in FILE, which `python -m flake8_mockleak baseline` writes"
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


class _PathOption(Option):  # type: ignore[misc]  # flake8 has no types
    """A path that starts from the directory of the configuration file, though it be a mere name.

    flake8's own ``normalize_paths`` leaves a name without a slash as it is.
    """

    def normalize(self, value: Any, *directories: str) -> Any:
        """Return the value as a path from the directory, of the configuration file, that flake8 hands in."""
        return os.path.abspath(os.path.join(*directories, value)) if value else value


def _add_path(manager: OptionManager, name: str, text: str) -> None:
    keywords: dict[str, Any] = {"default": "", "parse_from_config": True, "metavar": "FILE", "help": text}
    manager.add_option(_NAME.format(name), **keywords)
    option = _PathOption(_NAME.format(name), **keywords)
    for key in [option.config_name, option.config_name.replace("_", "-")]:
        manager.config_options_dict[key] = option


def parse_options(options: argparse.Namespace) -> Settings:
    """Read the settings.

    Raises :class:`argparse.ArgumentTypeError` on a value that cannot be a name and on a baseline that cannot be used.
    """
    unwanted = _unwanted(options)
    return Settings(
        ModelSettings(
            safe_bases=_names(options.mockleak_safe_bases, "safe-bases", dotted=True),
            cleanup_methods=_names(options.mockleak_cleanup_methods, "cleanup-methods", dotted=False),
            patch_functions=_names(options.mockleak_patch_functions, "patch-functions", dotted=True),
            follows_configurations=_OF_CONFIGURATIONS not in unwanted,
        ),
        unwanted=unwanted,
        baseline=_baseline(options, unwanted),
    )


def _baseline(options: argparse.Namespace, unwanted: frozenset[str]) -> Hiding | None:
    path = getattr(options, BASELINE_OPTION)
    if not path:
        return None
    # Most runs have none: they need not pay for the import.
    from flake8_mockleak.baseline.entries import BaselineError
    from flake8_mockleak.baseline.hiding import Hiding

    try:
        return Hiding(path, unwanted, options.disable_noqa)
    except BaselineError as error:
        raise argparse.ArgumentTypeError(f"{_NAME.format('baseline')}: {error}") from None


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
