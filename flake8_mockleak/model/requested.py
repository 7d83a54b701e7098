"""Which fixtures of pytest run around a test: those for all tests, and those that something asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_mockleak.model.lifetime import HOOKS_AROUND_TESTS
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
    name = fixture_name(fixture)
    if f'"{name}"' in module.whole_text or f"'{name}'" in module.whole_text:
        return True
    return is_asked_for(fixture, users, module, home)


def is_asked_for(fixture: FunctionDef, users: Iterable[FunctionDef], module: ModuleSource, home: ModuleSource) -> bool:
    """As :func:`is_requested`, whatever stands in quotes."""
    if is_autouse(fixture):
        return True
    name = fixture_name(fixture)
    functions = [*home.functions.values(), *module.functions.values(), fixture]
    fixtures = {fixture_name(function): function for function in functions if function.decorator_list}
    pending = [*users, *filter(is_autouse, fixtures.values())]
    asked: set[str] = set()
    while pending:
        arguments = pending.pop().args
        new = {each.arg for each in (*arguments.args, *arguments.kwonlyargs)} - asked
        asked |= new
        pending += [fixtures[each] for each in new if each in fixtures]
    return name in asked
