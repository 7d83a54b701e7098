"""The helpers of other files that a file calls, and that replace something and leave it to the caller to put it back.

A test that calls one need not have a word of mocks. What the helpers do is told from their text. Nearly no file calls
one, so what is asked of each is whether the files that it imports could have one at all: that is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import NamedTuple

from flake8_mockleak.model.files import absolute, find_module, module_name, project_roots, stamp_of
from flake8_mockleak.model.helper_texts import Find, methods_that_replace, replaces, text_of_function
from flake8_mockleak.model.names import STDLIB
from flake8_mockleak.model.skim import imports_of, keep

# The code under test need not be read: what replaces something for tests is named after them, or stands beside them.
_IS_OF_TESTS = re.compile(
    r"(?i)test|mock|fake|stub|dummy|double|patch|helper|fixture|mixin|base|case|util|common|support|factor"
)
_CLASS_HEAD = r"\nclass \w+\(([^)]*)\)"
_OWN_CALL = r"self\.(\w+)\("
_DEFINITION = r"def (\w+)\("


class CalledHelpers(NamedTuple):
    """The dotted paths of functions, and the names of methods of base classes."""

    functions: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The last names, which the file has where it calls them."""
        return self.methods.union(path.rpartition(".")[2] for path in self.functions)

    def beside(self, path: str) -> bool:
        """Whether a function stands in one file with such a helper: it may be the one that puts things back."""
        module = path.rpartition(".")[0]
        return any(each.rpartition(".")[0] == module for each in self.functions)

    def __bool__(self) -> bool:
        return bool(self.functions or self.methods)


def called_helpers(text: str, path: str) -> CalledHelpers:
    """Return the helpers that a file calls, by its text and path."""
    directory, current = os.path.dirname(os.path.abspath(path)), os.getcwd()
    found: dict[str, str] = {}
    for name, imported in imports_of(text):
        is_relative = imported[0] == "."
        if not is_relative and (imported.partition(".")[0] in STDLIB or not _may_be_of_tests(imported)):
            continue
        dotted = absolute(imported, _package_of(directory), "__init__.py") if is_relative else imported
        if _may_replace(dotted, directory, current) or _may_replace(dotted.rpartition(".")[0], directory, current):
            found[name] = dotted
    if not found:
        return CalledHelpers()
    find = cache(partial(find_module, roots=project_roots(directory, current)))
    called = (each for each in _functions_called(text, found) if replaces(text_of_function(each, find)))
    return CalledHelpers(frozenset(called), frozenset(_methods_called(text, found, find)))


@lru_cache(maxsize=4096)
def _may_be_of_tests(dotted: str) -> bool:
    return dotted.count(".") < 2 or _IS_OF_TESTS.search(dotted) is not None


@lru_cache(maxsize=1024)
def _package_of(directory: str) -> str:
    return module_name(os.path.join(directory, "__init__.py"))


@lru_cache(maxsize=4096)
def _find(dotted: str, directory: str, current: str) -> str | None:
    return find_module(dotted, project_roots(directory, current)) if dotted else None


_known: dict[str, tuple[tuple[int, int], bool]] = {}


def _may_replace(dotted: str, directory: str, current: str) -> bool:
    """Whether a module of the project has what replaces something, or gets it from another."""
    file = _find(dotted, directory, current)
    stamp = stamp_of(file) if file is not None else None
    if file is None or stamp is None:
        return False
    known = _known.get(file)
    if known is None or known[0] != stamp:
        kept = keep(file, stamp)
        _known[file] = known = stamp, kept is not None and kept.skim.may_replace
    return known[1]


def _functions_called(text: str, imports: dict[str, str]) -> Iterator[str]:
    for name, imported in imports.items():
        if not name[:1].isupper():
            if f"{name}(" in text:
                yield imported
            if f"{name}." in text:
                called: set[str] = set(re.findall(rf"{re.escape(name)}\.([a-z_]\w*)\(", text))
                yield from (f"{imported}.{each}" for each in called)


def _methods_called(text: str, imports: dict[str, str], find: Find) -> Iterator[str]:
    named = {base.strip() for head in re.findall(_CLASS_HEAD, f"\n{text}") for base in head.split(",")}
    bases = []
    for base in named:
        root, dot, rest = base.partition(".")
        if root in imports:
            bases.append(f"{imports[root]}{dot}{rest}")
    if bases:
        yield from methods_that_replace(partial(_own_calls, text), bases, find)


def _own_calls(text: str) -> set[str]:
    return set(re.findall(_OWN_CALL, text)).difference(re.findall(_DEFINITION, text))
