"""The pytest plugin. Nothing but this module is imported unless it is switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flake8_mockleak.runtime.pytest_session import MockleakSession

MODES = ("off", "warn", "error")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the ini values."""
    group = parser.getgroup("mockleak", "mocks that tests leave behind")
    group.addoption(
        "--mockleak", nargs="?", const="error", default=None, metavar="MODE",
        help="find mocks left in place: 'error' fails the test that leaves one, 'warn' reports, 'off' does nothing",
    )  # fmt: skip
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
    parser.addini("mockleak", "error, warn or off: what --mockleak without a value is to be", default="off")
    parser.addini("mockleak_report", "as --mockleak-report", default="")
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
        if config.getoption("--mockleak-report"):
            raise pytest.UsageError("--mockleak-report needs --mockleak, or mockleak = error or warn in the ini file")
        return
    from flake8_mockleak.runtime.pytest_session import MockleakSession

    config.pluginmanager.register(MockleakSession(config, mode, report), "mockleak-session")


def session_of(config: pytest.Config) -> MockleakSession | None:
    """Return the plugin that follows the session; None if the detector is off."""
    found: Any = config.pluginmanager.get_plugin("mockleak-session")
    return found  # type: ignore[no-any-return]
