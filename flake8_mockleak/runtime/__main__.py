"""``python -m flake8_mockleak.runtime [options] -m unittest …``: run an untouched suite under the detector."""

from __future__ import annotations

import argparse
import os
import sys
import unittest
from collections.abc import Sequence

from flake8_mockleak.runtime import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from flake8_mockleak.runtime.detector import Detector

RUNNERS = ("unittest", "pytest")
MODES = ("error", "warn")
_OWN_PROCESSES = ("stestr", "subunit", "testtools", "django")
HISTORY = 20_000


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options that come before ``-m``."""
    made = argparse.ArgumentParser(
        prog="python -m flake8_mockleak.runtime",
        usage="%(prog)s [-h] [--mode {error,warn}] [--report PATH] [--environment] [--trace] -m {unittest,pytest} ...",
        description="Run tests and report the mocks that they leave in place.",
        epilog="What follows the name of the runner goes to the runner.",
    )
    made.add_argument("--mode", choices=MODES, default="error", help="fail on a leak: %(default)s")
    made.add_argument("--report", metavar="PATH", help="also write a report: .txt, .json or .html by its ending")
    made.add_argument("--environment", action="store_true", help="also report environment variables that stay changed")
    made.add_argument("--trace", action="store_true", help="follow the lines that assign (Python 3.12 or newer)")
    return made


def split(arguments: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """Return the own options, the runner after ``-m``, and the runner's arguments."""
    arguments = list(arguments)
    if "-m" not in arguments:
        return arguments, None, []
    index = arguments.index("-m")
    return arguments[:index], (arguments[index + 1] if index + 1 < len(arguments) else ""), arguments[index + 2 :]


def options_of(own: Sequence[str]) -> argparse.Namespace:
    """Return the options. As they are mostly given they need no ``argparse``, which takes as long as many a test."""
    values = argparse.Namespace(mode="error", report=None, environment=False, trace=False)
    for each in own:
        name, _, value = each.partition("=")
        if each in ("--environment", "--trace"):
            setattr(values, each[2:], True)
        elif (name == "--mode" and value in MODES) or (name == "--report" and value):
            setattr(values, name[2:], value)
        else:
            return parser().parse_args(own)
    return values


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    own, runner, rest = split(sys.argv[1:] if arguments is None else arguments)
    values = options_of(own)
    if runner not in RUNNERS:
        parser().error(f"-m {runner or ''}: {_wrong_runner(runner)}")
    if values.trace and sys.version_info < (3, 12):
        parser().error(f"--trace needs Python 3.12 or newer, this is {sys.version.split()[0]}")
    if values.report:
        report = late.module("report")
        try:
            report.check_path(values.report)
        except report.ReportError as error:
            parser().error(str(error))
    sys.path.insert(0, os.getcwd())
    return _pytest(values, rest) if runner == "pytest" else _unittest(values, rest)


def _wrong_runner(runner: str | None) -> str:
    text = f"the runner must be one of {', '.join(RUNNERS)}, as in: -m unittest discover"
    if runner and runner.partition(".")[0] in _OWN_PROCESSES:
        text += ". Under a runner that starts processes of its own, use the mixin DanglingMockTestCase"
    return text


class _Guard:
    """Sees to it that pytest runs with the detector: ``-p no:mockleak`` in an ini file takes it out again."""

    def pytest_collection(self, session: Any) -> None:
        """End the run before a test is imported."""
        if not session.config.pluginmanager.has_plugin("mockleak-session"):
            import pytest

            raise pytest.UsageError("pytest runs without the plugin of the detector: is there a -p no:mockleak?")


def _pytest(values: argparse.Namespace, rest: list[str]) -> int:
    try:
        import pytest
    except ImportError:
        parser().error("-m pytest: pytest is not installed")
    from importlib import metadata

    own = [f"--mockleak={values.mode}"]
    if values.report:
        own.append(f"--mockleak-report={values.report}")
    if values.environment:
        own.append("--mockleak-environment")
    if values.trace:
        own.append("--mockleak-trace")
    # By its name where it is installed, for pytest loads it by that name as well, and refuses a plugin with two.
    installed = metadata.entry_points(group="pytest11", name="mockleak")
    plugin = "mockleak" if installed else "flake8_mockleak.runtime.pytest_plugin"
    return int(pytest.main(["-p", plugin, *own, *rest], plugins=[_Guard()]))


def _unittest(values: argparse.Namespace, rest: list[str]) -> int:
    from flake8_mockleak.runtime.detector import Detector, Settings
    from flake8_mockleak.runtime.unittest_runner import LedgerRunner

    root = os.getcwd()
    path = os.path.abspath(values.report) if values.report else ""
    stream = sys.stderr  # a test may leave another one
    detector = Detector(Settings(HISTORY if path else 0, values.environment, values.trace, root))
    detector.start()
    fails = values.mode == "error"

    class Runner(LedgerRunner):
        def __init__(self, **options: object) -> None:
            super().__init__(detector, fails, **options)

    status = 0
    interrupt: KeyboardInterrupt | None = None
    try:
        program = unittest.main(
            module=None, argv=["python -m unittest", *rest], testRunner=Runner, exit=False
        )  # fmt: skip
        status = _status(program.result)
    except SystemExit as stop:  # a wrong command line, or --help
        return stop.code if isinstance(stop.code, int) else 1
    except KeyboardInterrupt as error:
        interrupt = error
    finally:
        late_leaks = detector.end()
        detector.stop()
    if fails and late_leaks:
        status = 1
    if not _tell(detector, path, root, stream):
        status = status or 1
    if interrupt is not None:
        raise interrupt
    return status


def _status(result: unittest.TestResult) -> int:
    """Return the exit status that unittest would end with."""
    if sys.version_info >= (3, 12) and not result.testsRun and not result.skipped:
        return 5  # no test ran
    return 0 if result.wasSuccessful() else 1


def _tell(detector: Detector, path: str, root: str, stream: TextIO) -> bool:
    """Print the summary and write the report. Returns whether it could be written."""
    with late.Calm():
        lines = [detector.nothing]
        if path or not lines[0]:
            report = late.module("report")
            result = detector.result()
            lines = report.summary(result, root)
    for line in lines:
        stream.write(f"{line}\n")
    stream.flush()
    if path:
        try:
            report.write(path, result, root)
        except report.ReportError as error:
            stream.write(f"mockleak: {error}\n")
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
