"""Calls that are put off: what registers a cleanup, and what was meant to be put off or called and is not."""

from __future__ import annotations

import ast
from contextlib import AbstractContextManager

from flake8_mockleak.model import names
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.elsewhere import Elsewhere
from flake8_mockleak.model.facts import Idiom, Moment, Slip
from flake8_mockleak.model.helper_texts import text_of_function
from flake8_mockleak.model.lifetime import CLEANUP_METHODS, Lifetime
from flake8_mockleak.model.patches import Arguments
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.slotted import slotted
from flake8_mockleak.model.source import ModuleSource
from flake8_mockleak.model.values import (
    UNKNOWN,
    Bound,
    Function,
    MonkeyPatch,
    Patcher,
    Self,
    Shared,
    Stack,
    Value,
    members,
)

_OF_WHAT_RUNS = frozenset({"addfinalizer", "add_cleanup"})


@slotted
class Cleanup:
    """A call that is put off to the end of a lifetime; ``moment`` is when it was registered."""

    function: Value
    arguments: Arguments
    lifetime: Lifetime
    node: ast.expr
    moment: Moment | None = None


class CleanupCalls(Elsewhere):
    """Knows what is called at the end of a lifetime."""

    def __init__(
        self, module: ModuleSource, recorder: Recorder, settings: ModelSettings, beyond: Beyond | None
    ) -> None:
        super().__init__(module, recorder, settings, beyond)
        self.cleanups: list[Cleanup] = []
        self._cleanups = CLEANUP_METHODS | dict.fromkeys(settings.cleanup_methods, Lifetime.TEST)

    def arguments_of(self, node: ast.Call) -> Arguments:
        """Evaluate the arguments of a call."""
        raise NotImplementedError

    def run_function(self, function: Function, arguments: Arguments, node: ast.expr, own: Self | None = None) -> Value:
        """Run the body of a function that is called, and return what it returns."""
        raise NotImplementedError

    def as_behind_the_loop(self, function: Value) -> AbstractContextManager[None]:
        """Give the names of the present loop the values that a function finds which is called later."""
        raise NotImplementedError

    def _cleanup_lifetime(self, node: ast.Call) -> Lifetime | None:
        if isinstance(node.func, ast.Attribute):
            return self.cleanup_lifetime_of(node.func.attr)
        if isinstance(node.func, ast.Name):
            return self.cleanup_lifetime_of(node.func.id)
        return None

    def cleanup_lifetime_of(self, method: str) -> Lifetime | None:
        """Return when a method of that name calls what it is given; ``request.addfinalizer``: when the fixture ends."""
        lifetime, activation = self._cleanups.get(method), self.record.activation
        if lifetime is not None and method in _OF_WHAT_RUNS:
            if activation.is_fixture or activation.idiom is Idiom.BEHAVE:
                return activation.hook.lifetime
        if lifetime is Lifetime.MODULE and activation.node is not None and activation.node.name == "setup_module":
            return Lifetime.SESSION  # pytest alone calls that, and runs no cleanups of modules
        return lifetime

    def _register_cleanup(self, node: ast.Call, lifetime: Lifetime) -> Value:
        if not node.args:
            return UNKNOWN
        if self._is_called_early(node.args[0]):
            return UNKNOWN
        with self.record.quietly():
            self.is_registering = True
            function, *positional = self.arguments_of(node).positional or [UNKNOWN]
            self.is_registering = False
            if function is UNKNOWN and isinstance(node.args[0], ast.Call):
                function = self._made_elsewhere_to_release(node.args[0])
        named = {keyword.arg or "**": self.value(keyword.value) for keyword in node.keywords}
        self._call_later(Cleanup(function, Arguments(positional, named), lifetime, node))
        return function

    def _made_elsewhere_to_release(self, call: ast.Call) -> Value:
        """Return the cleanup that a function of another file makes; one that cannot be told may release anything."""
        maker = self.value(call.func)
        if not isinstance(maker, Shared) or maker.path.partition(".")[0] in names.STDLIB | {"builtins"}:
            return UNKNOWN
        found = self.found_elsewhere(maker, names.STDLIB)
        made = self.run_function(found, self.arguments_of(call), call) if isinstance(found, Function) else UNKNOWN
        # What is there and was not parsed has no word of what could put something back.
        is_harmless = found is UNKNOWN and self.beyond is not None and text_of_function(maker.path, self.beyond.find)
        if self.follows_imports and made is UNKNOWN and not is_harmless:
            self.record.unknown_releases.append(self.record.activation)
        return made

    def _call_later(self, cleanup: Cleanup) -> None:
        """Run a cleanup for what it releases by now, and keep it for what is acquired behind its registration."""
        with self.as_behind_the_loop(cleanup.function):
            self.run_cleanup(cleanup)
        function = cleanup.function
        is_elsewhere = isinstance(function, Shared) and not self.linted.called_helpers.beside(function.path)
        if self.follows_imports or not is_elsewhere:
            cleanup.moment = self.record.moment()
            self.cleanups.append(cleanup)

    def run_cleanup(self, cleanup: Cleanup) -> None:
        """Run what was registered to be called at the end of a lifetime."""
        arguments = Arguments(list(cleanup.arguments.positional), cleanup.arguments.named)
        with self.record.deferred(cleanup.lifetime), self.record.quietly():
            self.apply(cleanup.function, arguments, cleanup.node)

    def _is_called_early(self, argument: ast.expr) -> bool:
        """Report ``addCleanup(p.stop())``: the release is called now, and its result registered."""
        if not isinstance(argument, ast.Call):
            return False
        function = self.value(argument.func)
        for member in members(function):
            if isinstance(member, Bound) and isinstance(member.of, Patcher) and member.name in member.of.leaves:
                self.record.slip(Slip.CALLED_EARLY, argument, ast.unparse(argument.func), member.of)
                self.record.release_surely(argument, member.of)
                return True
            if self._stopped_library(member) is not None:
                self.record.slip(Slip.CALLED_EARLY, argument, ast.unparse(argument.func))
                with self.record.assured():
                    self.apply(member, Arguments([], {}), argument)
                return True
        return False

    def _stopped_library(self, value: Value) -> str | None:
        known = names.mock_name(value.path) if isinstance(value, Shared) else None
        return known[0] if known is not None and known[1] == "patch.stopall" else None

    def note_uncalled(self, node: ast.expr) -> None:
        """Report ``p.stop`` as a statement of its own."""
        for member in members(self.value(node)):
            if isinstance(member, Bound) and isinstance(member.of, Patcher) and member.name in member.of.leaves:
                self.record.slip(Slip.NOT_CALLED, node, ast.unparse(node), member.of)
                self.record.release_surely(node, member.of)
            elif isinstance(member, Bound) and isinstance(member.of, (Stack, MonkeyPatch)):
                if member.name in names.STACK_CLOSES | {"undo"}:
                    self.record.slip(Slip.NOT_CALLED, node, ast.unparse(node))
                    self.record.release_surely(node, member.of)
            elif self._stopped_library(member) is not None:
                self.record.slip(Slip.NOT_CALLED, node, ast.unparse(node))
                with self.record.assured():
                    self.apply(member, Arguments([], {}), node)
