"""The script of a clause: what it called, written down as the lines of code that reproduce it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

_FIRST, _LAST = 4, 14
_LONG = 90
_DEEP = 4


class Script:
    """Lines of code, one for each call, with what came of it as a comment."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = []
        self._expressions: dict[int, tuple[object, str]] = {}
        self.home = threading.current_thread()
        self._names: dict[str, int] = {}
        self.muted = False
        self.guard: Callable[[], None] = lambda: None
        """Called before every call; raises to stop a clause that was given up."""

    def name(self, stem: str) -> str:
        """Return a variable's name that is not in use."""
        count = self._names[stem] = self._names.get(stem, 0) + 1
        return stem if count == 1 else f"{stem}{count}"

    def named(self, expression: str, value: Any) -> Any:
        """Return ``value``, to be written as ``expression`` from now on."""
        self._expressions[id(value)] = (value, expression)
        return value

    def note(self, line: str) -> None:
        """Write down a line as it is."""
        self._lines.append([line, ""])

    def call(self, text: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call ``function`` and write the call down, where ``text`` is the part before the brackets."""
        self.guard()
        if self.muted:
            return function(*args, **kwargs)
        words = [self.show(value) for value in args] + [f"{name}={self.show(value)}" for name, value in kwargs.items()]
        line = [f"{text}({', '.join(words)})", ""]
        here = threading.current_thread()
        who = "" if here is self.home else f"in {here.name}: "
        self._lines.append(line)
        try:
            result = function(*args, **kwargs)
        except BaseException as error:
            line[1] = f"  # {who}raised {type(error).__name__}: {_cut(str(error))}"
            raise
        if who or (result is not None and " = " not in text):
            line[1] = f"  # {who}-> {_cut(self.show(result))}"
        return result

    def show(self, value: object, depth: int = 0) -> str:
        """Return the expression for a value."""
        entry = self._expressions.get(id(value))
        if entry is not None and entry[0] is value:
            return entry[1]
        # repr() knows what to do with a value that contains itself.
        if depth < _DEEP and type(value) is dict:
            return (
                "{"
                + ", ".join([f"{self.show(key)}: {self.show(item, depth + 1)}" for key, item in value.items()])
                + "}"
            )
        if depth < _DEEP and type(value) is list:
            return "[" + ", ".join([self.show(item, depth + 1) for item in value]) + "]"
        if isinstance(value, (str, bytes)) and len(value) > 60 and value == value[:1] * len(value):
            return f"{value[:1]!r} * {len(value)}"
        try:
            return repr(value)
        except Exception as error:
            return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"

    def text(self) -> str:
        """Return the lines, without the middle when there are many."""
        lines = [line + comment for line, comment in list(self._lines)]
        if len(lines) > _FIRST + _LAST:
            lines[_FIRST:-_LAST] = [f"# ... {len(lines) - _FIRST - _LAST} more calls ..."]
        return "\n".join(_cut(line, 400) for line in lines)


def _cut(text: str, length: int = _LONG) -> str:
    return text if len(text) <= length else f"{text[: length - 4]} ..."
