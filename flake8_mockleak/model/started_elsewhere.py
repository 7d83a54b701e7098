"""Patches that another file starts around the tests of one, and that nothing there calls: told from its text."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from flake8_mockleak.model.contexts import LIBRARIES
from flake8_mockleak.model.facts import Idiom
from flake8_mockleak.model.helper_texts import Find, classes_of, find_function, starts_for_good
from flake8_mockleak.model.lifetime import MODULE_HOOKS, SETUP_TEST, Hook
from flake8_mockleak.model.source import ClassSource, ModuleSource, dotted_name
from flake8_mockleak.model.testcases import is_framework
from flake8_mockleak.model.values import Shared

_SET_UPS_OF_MODULES = {"setUpModule": "tearDownModule", "setup_module": "teardown_module"}


class Start(NamedTuple):
    """Where the file of the tests takes it over, and the name of the function that starts the patch."""

    node: ast.expr | ast.stmt
    name: str
    hook: Hook
    idiom: Idiom


def by_decorators(source: ClassSource, find: Find) -> Iterator[Start]:
    """Yield the decorators of a class that have its set-up start a patch, and stop it nowhere."""
    for decorator in source.node.decorator_list:
        name = dotted_name(decorator.func if isinstance(decorator, ast.Call) else decorator) or ""
        path = source.module.imported_path(name)
        if path and path.partition(".")[0] not in LIBRARIES:
            function = find_function(path, find)
            if function is not None and b"setUp" in function.text and starts_for_good(function):
                yield Start(decorator, name, SETUP_TEST, Idiom.UNITTEST)


def by_imported_hooks(module: ModuleSource, find: Find) -> Iterator[Start]:
    """Yield the imports of a ``setUpModule`` that starts a patch, without the ``tearDownModule`` that would stop it."""
    names = module.frame.names
    for set_up, tear_down in _SET_UPS_OF_MODULES.items():
        known = names.get(set_up)
        if isinstance(known, Shared) and tear_down not in names and starts_for_good(find_function(known.path, find)):
            statement = next((each for each in module.tree.body if _imports(each, set_up)), None)
            if statement is not None:  # none, where it is imported under a condition
                yield Start(statement, set_up, MODULE_HOOKS[set_up], Idiom.MODULE)


def bases_patch(names: Collection[str], source: ClassSource, find: Find) -> bool:
    """Whether a base class in another file patches one of some names."""
    foreign = [base.path for base in source.foreign_bases() if isinstance(base, Shared) and not is_framework(base)]
    texts = (each.text for each in classes_of(foreign, find) if each.text is not None)
    bodies = (text.data[text.start : text.end] for text in texts)
    named = b"|".join(re.escape(name.encode()) for name in sorted(filter(None, names)))
    if not named:
        return False
    return any(re.search(rb"patch(?:\.\w+)?\([^)]*\b(?:%s)\b" % named, body) is not None for body in bodies)


def imports_set_up(module: ModuleSource) -> bool:
    """Whether a file has a ``setUpModule`` from another."""
    return any(isinstance(module.frame.names.get(name), Shared) for name in _SET_UPS_OF_MODULES)


def _imports(statement: ast.stmt, name: str) -> bool:
    return isinstance(statement, ast.ImportFrom) and any(name in (each.asname, each.name) for each in statement.names)
