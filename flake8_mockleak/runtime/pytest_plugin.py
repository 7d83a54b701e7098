"""The pytest plugin. Nothing but this module is imported unless it is switched on."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flake8_mockleak.runtime.pytest_session import MockleakSession

MODES = ("off", "warn", "error")


class _Switch(argparse.Action):
    """Takes the mode from the name that the option is given by."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        setattr(namespace, self.dest, (option or "").partition("=")[2] or "error")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the ini values."""
    group = parser.getgroup("mockleak", "mocks that tests leave behind")
    # Each mode is a name of the option, for with a value `--mockleak tests/test_x.py` would take the path for it.
    group.addoption(
        "--mockleak",
        *(f"--mockleak={mode}" for mode in MODES),
        action=_Switch,
        nargs=0,
        default=None,
        help="find mocks left in place: 'error', the same as --mockleak alone, fails the test that leaves one, "
        "'warn' reports, 'off' does nothing",
    )
    group.addoption(
        "--mockleak-report",
        default=None,
        metavar="PATH",
        help="also write a report: .txt, .json or .html by its ending",
    )
    group.addoption(
        "--mockleak-environment",
        action="store_true",
        default=None,
        help="also report environment variables that stay changed",
    )
    group.addoption(
        "--mockleak-trace",
        action="store_true",
        default=None,
        help="follow the lines that assign, so that no line is a guess (Python 3.12 or newer)",
    )
    parser.addini("mockleak", "error, warn or off, where --mockleak does not say it", default="off")
    parser.addini("mockleak_report", "as --mockleak-report", default="")
    parser.addini("mockleak_trace", "as --mockleak-trace", type="bool", default=False)
    parser.addini("mockleak_environment", "as --mockleak-environment", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Switch the detector on if it is asked for."""
    config.addinivalue_line(
        "markers", "mockleak_allowed(reason, place='*'): what this test leaves in place is known, and why it may stay"
    )
    given = config.getoption("--mockleak")
    mode = config.getini("mockleak") if given is None else given
    if mode not in MODES:
        source = "--mockleak" if given is not None else "ini value mockleak"
        raise pytest.UsageError(f"{source}: {mode!r} is none of {', '.join(MODES)}")
    report = config.getoption("--mockleak-report") or config.getini("mockleak_report")
    if mode == "off":
        # Who says so on the command line switches it off for once, whatever addopts asks for.
        for option in () if given == "off" else ("report", "environment", "trace"):
            if config.getoption(f"--mockleak-{option}"):
                raise pytest.UsageError(
                    f"--mockleak-{option} needs --mockleak, or mockleak = error or warn in the ini file"
                )
        return
    if switched(config, "trace") and sys.version_info < (3, 12):
        raise pytest.UsageError(f"--mockleak-trace needs Python 3.12 or newer, this is {sys.version.split()[0]}")
    from flake8_mockleak.runtime import late

    # Past pytest's import hook, which is there to rewrite assertions: with it that takes four times as long.
    session = late.module("pytest_session").MockleakSession(config, mode, report)
    config.pluginmanager.register(session, "mockleak-session")


def switched(config: pytest.Config, name: str) -> bool:
    """Return whether an option that is on or off is on, on the command line or in the ini file."""
    try:
        return bool(config.getoption(f"--mockleak-{name}") or config.getini(f"mockleak_{name}"))
    except (ValueError, TypeError, pytest.UsageError) as error:
        raise pytest.UsageError(f"ini value mockleak_{name}: {error}") from error


def session_of(config: pytest.Config) -> MockleakSession | None:
    """Return the plugin that follows the session; None if the detector is off."""
    found: Any = config.pluginmanager.get_plugin("mockleak-session")
    return found  # type: ignore[no-any-return]
