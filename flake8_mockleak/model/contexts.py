"""Calls of context managers of other code: what they put back, in a ``with`` statement or entered by hand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_mockleak.model.binding import is_generator
from flake8_mockleak.model.call import Caller
from flake8_mockleak.model.evaluate import constant
from flake8_mockleak.model.facts import Acquisition, Idiom, Site, Way
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.model.names import STDLIB, UNKNOWN_LIBRARY
from flake8_mockleak.model.patches import Arguments
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.source import ClassSource, ModuleSource, dotted_name, written
from flake8_mockleak.model.triggers import may_replace
from flake8_mockleak.model.values import (
    UNKNOWN,
    Bound,
    Class,
    Fields,
    Function,
    Instance,
    MockClass,
    MockObject,
    Patcher,
    Self,
    Shared,
    Value,
    members,
)
from flake8_mockleak.model.verdict import Releases, judge
from flake8_mockleak.model.wellknown import KEPT_BY, LOG_CATCHERS
from flake8_mockleak.model.write import module_entry, place_at

LIBRARIES = STDLIB | {
    "builtins",
    "pytest",
    "pytest_asyncio",
    "testtools",
    "twisted",
    "fixtures",
    "ddt",
    "django",
}
"""Packages whose functions and context managers are not followed."""

_PLAIN = (ast.Constant, ast.Name, ast.Attribute, ast.Lambda)
_ENVIRONMENT = place_at("os.environ", "[?]", "os.environ")


class ContextObject(NamedTuple):
    """An object of a class of the file that a ``with`` statement has entered."""

    source: ClassSource
    fields: Fields
    node: ast.expr


class _Done(NamedTuple):
    """What a context manager of another file puts back, what it patches, and what it leaves replaced after an error."""

    back: list[Place]
    patched: list[Place]
    left: list[Acquisition]


_NOTHING_DONE = _Done([], [], [])


class ContextCalls(Caller):
    """Runs what lies behind a context manager of another file, for what it puts back."""

    def note_made(self, call: ast.Call, targets: list[ast.expr], value: Value) -> None:
        """Keep the call that names or fields get the result of: it may be entered by hand later, or started."""
        if self.module.enters_by_hand or value is UNKNOWN and _is_of_self(call.func):
            self.made_by.update((written(target), call) for target in targets)

    def kept_by(self, manager: ast.expr) -> list[Place]:
        """Return what a context manager of other code puts back when it is left."""
        return self._followed(manager).back

    def enter_elsewhere(self, manager: ast.expr, covered: int) -> list[Acquisition]:
        """Enter a context manager of other code, and return what it leaves replaced if the block raises.

        So many places were covered before its call was evaluated, which is told some that it may undo.
        """
        done = self._followed(manager, covered)
        self.covers.extend(done.back)
        entered: list[Acquisition] = []
        for left in done.left:
            is_own = left.origin is self.linted
            node, idiom = (left.node, Idiom.CONTEXT_MANAGER) if is_own else (manager, Idiom.BLOCK)
            made = self.record.acquire(left.way, node, None, left.places, left.replacement, Site(idiom))
            made.helper, made.release = left.helper, left.release if is_own else None
            entered.append(made)
        return entered

    def leave_elsewhere(self, left: list[Acquisition]) -> None:
        """Leave such context managers, as happens when the block has raised nothing."""
        for each in left:
            self.record.release(each.release.node if each.release else each.node, place=each.places[0])

    def _followed(self, manager: ast.expr, covered: int | None = None) -> _Done:
        function = self.value(manager.func) if isinstance(manager, ast.Call) else UNKNOWN
        path = function.path if isinstance(function, Shared) else ""
        known = [Place(place, place) for place in KEPT_BY.get(path, ())] or kept_by_name(manager)
        names_no_module = isinstance(function, Bound) or path.startswith("builtins.") or path in LOG_CATCHERS
        known = known if names_no_module else [*known, *self._modules_named(manager), *self._object_of(path)]
        done = self._done_by(function, manager, covered) if isinstance(manager, ast.Call) else _NOTHING_DONE
        return done._replace(back=[*known, *done.back])

    def _object_of(self, path: str) -> list[Place]:
        """Return what a context manager may be about that a method of another file's object makes: its attributes.

        ``with flags.override(source):`` puts back what the object was.
        """
        owner = path.rpartition(".")[0]
        if "." not in owner or owner.partition(".")[0] in LIBRARIES or self.beyond is None:
            return []
        is_module = self.beyond.find(owner) is not None
        return [] if is_module else [Place(f"{owner}.?", owner)]

    def _done_by(self, function: Value, node: ast.Call, covered: int | None = None) -> _Done:
        """Return what a context manager of another file does: ``with restored_rates():``."""
        if isinstance(function, Shared):
            if self.linted.called_helpers.beside(function.path):
                self.record.open_questions.add(self.record.activation)
            function = self.found_elsewhere(function, LIBRARIES)
        if isinstance(function, Class):
            if function.source.module is self.linted or function.source.find_method("__exit__") is None:
                return _NOTHING_DONE
        elif not isinstance(function, Function) or not is_generator(function.node, function.module()):
            return _NOTHING_DONE
        elif function.module() is self.linted and not (node.args or node.keywords):
            return _NOTHING_DONE  # one of the file is run by itself, and this call tells no more
        named = {keyword.arg: self.plain(keyword.value) for keyword in node.keywords if keyword.arg is not None}
        arguments = Arguments([self.plain(each) for each in node.args], named)
        record = self.record
        covers, self.covers = self.covers, self.covers.copy()
        self.covers.cut(len(covers) if covered is None else covered)
        before, self.is_around_tests = self.is_around_tests, True
        with record.apart():
            if isinstance(function, Class):
                self._run_context(function.source, arguments, node)
            else:
                self.run_function(function, arguments, node)
            back = [release.place for release in record.releases if release.place is not None]
            stopped = {release.holder for release in record.releases if release.holder is not None}
            back += [place for each in record.acquisitions if each.holder in stopped for place in each.places]
            patched = [place for each in (*record.acquisitions, *record.scoped_entries) for place in each.places]
            left = list(_left_by_failure(record, dotted_name(node.func) or "", arguments, self.linted))
        self.is_around_tests = before
        self.covers = covers
        return _Done(back, patched, left)

    def _run_context(self, source: ClassSource, arguments: Arguments, node: ast.expr) -> None:
        """Make an object of a context manager class, enter and leave it."""
        before, self.fields = self.fields, Fields(owner=source)
        for name in ("__init__", "__enter__", "__exit__"):
            method = source.find_method(name)
            if method is not None:
                given = arguments if name == "__init__" else Arguments([], {})
                self.run_function(method, given, node, Self(self.fields))
        self.fields = before

    def enter_by_hand(self, manager: ast.expr, node: ast.expr) -> None:
        """Note what a context manager of another file does that is entered without a ``with`` statement."""
        call = manager if isinstance(manager, ast.Call) else self.made_by.get(written(manager))
        function = self.value(call.func) if call is not None else UNKNOWN
        if call is None or not isinstance(function, Shared) or function.path.partition(".")[0] in LIBRARIES:
            return
        self.record.open_questions.add(self.record.activation)
        back, patched, _ = self._done_by(function, call)
        self.undo_with_test([*back, *patched], node)
        if patched and "exit__" not in self.module.whole_text:  # nothing leaves it, by whatever name
            holder = Patcher(call, UNKNOWN_LIBRARY, tuple(patched))
            self.acquire(Way.ENTERED, node, holder, holder.places)

    def enter_own(self, manager: Value, node: ast.expr) -> Iterator[ContextObject]:
        """Run ``__init__`` and ``__enter__`` of context managers whose class is of the file, and yield these."""
        for member in members(manager):
            source = member.of.source if isinstance(member, Instance) and isinstance(member.of, Class) else None
            if source is not None and (source.find_method("__exit__") or source.find_method("__aexit__")):
                context = ContextObject(source, Fields(owner=source), node)
                for name in ("__init__", "__enter__", "__aenter__"):
                    self._call_on(context, name)
                yield context

    def leave_own(self, context: ContextObject) -> None:
        """Run the exit of such a context manager: whatever it puts back is put back for sure."""
        with self.record.surely(), self.record.quietly():
            for name in ("__exit__", "__aexit__"):
                self._call_on(context, name)

    def _call_on(self, context: ContextObject, name: str) -> None:
        function = context.source.find_method(name)
        if function is not None:
            before, self.fields = self.fields, context.fields
            is_exit = name in {"__exit__", "__aexit__"}  # its `self.stack.close()` has no word that says so
            self._call_function(function, Arguments([], {}), context.node, Self(context.fields), is_exit)
            self.fields = before

    def plain(self, argument: ast.expr) -> Value:
        """Return the value of an argument that does nothing when it is evaluated once more."""
        if isinstance(argument, ast.Call):
            return MockObject() if isinstance(self.value(argument.func), MockClass) else UNKNOWN
        return self.value(argument) if isinstance(argument, _PLAIN) else UNKNOWN

    def _modules_named(self, manager: ast.expr) -> list[Place]:
        """Return the entries of ``sys.modules`` whose names a context manager is told, as ``uncache("shop")``.

        One that is told a module and a name, as ``PatchObject(shop, "price")``, is about that attribute alone.
        """
        plain = [self.plain(argument) for argument in manager.args] if isinstance(manager, ast.Call) else []
        if len(plain) > 1 and isinstance(plain[0], Shared) and isinstance(constant(plain[1]), str):
            return []
        return [entry for each in plain if (entry := module_entry(each)) is not None]


def _left_by_failure(
    record: Recorder, helper: str, arguments: Arguments, linted: ModuleSource
) -> Iterator[Acquisition]:
    """Yield what a generator replaces before its ``yield``, and puts back behind it by a plain statement.

    That is without what is reported in its own file, whatever the call tells it.
    """
    releases = Releases(record.releases)
    told = tuple(f"{each.path}." for each in arguments.all() if isinstance(each, Shared))
    for acquisition in record.acquisitions:
        judge(acquisition, releases)
        module, is_by_hand = acquisition.origin, acquisition.way is Way.ASSIGNED
        if acquisition.guarantee is not Guarantee.HAPPY_PATH or not is_by_hand or module is None:
            continue
        is_told = acquisition.places[0].key.startswith(told)
        if module is linted:
            if is_told or acquisition.replacement in arguments.all():
                yield acquisition
        elif is_told or not may_replace(module.whole_text, module.path):
            acquisition.helper = helper.rpartition(".")[2]
            acquisition.places = tuple(place.as_known_to_all() for place in acquisition.places)
            yield acquisition


def _is_of_self(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "self"


def kept_by_name(manager: ast.expr) -> list[Place]:
    """Return what a context manager or decorator that is not known keeps as it was, by its name: the environment."""
    name = dotted_name(manager.func if isinstance(manager, ast.Call) else manager) or ""
    return [_ENVIRONMENT] if "env" in name.lower() else []
