"""Runs statements: the order, the branches and the scopes."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from itertools import chain

from flake8_mockleak.model.assertions import note_asserted, note_statement
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.binding import bind, is_generator
from flake8_mockleak.model.call import is_assertion
from flake8_mockleak.model.cleanups import Cleanup
from flake8_mockleak.model.contexts import LIBRARIES, ContextCalls, ContextObject
from flake8_mockleak.model.evaluate import handlers
from flake8_mockleak.model.facts import Acquisition, Release
from flake8_mockleak.model.holders import HOLDABLE
from flake8_mockleak.model.names import SKIPS, mock_name, standard_path
from flake8_mockleak.model.patches import Arguments
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ClassSource, Frame, ModuleSource, dotted_name, is_always_taken, written
from flake8_mockleak.model.testcases import is_like_tests
from flake8_mockleak.model.values import (
    UNKNOWN,
    Bound,
    Class,
    Constant,
    Container,
    Function,
    FunctionNode,
    MockObject,
    MonkeyPatch,
    Patcher,
    Self,
    Shared,
    Stack,
    Union,
    Value,
    contents,
    members,
    union,
)

_DECORATOR_CALLS = frozenset({"callback", "push", "addfinalizer"})


class TooMuch(Exception):
    """The file asks for more steps than the bound allows; nothing is said about it."""


class Executor(ContextCalls):
    """Runs the statements of one file, each function as often as the lifecycle calls it."""

    def __init__(
        self,
        module: ModuleSource,
        recorder: Recorder,
        settings: ModelSettings,
        beyond: Beyond | None = None,
    ) -> None:
        super().__init__(module, recorder, settings, beyond)
        self._returned: list[list[Value]] = []
        self._loops: list[list[tuple[dict[str, Value], dict[str, Value]]]] = []
        self._around: list[tuple[ast.For | ast.AsyncFor, Frame]] = []
        self._local_classes: dict[ast.ClassDef, ClassSource] = {}
        self._steps = 50_000 + 100 * len(module.lines)
        self._statements = handlers(self.__class__, ast.stmt)

    def run_body(self, function: Function) -> Value:
        """Run the statements of a function in the present frame and return what it returns."""
        if isinstance(function.node, ast.Lambda):
            return self.value(function.node.body)
        self._returned.append([])
        self.run(function.node.body)
        value = union(self._returned.pop())
        self._note_returned(function.node, value)
        return value

    def _note_returned(self, function: FunctionNode | None, value: Value) -> None:
        if self.replaced:  # or else it is the original of nothing
            self.record.returned |= {(function, each.path) for each in contents(value) if isinstance(each, Shared)}

    def run(self, statements: list[ast.stmt]) -> bool:
        """Run a block and tell whether its end is reached."""
        for statement in statements:
            self._steps -= 1
            if self._steps < 0:
                raise TooMuch(self.module.path)
            runner = self._statements.get(type(statement))
            if runner is not None and not runner(self, statement):
                return False
        return True

    # Simple statements

    def _Expr(self, node: ast.Expr) -> bool:
        if self._is_never_run(node.value):
            return True
        asserts = is_assertion(node.value)
        if asserts and not self.module.triggers.releases(node):  # no more than an assertion
            self.record.risk += 1
        elif isinstance(node.value, ast.Attribute):
            note_statement(node.value, self.record, self.value)
            self.note_uncalled(node.value)
        elif not isinstance(node.value, ast.Constant):
            value = self.value(node.value)
            if isinstance(value, Patcher) and value.node is node.value and not self.record.is_failing:
                self.record.dropped.append(value)
            note_statement(node.value, self.record, self.value)
        self.record.asserted += asserts
        return True

    def _is_never_run(self, value: ast.expr) -> bool:
        """Whether a statement makes an iterator that nobody asks for an item: ``map(stop, patchers)``."""
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"map", "filter"}:
            return self.frame.lookup(value.func.id) is None
        return isinstance(value, ast.GeneratorExp)

    def _Assign(self, node: ast.Assign) -> bool:
        value = UNKNOWN if self._is_data(node.value) else self.value(node.value)
        if isinstance(node.value, ast.Call):
            self.note_made(node.value, node.targets, value)
            if value is UNKNOWN:
                value = self._made_elsewhere(node.value, node.targets)
        for target in node.targets:
            self.assign(target, value, node)
        if value is UNKNOWN and _is_of_environment(node.value):
            told = {written(target) for target in node.targets}
            self.record.activation.stored -= told
            self.record.activation.by_environment |= told
        return True

    def _made_elsewhere(self, call: ast.Call, targets: list[ast.expr]) -> Value:
        """Return what a function of another file makes, where it may be a mock that replaces something shared."""
        name = (dotted_name(call.func) or "").rpartition(".")[2]
        # A call would be made twice: `self.patcher.start().return_value = rows()`.
        named = (each.value for each in targets if isinstance(each, (ast.Attribute, ast.Subscript)))
        owners = [self.value(each) for each in named if dotted_name(each) is not None]
        if not name.islower() or not any(isinstance(owner, Shared) for owner in owners):
            return UNKNOWN
        function = self.value(call.func)
        if not isinstance(function, Shared):
            return UNKNOWN
        if re.search(_MAKES_MOCKS, name) is None and not self.makes_mock_elsewhere(function, LIBRARIES):
            return UNKNOWN
        self.record.open_questions.add(self.record.activation)
        found = self.found_elsewhere(function, LIBRARIES)
        if not isinstance(found, Function) or is_generator(found.node, found.module()):
            return UNKNOWN
        made = self.run_function(found, Arguments([self.plain(each) for each in call.args], {}), call)
        return made if isinstance(made, MockObject) else UNKNOWN

    def _is_data(self, node: ast.expr) -> bool:
        """Whether a display holds plain data: a long table is not worth a walk."""
        if not isinstance(node, _DISPLAYS) or node.lineno == node.end_lineno:
            return False
        return not self.module.triggers.mentions(node)

    def _AnnAssign(self, node: ast.AnnAssign) -> bool:
        if node.value is not None:
            self.assign(node.target, self.value(node.value), node)
        return True

    def _AugAssign(self, node: ast.AugAssign) -> bool:
        value = self.value(node.value)
        present = self.value(node.target)
        if isinstance(present, Container) and isinstance(value, Container):
            present.extend(value.items)
        elif isinstance(present, Shared) and isinstance(value, Container):
            self.fill(present, value, node)
        else:
            self.escape(value, node)
        return True

    def _Delete(self, node: ast.Delete) -> bool:
        for target in node.targets:
            self.delete(target)
        return True

    def _Return(self, node: ast.Return) -> bool:
        if node.value is not None:
            value = self.value(node.value)
            if self._returned:
                self._returned[-1].append(value)
                return False
            self._note_returned(self.record.activation.node, value)
            if isinstance(value, Function) and value.frame is self.frame:
                self._run_returned(value)
            else:
                self._run_handed_out(value, node)
                self.give(value, node)
        return False

    def _run_handed_out(self, value: Value, node: ast.Return) -> None:
        """Run the functions of its own that a function returns among other things, for what they put back."""
        for member in contents(value) if isinstance(value, Container) else ():
            if isinstance(member, Function) and member.frame is self.frame:
                with self.record.assured():
                    self._call_function(member, Arguments([], {}), node.value or ast.Constant(None), follow=True)

    def _run_returned(self, value: Value) -> None:
        """Run the function that a decorator, or the factory of one, returns in place of the decorated.

        Nothing in the file calls it there: what it does is told of its own lines, not of the ``return``.
        """
        outer = self.frame
        for _ in range(_MAX_WRAPPERS):
            if not isinstance(value, Function) or is_generator(value.node, value.module()):
                break
            self.called.add(value.node)
            self.frame = bind(value, Arguments([], {}), None)
            value = self.run_body(value)
        self.frame = outer

    def _Raise(self, node: ast.Raise) -> bool:
        self.record.risk += 1
        raised = self.value(node.exc) if node.exc is not None else UNKNOWN
        if isinstance(raised, Shared) and raised.path in SKIPS:
            self.record.skip_test()
        return False

    def _Assert(self, node: ast.Assert) -> bool:
        if self.module.triggers.releases(node):
            note_asserted(node.test, self.record, self.value)
            self.value(node.test)
        self.record.risk += 1
        if not _only_narrows(node.test):
            self.record.asserted += 1
        return True

    def _Break(self, node: ast.Break | ast.Continue) -> bool:
        if self._loops:
            self._loops[-1].append(self._state())
        return False

    _Continue = _Break

    def _Global(self, node: ast.Global) -> bool:
        self.frame.global_names.update(node.names)
        return True

    def _Nonlocal(self, node: ast.Nonlocal) -> bool:
        self.frame.nonlocal_names.update(node.names)
        return True

    # Imports

    def _Import(self, node: ast.Import) -> bool:
        self.record.risk += 1
        for alias in node.names:
            if alias.asname is not None:
                self._bind_import(alias.asname, alias.name)
            else:
                top = alias.name.partition(".")[0]
                self._bind_import(top, top)
        return True

    def _ImportFrom(self, node: ast.ImportFrom) -> bool:
        self.record.risk += 1
        base = self.module.absolute(node.module, node.level)
        separator = "" if base.endswith(".") or not base else "."
        for alias in node.names:
            if alias.name == "*":
                self.module.star_imports.append(base)
            else:
                self._bind_import(alias.asname or alias.name, f"{base}{separator}{alias.name}")
        return True

    def _bind_import(self, name: str, path: str) -> None:
        self.frame.home(name).names[name] = self.imported(standard_path(path))

    # Definitions

    def _FunctionDef(self, node: ast.FunctionDef) -> bool:
        function = self.function(node)
        is_remote = self.frame.parent is not None and any(map(self._may_run_elsewhere, node.decorator_list))
        self.frame.names[node.name] = UNKNOWN if is_remote else function
        for decorator in node.decorator_list:
            if self._registers(decorator):
                self._register_cleanup_function(decorator, function)
        return True

    _AsyncFunctionDef = _FunctionDef

    def _may_run_elsewhere(self, decorator: ast.expr) -> bool:
        """Whether an imported decorator may hand a local function to another process: ``run_in_pyodide``."""
        value = self.value(decorator.func if isinstance(decorator, ast.Call) else decorator)
        if not isinstance(value, Shared) or mock_name(value.path) is not None:
            return False
        return value.path.partition(".")[0] not in LIBRARIES

    def _registers(self, decorator: ast.expr) -> bool:
        return isinstance(decorator, ast.Attribute) and (
            decorator.attr in _DECORATOR_CALLS or self.cleanup_lifetime_of(decorator.attr) is not None
        )

    def _register_cleanup_function(self, decorator: ast.expr, function: Function) -> None:
        assert isinstance(decorator, ast.Attribute)
        lifetime = self.cleanup_lifetime_of(decorator.attr)
        if lifetime is None:
            self.apply(self.value(decorator), Arguments([function], {}), decorator)
            return
        self._call_later(Cleanup(function, Arguments([], {}), lifetime, decorator))

    def _ClassDef(self, node: ast.ClassDef) -> bool:
        source = self._local_classes.get(node) or self.module.class_of(node)
        self._local_classes[node] = source
        source.inherit([self.value(base) for base in node.bases])
        source.patched = [self.value(decorator) for decorator in node.decorator_list]
        value = Class(source)
        self.frame.names[node.name] = value
        self._run_class_body(source, node)
        return True

    def _run_class_body(self, source: ClassSource, node: ast.ClassDef) -> None:
        with self.scope() as frame:
            frame.owner = source
            self.run([statement for statement in node.body if not isinstance(statement, _METHODS)])
            source.attributes.update(frame.names)
        own = "self" if is_like_tests(source) else source.name
        own = f"self.{own}" if self.frame.owner is not None and self.frame.parent is not None else own
        for name, value in source.attributes.items():
            for member in members(value):
                if isinstance(member, (Patcher, Stack, MonkeyPatch)):
                    member.holders[:] = [f"{own}.{name}", *(each for each in member.holders if each != name)]

    # Compound statements

    def _If(self, node: ast.If) -> bool:
        if _is_main_guard(node.test):
            return True
        if is_always_taken(node):
            return self.run(node.body)
        if self.record.is_over and _is_never_so(node.test, self.value):
            return self.run(node.orelse)
        self.value(node.test)
        way = self._given_way(node.test)
        if way is not None:
            return self.run(node.body if way else node.orelse)
        if self._asks_for_failure(node.test):
            self.record.failure_tests.add(node)
        reached = self._either(node, [("body", node.body), ("orelse", node.orelse)])
        for way_out, other in ((node.body, "orelse"), (node.orelse, "body")):
            if reached and way_out and isinstance(way_out[-1], ast.Return):
                self.record.path = (*self.record.path, (node, other))  # the rest is run on the other way alone
        return reached

    def _asks_for_failure(self, test: ast.expr) -> bool:
        """Whether a condition in an ``__exit__`` asks for the exception that it is told."""
        function = self._open_calls[-1] if self._open_calls else self.record.activation.node
        if not isinstance(function, _METHODS) or function.name not in {"__exit__", "__aexit__"}:
            return False
        arguments = function.args
        told = [*arguments.posonlyargs, *arguments.args][1:] + ([arguments.vararg] if arguments.vararg else [])
        names = {each.arg for each in told}
        return any(isinstance(each, ast.Name) and each.id in names for each in ast.walk(test))

    def _given_way(self, test: ast.expr) -> bool | None:
        """Return which way is taken if a call says so: ``self.switch(True)`` of ``def switch(self, on)``."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            way = self._given_way(test.operand)
            return None if way is None else not way
        asked = test
        if isinstance(test, ast.Compare) and _is_none(test.comparators[-1]) and len(test.ops) == 1:
            asked = test.left
        if not (isinstance(asked, ast.Name) and self._open_calls):
            return None
        arguments = self._open_calls[-1].args
        if not any(each.arg == asked.id for each in (*arguments.args, *arguments.kwonlyargs)):
            return None
        given = self.value(asked)
        is_none = isinstance(given, Constant) and given.value is None
        if is_none or isinstance(given, (Self, Patcher, MockObject, Shared)):
            way = not is_none
        elif asked is test and isinstance(given, Constant) and isinstance(given.value, bool):
            way = given.value
        else:
            return None
        return way != (isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Is, ast.Eq)))

    def _Match(self, node: ast.Match) -> bool:
        self.value(node.subject)
        for name in _captured(node):  # it is a local one, whatever the module calls so
            self.frame.home(name).names[name] = UNKNOWN
        ways = [(f"case {index}", case.body) for index, case in enumerate(node.cases)]
        return self._either(node, [*ways, ("no case", [])])

    def _either(self, node: ast.stmt, ways: list[tuple[str, list[ast.stmt]]]) -> bool:
        """Run each way through a statement from the same state and join what they leave."""
        before, covered = self._state(), len(self.covers)
        left: list[tuple[dict[str, Value], dict[str, Value]]] = []
        added: list[Place] = []
        for way, block in ways:
            self._set_state(before)
            with self.record.branch(node, way):
                if self.run(block):
                    left.append(self._state())
            added += self.covers.since(covered)
            self.covers.cut(covered)  # what one way patches is not patched on the others
        self.covers.extend(added)
        if left:
            self._set_state(_join(left))
        return bool(left)

    def _state(self) -> tuple[dict[str, Value], dict[str, Value]]:
        fields = self.fields.values if self.fields is not None else {}
        return dict(self.frame.names), dict(fields)

    def _set_state(self, state: tuple[dict[str, Value], dict[str, Value]]) -> None:
        self.frame.names = dict(state[0])
        if self.fields is not None:
            self.fields.values.clear()
            self.fields.values.update(state[1])

    def _For(self, node: ast.For | ast.AsyncFor) -> bool:
        items = self.value(node.iter)
        self.assign(node.target, self.item(items), node)
        if _goes_through_fields(node.iter):
            self._hold_by(node.target)
        self._around.append((node, self.frame))
        self._turn(node.body)
        self._around.pop()
        self._keep_the_last(node)
        return self.run(node.orelse)

    def _hold_by(self, target: ast.expr) -> None:
        """What a loop through all fields asks of a field, or of its name, it asks of whatever the field holds."""
        names = [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
        for value in self.fields.values.values() if self.fields is not None else ():
            for member in members(value):
                if isinstance(member, HOLDABLE):
                    member.holders += names

    @contextmanager
    def as_behind_the_loop(self, function: Value) -> Iterator[None]:
        """Give the names of the present loop the values that a function finds which is called later: the last ones."""
        loop, frame = self._around[-1] if self._around else (None, None)
        before = dict(self.frame.names)
        if (
            loop is not None
            and isinstance(function, Function)
            and function.frame is self.frame is frame
            and _runs_again(loop)
        ):
            for name in _free_names(function.node):
                value = self.frame.names.get(name)
                if value is not None:
                    self.frame.names[name] = _at_the_end_of(loop, name, value)
        yield
        self.frame.names = before

    def _keep_the_last(self, loop: ast.For | ast.AsyncFor) -> None:
        """Behind a loop a name stands for the last of the patchers that were made in it, and no more for each."""
        fields = self.fields.values if self.fields is not None else {}
        for values in (self.frame.names, fields):
            for name, value in values.items():
                last = _at_the_end_of(loop, name, value)
                if last is not value and _runs_again(loop):
                    values[name] = last

    _AsyncFor = _For

    def _While(self, node: ast.While) -> bool:
        self.value(node.test)
        self._turn(node.body)
        return self.run(node.orelse)

    def _turn(self, body: list[ast.stmt]) -> None:
        """Run the body of a loop once, and go on from wherever it is left."""
        self._loops.append([])
        self.run(body)
        left = self._loops.pop()
        if left:
            self._set_state(_join([self._state(), *left]))

    def _Try(self, node: ast.Try) -> bool:
        before, asserted, released = self._state(), self.record.asserted, len(self.record.releases)
        with self.record.branch(node, "body"):
            risk, acquired = self.record.risk, len(self.record.acquisitions)
            reached = self.run(node.body)
            if acquired == len(self.record.acquisitions) and any(map(_catches_all, node.handlers)):
                self.record.risk = risk  # whatever raises, what stands behind the statement runs
            if reached:
                reached = self.run(node.orelse)
        ends = [self._state()] if reached else []
        for index, handler in enumerate(node.handlers):
            self._set_state(_join([before, self._state()]))
            with self.record.branch(node, f"handler {index}"):
                if self.run(handler.body):
                    ends.append(self._state())
        if ends:
            self._set_state(_join(ends))
        with self.record.ended(node, asserted):
            if node.finalbody:
                self._end_midway(node, before[0], self.record.releases[released:])
            ended = self.run(node.finalbody)
        return bool(ends) and ended

    def _end_midway(self, node: ast.Try, before: dict[str, Value], releases: list[Release]) -> None:
        """Run a ``finally`` as it runs when the body is left before it has put back what a name held at first."""
        for name, last in list(self.frame.names.items()):
            stopped = [each.holder for each in releases if isinstance(each.holder, Patcher)]
            for patcher in stopped if isinstance(last, Patcher) else ():
                if patcher is not last and (patcher is before.get(name) or name in patcher.holders):
                    state = self._state()
                    self.frame.names[name] = patcher
                    self.run(node.finalbody)
                    self._set_state(state)

    _TryStar = _Try

    def _With(self, node: ast.With | ast.AsyncWith) -> bool:
        covered = len(self.covers)
        stacks: list[Stack] = []
        own: list[ContextObject] = []
        left: list[Acquisition] = []
        before_yield = not self.record.after_yield
        for item in node.items:
            known = len(self.covers)
            manager = self.value(item.context_expr)
            own += self.enter_own(manager, item.context_expr)
            entered = self._enter(manager, item.context_expr, stacks, left, known)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, entered, node)
        reached = self._run_to_failure(node.body) if _expects_error(node) else self.run(node.body)
        if self.record.activation.is_fixture and before_yield and self.record.after_yield:
            self._put_back_all(self.covers.since(covered), node.items[0].context_expr)
        self.covers.cut(covered)
        for stack in stacks:
            self.record.release_surely(node, stack)
        for context in reversed(own):
            self.leave_own(context)
        self.leave_elsewhere(left)
        return reached

    _AsyncWith = _With

    def _run_to_failure(self, statements: list[ast.stmt]) -> bool:
        """Run a block whose last statement is expected to raise: what that would replace is not replaced."""
        last = statements[-1]
        if not isinstance(last, (ast.Expr, ast.Assign)):
            return self.run(statements)
        if not self.run(statements[:-1]):
            return False
        with self.record.failing():
            return self.run([last])

    def _enter(
        self, manager: Value, node: ast.expr, stacks: list[Stack], left: list[Acquisition], covered: int
    ) -> Value:
        entered: list[Value] = []
        for member in members(manager):
            if isinstance(member, Patcher):
                self.record.enter_scoped(node, member)
                self.covers.extend(member.places)
                entered.append(self.entered(member))
            elif isinstance(member, Stack):
                stacks.append(member)
                entered.append(member)
            elif isinstance(member, MonkeyPatch):
                entered.append(MonkeyPatch(member.node, automatic=True))
            elif isinstance(member, Bound):
                self.escape(member.of, node)
                entered.append(UNKNOWN)
            else:
                left += self.enter_elsewhere(node, covered)
                entered.append(UNKNOWN)
        return union(entered)


