"""An observer of what a test module leaves behind: it runs the module under pytest and compares before and after.

The runtime detector of this package is not used, so that the rules' examples are judged by something independent.
In the subprocess this file is also the pytest plugin that takes the snapshot.

What counts as left behind is narrow, so that lazily made attributes and caches do not count:

- a member of a stdlib module or class that was there before, is another object now, and is or was callable;
- a member, an item of a module's container or an entry of ``sys.modules`` that is a mock now, or a function, class or
  instance of the observed module;
- a new or changed attribute of the classes of ``unittest.mock``;
- a changed environment variable.

Objects are compared by identity alone: no ``==`` of the observed module is ever called.
"""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from unittest import mock

import pytest

MODULE = "test_example"
_REPORT = "LEDGER_REPORT"
_VOLATILE = frozenset({"PYTEST_CURRENT_TEST", "PYTEST_VERSION"})
# Of pytest's own doing while it runs.
_IGNORED = frozenset({"warnings.showwarning", "warnings._showwarnmsg_impl"})

Members = dict[str, object]


@dataclass(frozen=True)
class Observation:
    """What one run of a test module showed; ``leaks`` are the dotted names of the places that are still replaced."""

    leaks: tuple[str, ...]
    passed: int
    failed: int
    output: str = field(repr=False)


def observe(source: str, directory: Path) -> Observation:
    """Run the source as a test module in that directory and tell how it went and what it left behind."""
    path = directory / f"{MODULE}.py"
    path.write_text(source, encoding="utf-8")
    report = directory / "ledger.txt"
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        _REPORT: str(report),
    }
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "ledger", "-c", os.devnull]
    command += ["--noconftest", f"--rootdir={directory}", path.name]
    process = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, timeout=60)
    output = process.stdout + process.stderr
    if not report.exists():
        raise RuntimeError(f"the ledger was not written:\n{output}")
    passed, failed, *leaks = report.read_text(encoding="utf-8").splitlines()
    return Observation(tuple(leaks), int(passed), int(failed), output)


@dataclass
class Snapshot:
    """What there was at one moment: the members by the dotted name of their owner, and the environment."""

    members: dict[str, Members]
    mock_classes: dict[str, Members]
    environment: dict[str, str]


def take_snapshot() -> Snapshot:
    """Note what everything shared is bound to."""
    return Snapshot(
        members={owner: members for owner, members in _owners()},
        mock_classes={f"unittest.mock.{cls.__name__}": dict(vars(cls)) for cls in _mock_classes()},
        environment={name: value for name, value in os.environ.items() if name not in _VOLATILE},
    )


def leaks_between(before: Snapshot, after: Snapshot) -> list[str]:
    """Name the places that hold something else after than before, sorted."""
    found: set[str] = set()
    for owner, members in after.members.items():
        known = before.members.get(owner, {})
        for name, value in members.items():
            place = f"{owner}.{name}" if not name.startswith("[") else f"{owner}{name}"
            if place not in _IGNORED and _is_replaced(known, name, value):
                found.add(place)
    for owner, members in after.mock_classes.items():
        known = before.mock_classes[owner]
        found.update(f"{owner}.{name}" for name in members if members[name] is not known.get(name, _MISSING))
    for name in before.environment.keys() | after.environment.keys():
        if before.environment.get(name) != after.environment.get(name):
            found.add(f"os.environ[{name!r}]")
    return sorted(found)


_MISSING = object()


def _is_replaced(known: Members, name: str, value: object) -> bool:
    original = known.get(name, _MISSING)
    if value is original:
        return False
    if _is_fake(value):
        return True
    return original is not _MISSING and (callable(original) or callable(value))


def _is_fake(value: object) -> bool:
    """Tell whether the value is a mock or comes from the observed module; its own attributes are not asked."""
    kind = type(value)
    if issubclass(kind, mock.NonCallableMock):
        return True
    if isinstance(value, FunctionType):
        return value.__module__ == MODULE or "mock" in value.__dict__
    if issubclass(kind, type):
        return _module_of(value) == MODULE
    return _module_of(kind) == MODULE


