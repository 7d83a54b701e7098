"""The helpers of other files that a file calls, and that replace something and leave it to the caller to put it back.

A test that calls one need not have a word of mocks. What the helpers do is told from their text. Nearly no file calls
one, so what is asked of each is what the files that it imports have: that is found once for each of them, and kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from flake8_mockleak.model.files import absolute, find_module, module_name, project_roots, stamp_of
from flake8_mockleak.model.helper_objects import Methods, classes_of_objects
from flake8_mockleak.model.helper_texts import (
    NO_TEST_CASE,
    Find,
    classes_of,
    functions_that_replace,
    hides_teardowns,
    methods_that_put_back,
    puts_a_name,
    replaces,
    text_of_function,
)
from flake8_mockleak.model.names import STDLIB
from flake8_mockleak.model.skim import Skim, imports_of, keep

# The code under test need not be read: what replaces something for tests is named after them, or stands beside them.
# Of a long path the last four names are looked at: two directories of helpers, their file and the function.
_IS_OF_TESTS = r"(?i)test|mock|fake|stub|dummy|helper|fixture|mixin"
_CLASS_HEAD = r"\nclass \w+\(([^)]*)\)"
_SETUPS = frozenset({"setUp", "setUpClass", "asyncSetUp", "setup_method", "setup_class"})
MAX_IMPORTS = 200
"""Names that are looked up for one file; what others stand for is not known."""


class CalledHelpers(NamedTuple):
    """The dotted paths of functions, the names of methods of base classes, and all by the names that the file calls.

    ``mixins`` are the dotted paths of base classes whose set-up replaces something, with no word of putting it back but
    in methods that the file does not call, or whose teardown keeps those of other bases from being called;
    ``objects`` are classes of objects that replace something by one method and put it back by another.
    """

    functions: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    mixins: frozenset[str] = frozenset()
    objects: Mapping[str, Methods] = MappingProxyType({})

    def beside(self, path: str) -> bool:
        """Whether a function stands in one file with such a helper: it may be the one that puts things back."""
        if not self.functions:
            return False
        module = path.rpartition(".")[0]
        return any(each.rpartition(".")[0] == module for each in self.functions)

    def __bool__(self) -> bool:
        return bool(self.functions or self.methods or self.mixins or self.objects)


class _Module(NamedTuple):
    """What a file has: the functions that replace something, the methods of its classes that do, and its imports.

    ``mixins`` are those of its classes that are no test cases, and whose set-up replaces something for good unless one
    of those methods is called, ``hiding`` those that have a teardown which calls no other; ``objects`` those whose
    objects replace something and put it back.
    """

    file: str
    functions: frozenset[str]
    methods: dict[str, frozenset[str]]
    mixins: dict[str, frozenset[str]]
    hiding: frozenset[str]
    objects: dict[str, Methods]
    reexports: bool


_known: dict[str, tuple[tuple[int, int], _Module]] = {}


def called_helpers(text: str, path: str, imports: Iterable[tuple[str, str]], bases: Iterable[str]) -> CalledHelpers:
    """Return the helpers that a file calls, by its text and path.

    ``imports`` are the names that it imports with their dotted paths, ``bases`` those of the bases of its classes.
    """
    find = partial(_find, directory=os.path.dirname(os.path.abspath(path)), current=os.getcwd())
    functions: list[str] = []
    methods: set[str] = set()
    names: set[str] = set()
    mixins: set[str] = set()
    objects: dict[str, Methods] = {}
    for name, dotted in islice(imports, MAX_IMPORTS):
        if _is_out_of_question(dotted):
            continue
        owner, _, last = dotted.rpartition(".")
        if name[:1].isupper():
            found = _object_of(owner, last, find) if f"{name}(" in text else None
            made = {dotted: found} if found is not None else {}
        elif (module := _module(dotted, find)) is not None:
            called = [each for each in module.functions if f"{name}.{each}(" in text]
            functions += [f"{dotted}.{each}" for each in called]
            names.update(called)
            made = {f"{dotted}.{each}": found for each, found in module.objects.items() if f"{name}.{each}(" in text}
        else:
            made = {}
            if owner and f"{name}(" in text and _replaces(owner, last, find):
                functions.append(dotted)
                names.add(name)
        for path, found in made.items():
            entered = [each for each in found.enters if _is_called(each, text)]
            if entered and (found.leaves or ".stop" not in text):
                objects[path] = found
                names.update(entered)
    beside = list(islice(bases, MAX_IMPORTS))
    for base in beside:
        if not _is_out_of_question(base):
            methods.update(each for each in _methods_of(base, find) if f"self.{each}(" in text)
            owner, _, name = base.rpartition(".")
            module = _module(owner, find)
            if module is None:
                continue
            stays = name in module.mixins and not any(each in text for each in module.mixins[name])
            if stays or name in module.hiding and len(beside) > 1:
                mixins.add(base)
                names.add(name)
    if not (functions or methods or mixins or objects):
        return NONE
    every = frozenset(names | methods)
    return CalledHelpers(frozenset(functions), frozenset(methods), every, frozenset(mixins), objects)


def _is_called(method: str, text: str) -> bool:
    """Whether a method is called, and not that of a base: ``super().setUp()``."""
    at = text.find(f".{method}(")
    while at >= 0:
        if text[at - 1] != ")" or method != "setUp":
            return True
        at = text.find(f".{method}(", at + 1)
    return False


NONE = CalledHelpers()


def calls_helpers(text: str, path: str) -> bool:
    """Whether a file that was not parsed calls a helper."""
    package = _package_of(os.path.dirname(os.path.abspath(path)))
    imports = {name: absolute(imported, package, "__init__.py") for name, imported in imports_of(text)}
    if all(map(_is_out_of_question, imports.values())):
        return False
    bases = []
    for head in set(re.findall(_CLASS_HEAD, f"\n{text}")):
        for base in head.split(","):
            root, dot, rest = base.strip().partition(".")
            if root in imports:
                bases.append(f"{imports[root]}{dot}{rest}")
    return bool(called_helpers(text, path, imports.items(), bases))


@lru_cache(maxsize=4096)
def _is_out_of_question(dotted: str) -> bool:
    if dotted.partition(".")[0] in STDLIB:
        return True
    parts = dotted.split(".")
    return len(parts) > 2 and re.search(_IS_OF_TESTS, ".".join(parts[-4:])) is None


@lru_cache(maxsize=1024)
def _package_of(directory: str) -> str:
    return module_name(os.path.join(directory, "__init__.py"))


@lru_cache(maxsize=4096)
def _find(dotted: str, directory: str, current: str) -> str | None:
    return find_module(dotted, project_roots(directory, current)) if dotted else None


def _module(dotted: str, find: Find) -> _Module | None:
    file = find(dotted)
    return _module_in(file) if file is not None else None


def _module_in(file: str) -> _Module | None:
    stamp = stamp_of(file)
    if stamp is None:
        return None
    known = _known.get(file)
    if known is None or known[0] != stamp:
        kept = keep(file)
        if kept is None:
            return None
        _known[file] = known = stamp, _read(file, kept.skim)
    return known[1]


def _read(file: str, skim: Skim) -> _Module:
    functions: set[str] = set()
    methods: dict[str, frozenset[str]] = {}
    mixins: dict[str, frozenset[str]] = {}
    hiding: set[str] = set()
    objects = dict(classes_of_objects(skim))
    if skim.may_replace or puts_a_name(skim.data):
        for owner, names in functions_that_replace(skim.data):
            if owner:
                methods[owner] = frozenset(names)
                view = skim.class_view(owner) if not _SETUPS.isdisjoint(names) else None
                if view is not None and view.bases in NO_TEST_CASE:
                    left_to_others = methods_that_put_back(view)
                    if left_to_others is not None:
                        mixins[owner] = left_to_others
                    elif hides_teardowns(view):
                        hiding.add(owner)
            else:
                functions.update(names)
    reexports = b"\nfrom ." in skim.data
    return _Module(file, frozenset(functions), methods, mixins, frozenset(hiding), objects, reexports)


def _object_of(owner: str, name: str, find: Find) -> Methods | None:
    """Return the methods of such a class of objects, ``None`` if it is none."""
    module = _module(owner, find)
    return module.objects.get(name) if module is not None else None


def _replaces(owner: str, name: str, find: Find) -> bool:
    """Whether a function does so that is imported from a module, which may have imported it in turn."""
    module = _module(owner, find)
    if module is None:
        return False
    if name in module.functions:
        return True
    return module.reexports and replaces(text_of_function(f"{owner}.{name}", find))


_inherited: dict[tuple[str, str], tuple[list[tuple[str, tuple[int, int]]], frozenset[str]]] = {}


def _methods_of(path: str, find: Find) -> frozenset[str]:
    """Return the methods that a class and its bases in other files have and that replace something."""
    owner, _, name = path.rpartition(".")
    module = _module(owner, find)
    if module is None:
        return frozenset()
    known = _inherited.get((module.file, name))
    if known is None or any(stamp_of(file) != stamp for file, stamp in known[0]):
        read = list(classes_of([path], find))
        modules = [(_module_in(each.file), each.name) for each in read]
        found = frozenset().union(*(each.methods.get(of, ()) for each, of in modules if each is not None))
        files = {each.file for each in read}
        stamps = [(file, stamp) for file in files if (stamp := stamp_of(file)) is not None]
        _inherited[module.file, name] = known = stamps, found
    return known[1]