def _is_of_environment(node: ast.expr) -> bool:
    """Whether an expression asks the environment or the platform: ``os.environ.get("SLOW") == "1"``."""
    while isinstance(node, (ast.Call, ast.Compare)):
        if isinstance(node, ast.Compare):
            node = node.left
        elif isinstance(node.func, ast.Name) and node.func.id == "bool" and node.args:
            node = node.args[0]
        else:
            node = node.func
    asked = node.value if isinstance(node, ast.Subscript) else node
    return isinstance(asked, ast.Attribute) and (dotted_name(asked) or "").endswith(_ENVIRONMENT)


_ENVIRONMENT = ("os.environ", "environ.get", "os.getenv", "sys.platform")
_FIELDS_OF = frozenset({"vars", "dir", "getmembers", "__dict__"})
_MAX_WRAPPERS = 3
_DISPLAYS = (ast.Dict, ast.List, ast.Tuple, ast.Set)
_MAKES_MOCKS = r"mock|fake|stub"
_METHODS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _runs_again(loop: ast.For | ast.AsyncFor) -> bool:
    """Whether a loop has more than one turn, as far as its text tells."""
    if isinstance(loop.iter, (ast.Tuple, ast.List)) and len(loop.iter.elts) < 2:
        return False
    return not any(isinstance(node, (ast.Break, ast.Return)) for node in ast.walk(loop))


