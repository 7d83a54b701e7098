"""What the files that support the tests may put back, where nothing was found that does: told from their text.

Bases, decorators, fixtures and helpers put things back in ways without number: journals, snapshots, weak references,
metaclasses. Where such a file seems to have to do with a place, nothing is said of it.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain

from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.contexts import LIBRARIES
from flake8_mockleak.model.facts import Acquisition, Way
from flake8_mockleak.model.helper_texts import FoundClass, classes_of, text_of_function
from flake8_mockleak.model.lifetime import CASE_HOOKS, MODULE_HOOKS, Phase
from flake8_mockleak.model.places import Kind, Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.requested import asked_fixtures
from flake8_mockleak.model.skim import keep
from flake8_mockleak.model.source import ModuleSource, dotted_name
from flake8_mockleak.model.triggers import is_test_path
from flake8_mockleak.model.values import Instance, Shared

_IS_OF_TESTS = rb"\b(?:unittest|mock|pytest|testtools|fixtures)\b"
_SETS_BY_VARIABLE = rb"setattr\((?!self\b|cls\b)[^'\"\n]*\)"
_PUTS_ANYTHING_BACK = (
    _SETS_BY_VARIABLE + rb"|partial\(\s*setattr|self\.patch\(\w+, \w+, "
    rb"|(?<!self\.)__dict__\.(?:copy|update|items)\(|\bvars\((?!self)|__init_subclass__|metaclass ?= ?(?!abc\.|ABCMeta)"
)
_UNDERSTOOD = rb"\bpatch(?:\.\w+)?\([^\n]*|\bsetattr\([^\n]*['\"][^\n]*"
"""Calls that name a place on their own line: the model knows what they do."""
_CALLED = r"(?<![.\w])([a-zA-Z_]\w*)\("
_IMPORTS = rb"(?m)^(?:from [\w.]+ )?import [^\n(]*$"
_PUTS_ITEMS_BACK = rb"\.clear\(\)|\[:\] ?="
_STANDARD_LIBRARY = os.path.dirname(ast.__file__) + os.sep
_STOPS = rb"\bstop"


class SupportFiles:
    """The files that the tests of one file rely on: ``conftest.py`` files, bases, decorators and helpers."""

    def __init__(self, module: ModuleSource, beyond: Beyond, record: Recorder) -> None:
        self._module = module
        self._beyond = beyond
        self._record = record

    def may_put_back(self, acquisition: Acquisition, is_followed: bool) -> bool:
        """Whether one of the files may put back what a line of the linted file replaces.

        ``is_followed`` tells that what the bases assign there is known.
        """
        around = list(self._around(acquisition))
        if acquisition.way is not Way.ASSIGNED:
            return _has(around, [_STOPS])
        if acquisition.origin is not self._module or acquisition.call_site is not None:
            return False
        place = acquisition.places[0]
        container = place.key.partition("[")[0]
        plain = container.rpartition(".")[2].encode()
        name = re.escape(plain)
        is_named = rb"\b%s\b%s" % (name, _no_other_item(place))
        is_assigned = rb"\.%s\s*(?:,[^\n=()]*)?=(?!=)" % name
        mentions = [is_assigned, rb"(?<!patch\()['\"](?:[\w.]*\.)?%s['\"]" % name]
        if place.kind is Kind.ITEM:
            mentions += [_PUTS_ITEMS_BACK, is_named]
        anything = [_PUTS_ANYTHING_BACK, *mentions]
        bases = list(self._bases(acquisition))
        understood = {self._owner(container), *((each.file for each in bases) if is_followed else ())}
        texts_of_bases = list(map(self._text_of_class, bases))
        return (
            _has(around, [is_named, *anything])
            or _has(texts_of_bases, [_PUTS_ANYTHING_BACK] if is_followed else anything)
            or _has(self._conftests, mentions)
            or _has(self._imported(plain, understood), [is_assigned, rb"patch\.dict\([^\n]*\b%s\b" % name])
            or _has(self._called(acquisition), [_SETS_BY_VARIABLE])
            or _has(self._objects_of_fixtures(acquisition), [rb"\bpatch(?:\.\w+)?\([^\n]*\b%s\b" % name])
            or self._may_be_renewed(place, [*around, *texts_of_bases])
        )

    def _may_be_renewed(self, place: Place, texts: Iterable[bytes]) -> bool:
        """Whether what a function hands out, and the place is in, may be renewed by what one of the files says."""
        found = filter(None, self._module.handed_out.values())
        owners = [each for each in found if each.is_shared and place.key.startswith(each.paths)]
        if not owners:
            return False
        said = chain(texts, self._conftests, self._imported(b"", ()))
        return any(each.may_be_renewed_in(text) for text in said for each in owners)

    def is_named_by_decorator(self, acquisition: Acquisition) -> bool:
        """Whether a decorator of another file, around the function that acquires, has the name of the place."""
        node = acquisition.moment.activation.node
        name = re.escape(acquisition.places[0].key.partition("[")[0].rpartition(".")[2])
        paths = filter(None, map(self._path_of_decorator, node.decorator_list if node is not None else ()))
        own = [path for path in paths if path.partition(".")[0] not in LIBRARIES]
        return any(re.search(rf"\b{name}\b", text) is not None for path in own for text in self._with_called(path))

    def _with_called(self, path: str) -> Iterator[str]:
        """Yield the text of a function of another file, and of the functions of that file which it names."""
        text, owner = self._beyond.text_of_function(path), path.rpartition(".")[0]
        yield text
        for called in set(re.findall(_CALLED, text)) - {path.rpartition(".")[2]}:
            yield self._beyond.text_of_function(f"{owner}.{called}")

    def _owner(self, place: str) -> str | None:
        """Return the file of the module that a place belongs to."""
        while place:
            path = self._beyond.find(place)
            if path is not None:
                return path
            place = place.rpartition(".")[0]
        return None

    def _file_of(self, path: str) -> str | None:
        """Return the file of the project that has what a dotted path names."""
        if path.partition(".")[0] in LIBRARIES:
            return None
        file = self._beyond.find(path) or self._beyond.find(path.rpartition(".")[0])
        return file if file is not None and not _is_installed(file) else None

    @cached_property
    def _conftests(self) -> list[bytes]:
        """The texts of the ``conftest.py`` files above the file, without what the model understands."""
        texts = (module.whole_text.encode() for _, module in self._beyond.conftests() if module is not None)
        return [re.sub(_IMPORTS, b"", re.sub(_UNDERSTOOD, b"", self._without_given(text))) for text in texts]

    def _without_given(self, text: bytes) -> bytes:
        for given in filter(None, self._module.given.values()):
            text = given.taken_out_of(text)
        return text

    def _imported(self, name: bytes, understood: Collection[str | None]) -> Iterator[bytes]:
        """Yield the texts of imported files that have a name and to do with tests, but no understood ones."""
        named = [value.path for value in self._module.frame.names.values() if isinstance(value, Shared)]
        for path in set(filter(None, map(self._file_of, named))).difference(understood):
            text = self._text(path)
            if name in text and re.search(_IS_OF_TESTS, text) is not None and b"contextmanager" not in text:
                yield text  # a context manager is followed where it is used

    def _called(self, acquisition: Acquisition) -> Iterator[bytes]:
        """Yield the texts of what stands in other files of tests and the code that acquires, or its set-up, calls."""
        taken = acquisition.moment.activation
        paths = [
            path
            for path, moment in self._record.foreign_calls
            if moment.activation is taken
            or (moment.activation.family is taken.family and moment.activation.hook.phase is Phase.SETUP)
        ]
        for path in dict.fromkeys(paths):
            file = self._file_of(path)
            if file is not None and is_test_path(file):
                function = text_of_function(path, self._beyond.find)
                yield from [function] if function else map(self._text_of_class, classes_of([path], self._beyond.find))

    def _objects_of_fixtures(self, acquisition: Acquisition) -> Iterator[bytes]:
        """Yield the texts of the file's classes that the fixtures make objects of which a test function asks for."""
        test = acquisition.moment.activation.node
        for fixture in asked_fixtures(test, self._module) if test is not None else ():
            text = self._module.text_of(fixture)
            for source in self._module.classes:
                if f"{source.name}(" in text:
                    yield source.text().encode()

    def _around(self, acquisition: Acquisition) -> Iterator[bytes]:
        """Yield the texts of the decorators around the code that acquires, and of hooks that are imported.

        Of what is no function, an object that decorates, the whole file.
        """
        activation, names = acquisition.moment.activation, self._module.frame.names
        source = activation.source
        decorators = list(activation.node.decorator_list) if activation.node is not None else []
        decorators += source.node.decorator_list if source is not None else []
        paths = [self._path_of_decorator(each) for each in decorators]
        paths += [name.path for key, name in names.items() if key in MODULE_HOOKS and isinstance(name, Shared)]
        if source is not None:
            own = [each.value for each in source.node.body if isinstance(each, ast.Assign) and _is_hook(each)]
            paths += map(self._path, own)
        for path in filter(None, paths):
            file = self._file_of(path)
            if file is not None:
                yield self._beyond.text_of_function(path).encode() or self._text(file)

    def _bases(self, acquisition: Acquisition) -> Iterator[FoundClass]:
        """Yield the bases of the class that acquires."""
        source = acquisition.moment.activation.source
        if source is None:
            return
        bases = [base.path for base in source.foreign_bases() if isinstance(base, Shared)]
        written = [self._path(base) for base in source.node.bases]
        known = [path for path in (*bases, *written) if path and self._file_of(path) is not None]
        yield from (each for each in classes_of(known, self._beyond.find) if not _is_installed(each.file))

    def _text_of_class(self, found: FoundClass) -> bytes:
        """Return what a base says, but for what it does with objects of its own."""
        text = found.text
        if text is None:
            return self._text(found.file)
        lines = text.data[text.start : text.end].split(b"\n")
        first = text.data.count(b"\n", 0, text.start)  # the text begins with a line break of its own
        for path, number in self._record.set_on_own:
            if path == found.file and first <= number < first + len(lines):
                lines[number - first] = b""
        return b"\n".join(lines)

    def _path_of_decorator(self, node: ast.expr) -> str:
        """Return the path that a decorator, or what makes it, is imported by."""
        return self._path(node.func if isinstance(node, ast.Call) else node)

    def _path(self, node: ast.expr) -> str:
        """Return the path that an expression is imported by."""
        dotted = dotted_name(node) or ""
        known = self._module.frame.names.get(dotted.partition(".")[0])
        if isinstance(known, Instance) and isinstance(known.of, Shared):
            return known.of.path  # an object of the file's own, of a class of another
        return self._module.imported_path(dotted)

    def _text(self, path: str) -> bytes:
        kept = keep(path)
        return kept.skim.data if kept is not None else b""


def _no_other_item(place: Place) -> bytes:
    """Return a pattern for what follows the name of a container, unless that is one item, and another than this."""
    _, _, key = place.key.partition("[")
    literal = key.rpartition("]")[0].strip("'\"").encode()
    if not re.fullmatch(rb"[\w.-]+", literal):
        return b""
    return rb"(?!(?:\.pop\(|\[)['\"](?!%s['\"]))" % re.escape(literal)


def _has(texts: Iterable[bytes], patterns: Collection[bytes]) -> bool:
    """Whether one of the texts has one of the patterns."""
    return any(re.search(pattern, text) is not None for text in texts for pattern in patterns)


def _is_installed(file: str) -> bool:
    """Whether a file is of the standard library or an installed package, which does not put back what tests replace."""
    return f"{os.sep}site-packages{os.sep}" in file or file.startswith(_STANDARD_LIBRARY)


def _is_hook(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id in CASE_HOOKS for target in node.targets)