def _module_of(cls: object) -> object:
    return type.__dict__["__dict__"].__get__(cls).get("__module__")


def _owners() -> Iterator[tuple[str, Members]]:
    """Yield everything shared that has members: modules, their classes and their containers, and ``sys.modules``."""
    yield "sys.modules", {f"[{name!r}]": value for name, value in _module_entries()}
    for module_name, module in sorted(_module_entries()):
        if type(module) is not ModuleType or module_name.partition(".")[0] not in sys.stdlib_module_names:
            continue
        if module is sys.modules.get("unittest.mock"):
            continue
        members = dict(vars(module))
        yield module_name, members
        for name, value in members.items():
            owner = f"{module_name}.{name}"
            if isinstance(value, type) and _module_of(value) == module_name:
                yield owner, dict(vars(value))
            elif not name.startswith("__") and value is not sys.modules:
                yield owner, _items(value)


def _module_entries() -> list[tuple[str, object]]:
    entries = dict(sys.modules)
    entries.pop(MODULE, None)
    return [(name, module) for name, module in entries.items() if isinstance(name, str)]


def _items(value: object) -> Members:
    """Return the items of a plain container; those of lists and sets under a name that does not depend on the order."""
    kind = type(value)
    if issubclass(kind, dict):
        items: dict[object, object] = dict(dict.items(value))  # type: ignore[arg-type]
        return {f"[{_text(key)}]": item for key, item in items.items()}
    if kind in (list, set):
        return {f"[{_text(item)}]": item for item in value if _is_fake(item)}  # type: ignore[attr-defined]
    return {}


def _text(value: object) -> str:
    """Return a name for a key without calling any method of the observed module."""
    if type(value) in (str, bytes, int, bool, type(None)):
        return repr(value)
    return f"<{type(value).__name__} {id(value)}>"


def _mock_classes() -> Iterator[type]:
    for value in vars(mock).values():
        if isinstance(value, type) and issubclass(value, mock.Base):
            yield value


def _stdlib_names(source: str) -> Iterator[str]:
    """Yield the dotted names that the source imports, or patches by a string, if they begin in the stdlib."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = [node.value]
        for name in names:
            if name.partition(".")[0] in sys.stdlib_module_names and name.replace(".", "").isidentifier():
                yield name


def _import_all(names: Iterator[str]) -> None:
    """Import the modules of those names, so that their members are known before the observed module runs."""
    for name in names:
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            with suppress(ImportError):
                importlib.import_module(".".join(parts[:length]))


class Ledger:
    """The pytest plugin of the subprocess: it takes the snapshots and counts the outcomes."""

    def __init__(self, report: Path) -> None:
        self.report = report
        self.before: Snapshot | None = None
        self.outcomes: dict[str, bool] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        """Take the snapshot before anything of the observed module is imported."""
        _import_all(_stdlib_names((Path.cwd() / f"{MODULE}.py").read_text(encoding="utf-8")))
        self.before = take_snapshot()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a module that cannot be imported as a failed test."""
        if report.failed:
            self.outcomes[report.nodeid] = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once, as failed if any of its phases failed."""
        if report.when == "call" or report.failed:
            self.outcomes[report.nodeid] = report.passed and self.outcomes.get(report.nodeid, True)

    def pytest_unconfigure(self) -> None:
        """Compare, and write the report."""
        if self.before is None:
            return
        passed = sum(self.outcomes.values())
        lines = [str(passed), str(len(self.outcomes) - passed), *leaks_between(self.before, take_snapshot())]
        # As plain text: what would write something finer may be among what is still replaced.
        self.report.write_text("\n".join(lines), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Register the ledger where the parent process asks for one."""
    if _REPORT in os.environ and __name__ == "ledger":
        config.pluginmanager.register(Ledger(Path(os.environ[_REPORT])), "ledger of leaks")