def _goes_through_fields(iterable: ast.expr) -> bool:
    """Whether a loop goes through all that an object holds: ``for name, value in vars(self).items()``."""
    return any(
        (each.id if isinstance(each, ast.Name) else each.attr) in _FIELDS_OF
        for each in ast.walk(iterable)
        if isinstance(each, (ast.Name, ast.Attribute))
    )


def _at_the_end_of(loop: ast.For | ast.AsyncFor, name: str, value: Value) -> Value:
    """Return what a name stands for behind a loop: of the patchers that it gets in there, the last one alone."""
    is_target = isinstance(loop.target, ast.Name) and loop.target.id == name
    if isinstance(value, Union) and is_target and all(isinstance(each, Patcher) for each in value.members):
        return value.members[-1]
    if isinstance(value, Patcher) and value.is_each and (is_target or _is_within(value.node, loop)):
        last = copy(value)
        last.is_each, last.held_by, last.holders = False, [], list(value.holders)
        return last
    return value


def _free_names(node: FunctionNode) -> set[str]:
    """Return the names that a function looks up where it was defined, when it is called."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)}
    return names - {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}


def _is_within(node: ast.expr, statement: ast.stmt) -> bool:
    return statement.lineno <= node.lineno <= (statement.end_lineno or 0)


def _captured(node: ast.Match) -> Iterator[str]:
    """Yield the names that the patterns of a statement capture."""
    for part in chain.from_iterable(ast.walk(case.pattern) for case in node.cases):
        name = part.rest if isinstance(part, ast.MatchMapping) else getattr(part, "name", None)
        if isinstance(name, str):
            yield name


def _only_narrows(test: ast.expr) -> bool:
    """Whether an assertion is there for a type checker: ``assert patcher is not None``."""
    if isinstance(test, ast.Compare):
        return isinstance(test.ops[0], ast.IsNot)
    return isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance"


def _expects_error(node: ast.With | ast.AsyncWith) -> bool:
    """Whether a ``with`` statement is there to see its body fail: ``assertRaises``, ``pytest.raises``."""
    calls = [item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call)]
    names = [(dotted_name(call.func) or "").rpartition(".")[2] for call in calls]
    return any("raises" in name.lower() or name == "ExpectedException" for name in names)


def _catches_all(handler: ast.ExceptHandler) -> bool:
    name = dotted_name(handler.type) if handler.type is not None else "BaseException"
    return name in {"Exception", "BaseException"}


def _is_never_so(test: ast.expr, value: Callable[[ast.AST], Value]) -> bool:
    """Whether a condition asks whether a mock or patcher is ``None`` or false: no release under it runs."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return isinstance(value(test.operand), (MockObject, Patcher))
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Is)):
        return False
    return _is_none(test.comparators[0]) and isinstance(value(test.left), (MockObject, Patcher))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_main_guard(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id in {"__name__", "TYPE_CHECKING"}
    )


def _join(states: list[tuple[dict[str, Value], dict[str, Value]]]) -> tuple[dict[str, Value], dict[str, Value]]:
    first, *rest = states
    for other in rest:
        first = (_join_names(first[0], other[0]), _join_names(first[1], other[1]))
    return first


def _join_names(one: dict[str, Value], other: dict[str, Value]) -> dict[str, Value]:
    joined = dict(one)
    for name, value in other.items():
        present = joined.get(name)
        if present is None:
            joined[name] = value
        elif present is not value:
            joined[name] = _same_import(present, value) or union([present, value])
    return joined


def _same_import(one: Value, other: Value) -> Value | None:
    """``try: from unittest import mock / except ImportError: import mock``: either will do."""
    if isinstance(one, Shared) and isinstance(other, Shared):
        last = one.path.rpartition(".")[2]
        if last == other.path.rpartition(".")[2] or mock_name(one.path):
            return one
    return None
