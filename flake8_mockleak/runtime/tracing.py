"""Follows the lines that assign, with ``sys.monitoring``: which line replaced something by hand is then no guess.

Only lines of the user's files that the text shows to assign to an attribute or an item are followed. All others have
their event once and none after that.
"""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any, NamedTuple

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.assignments import Store, stores
from flake8_mockleak.runtime.frames import Site, is_users
from flake8_mockleak.runtime.ledger import Ledger, RunningTest

AVAILABLE = sys.version_info >= (3, 12)
_TOOLS = (4, 3)  # the numbers that no kind of tool has been given
_getframe = sys._getframe


class Done(NamedTuple):
    """A line that was run and assigned, and the test that ran it."""

    site: Site
    test: RunningTest | None


class Tracer:
    """Knows the last line that assigned to each member of a module or a class, and to each container."""

    def __init__(self, ledger: Ledger) -> None:
        self._context = ledger.context
        self._done: dict[tuple[int, str | None], Done] = {}
        self._lines: dict[str, dict[int, list[Store]]] = {}
        self._tool: int | None = None

    def start(self) -> bool:
        """Begin to follow. Returns False if other tools have taken all that ``sys.monitoring`` has."""
        monitoring: Any = sys.monitoring  # type: ignore[attr-defined, unused-ignore]
        free = [tool for tool in _TOOLS if monitoring.get_tool(tool) is None]
        if not free:
            return False
        self._tool = free[0]
        self._monitoring = monitoring
        monitoring.use_tool_id(self._tool, "mockleak")
        monitoring.register_callback(self._tool, monitoring.events.PY_START, self._function)
        monitoring.register_callback(self._tool, monitoring.events.LINE, self._line)
        monitoring.set_events(self._tool, monitoring.events.PY_START)
        return True

    def stop(self) -> None:
        """End to follow."""
        if self._tool is not None:
            self._monitoring.free_tool_id(self._tool)
            self._tool = None

    def clear(self) -> None:
        """Forget what was assigned up to now."""
        self._done.clear()

    def find(self, owner: object, name: str | None) -> Done | None:
        """Return the last line that assigned to a member, or put something in a container; None if none did."""
        return self._done.get((id(owner), name)) or self._done.get((id(owner), None))

    def _function(self, code: CodeType, offset: int) -> object:
        path = code.co_filename
        lines = self._lines.get(path)
        if lines is None:
            lines = self._lines[path] = {}
            for store in stores(path) if is_users(path) else ():
                lines.setdefault(store.line, []).append(store)
        if lines and not lines.keys().isdisjoint(line for *_, line in code.co_lines()):
            self._monitoring.set_local_events(self._tool, code, self._monitoring.events.LINE)
        return self._monitoring.DISABLE

    def _line(self, code: CodeType, line: int) -> object:
        found = self._lines[code.co_filename].get(line)
        if found is None:
            return self._monitoring.DISABLE
        try:
            self._note(found, _getframe(1), line)
        except Exception:  # the test must not see it; the line is a guess then
            return self._monitoring.DISABLE
        return None

    def _note(self, found: list[Store], frame: FrameType, line: int) -> None:
        for store in found:
            owner = _owner(store, frame)
            shared = statics.is_module(owner) or statics.is_class(owner) or store.item
            if owner is not statics.MISSING and shared:
                site = Site(frame.f_code.co_filename, line, frame.f_code.co_name)
                self._done[id(owner), None if store.item else store.name] = Done(site, self._context.test)


def _owner(store: Store, frame: FrameType) -> object:
    """Return the object that a line assigns to a member of."""
    if store.root is None:
        return statics.MISSING
    if store.root == "":
        return statics.MODULES.get(str(frame.f_globals.get("__name__")), statics.MISSING)
    if store.root.startswith("import "):
        return statics.reach(store.root.removeprefix("import "))
    head, _, rest = store.root.partition(".")
    value = frame.f_locals.get(head, frame.f_globals.get(head, statics.MISSING))
    for name in rest.split(".") if rest else ():
        value = statics.inherited(value, name)
        if value is statics.MISSING:
            return value
    return type(value) if store.of_type else value
