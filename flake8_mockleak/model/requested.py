"""Which fixtures of pytest run around a test: those for all tests, and those that something asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from flake8_mockleak.model.lifetime import HOOKS_AROUND_TESTS
from flake8_mockleak.model.names import MOCKER_FIXTURES, PYTEST_FIXTURES
from flake8_mockleak.model.source import FunctionDef, ModuleSource


def is_autouse(fixture: FunctionDef) -> bool:
    """Whether a fixture runs around all tests, asked for or not."""
    by_decorator = any("autouse=True" in ast.unparse(decorator) for decorator in fixture.decorator_list)
    return by_decorator or is_hook_wrapper(fixture)


def is_hook_wrapper(function: FunctionDef) -> bool:
    """Whether a function of a ``conftest.py`` or plugin wraps the run of each test, by a hook of pytest."""
    return function.name in HOOKS_AROUND_TESTS and any(
        "wrapper" in ast.unparse(decorator) for decorator in function.decorator_list
    )


def fixture_name(fixture: FunctionDef) -> str:
    """Return the name that tests ask for a fixture by: that of the function, or one that the decorator gives."""
    for decorator in fixture.decorator_list:
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                return str(keyword.value.value)
    return fixture.name


def is_requested(fixture: FunctionDef, users: Iterable[FunctionDef], module: ModuleSource, home: ModuleSource) -> bool:
    """Whether a fixture runs for functions of a module: by a parameter of theirs or of a fixture that they ask for.

    ``home`` is the module of the fixture. A module that has its name in quotes may ask by ``usefixtures``.
    """
    if _is_named_in(fixture_name(fixture), module):
        return True
    return is_asked_for(fixture, users, module, home)


def is_asked_for(fixture: FunctionDef, users: Iterable[FunctionDef], module: ModuleSource, home: ModuleSource) -> bool:
    """As :func:`is_requested`, whatever stands in quotes."""
    if is_autouse(fixture):
        return True
    fixtures = _by_name([*home.functions.values(), *module.functions.values(), fixture])
    return fixture_name(fixture) in _asked_for([*users, *filter(is_autouse, fixtures.values())], fixtures)


def _is_named_in(name: str, module: ModuleSource) -> bool:
    """Whether a file may ask for a fixture by its name in quotes."""
    text = module.whole_text
    return ("usefixtures" in text or "getfixturevalue" in text) and (f'"{name}"' in text or f"'{name}'" in text)


class OwnFixtures:
    """The fixtures of a file, of which a test of it runs those that it asks for."""

    def __init__(self, module: ModuleSource) -> None:
        self._module = module
        self._fixtures = _by_name(module.functions.values())
        may_be_for_all = "autouse" in module.whole_text
        self._for_all = [each for each in self._fixtures.values() if may_be_for_all and is_autouse(each)]

    def leave_out(self, test: FunctionDef, among: Iterable[FunctionDef]) -> list[FunctionDef]:
        """Return those fixtures, of some, that do not run for a test; none if one of another file may ask for them."""
        asked = _asked_for([test, *self._for_all], self._fixtures)
        unknown = asked - self._fixtures.keys() - PYTEST_FIXTURES - MOCKER_FIXTURES
        if unknown:
            told = self._module.text_of_decorators(test)  # `parametrize("fmt, count", …)`
            if any(name not in told for name in unknown):
                return []
        others = [each for each in among if fixture_name(each) not in asked and each not in self._for_all]
        return [each for each in others if not _is_named_in(fixture_name(each), self._module)]


def asked_fixtures(test: FunctionDef, module: ModuleSource) -> list[FunctionDef]:
    """Return the fixtures of a file that a test of it asks for by parameters, directly or through another."""
    fixtures = _by_name(module.functions.values())
    asked = _asked_for([test], fixtures)
    return [each for name, each in fixtures.items() if name in asked]


def _by_name(functions: Iterable[FunctionDef]) -> dict[str, FunctionDef]:
    """Return the functions that may be fixtures by the names that tests ask for them by."""
    return {fixture_name(each): each for each in functions if each.decorator_list}


def _asked_for(users: Iterable[FunctionDef], fixtures: Mapping[str, FunctionDef]) -> set[str]:
    """Return the names that functions, and the fixtures which they ask for, have as parameters."""
    pending = [*users]
    asked: set[str] = set()
    while pending:
        arguments = pending.pop().args
        new = {each.arg for each in (*arguments.args, *arguments.kwonlyargs)} - asked
        asked |= new
        pending += [fixtures[each] for each in new if each in fixtures]
    return asked
