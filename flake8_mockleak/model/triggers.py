"""Which parts of a file are worth running: found by searching its text, which costs next to nothing."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

_GATE = re.compile(
    r"""
    [mM]ock | [pP]atch | \bsetattr\b | sys\.modules | environ | set_override | django\.conf
    | ^[ \t]+\w+(?:\.\w+)+[ \t]=[ \t](?:lambda\b|[a-zA-Z_]\w*(?:\(\))?[ \t]*(?:\#.*)?$)  # an attribute gets a function or an object
    """,
    re.VERBOSE | re.MULTILINE,
)

# Lines that may replace a place or put it back. An assignment counts when it goes to an attribute or an item, but for
# `self.name = …` and the two attributes that configure a mock.
_ACTION = re.compile(
    r"""
    \.(?:start|stop|undo|callback|pop_all|setUp|cleanUp|register|append|add)\b(?=\(|\s*$|\)|,)
    | stopall | __enter__ | __exit__ | __aenter__ | enter_context | enter_async_context
    | \bsetattr\b | \bdelattr\b | sys\.modules | environ | set_override | MonkeyPatch
    | ^[ \t]*(?!self\.\w+[ \t]*=)[\w.]+(?:[.(\[][^=\n#]*)[\w\])][ \t]*=(?!=)
    """,
    re.VERBOSE | re.MULTILINE,
)
_CONFIGURES_MOCK = re.compile(r"\.(?:return_value|side_effect)[ \t]*=")
_MENTION = re.compile(r"[mM]ock|[pP]atch|ExitStack|\byield\b")


def may_replace(text: str) -> bool:
    """Whether a file can replace anything: the gate that most files do not pass."""
    return _GATE.search(text) is not None


class Triggers:
    """The interesting lines of a file. Line numbers count from 1."""

    def __init__(self, lines: list[str]) -> None:
        self._text = "".join(lines)
        self._starts = list(accumulate(map(len, lines), initial=0))
        self._actions = [
            self._line(match.end())
            for match in _ACTION.finditer(self._text)
            if not _CONFIGURES_MOCK.search(match.group())
        ]
        self._mentions: list[int] | None = None

    def _line(self, offset: int) -> int:
        return bisect_left(self._starts, offset, lo=1)

    def __bool__(self) -> bool:
        return bool(self._actions)

    def add_calls_of(self, helpers: Iterable[str]) -> None:
        """Count the lines that name one of these functions as actions too."""
        names = "|".join(sorted(map(re.escape, helpers)))
        if names:
            found = [self._line(match.end()) for match in re.finditer(rf"\b(?:{names})\b", self._text)]
            self._actions = sorted({*self._actions, *found})

    def acts(self, node: ast.AST) -> bool:
        """Whether a statement may replace a place or put one back."""
        return _any_within(self._actions, node)

    def mentions(self, node: ast.AST) -> bool:
        """Whether a statement acts, or has to do with mocks at all."""
        if self._mentions is None:
            found = [self._line(match.end()) for match in _MENTION.finditer(self._text)]
            self._mentions = sorted({*self._actions, *found})
        return _any_within(self._mentions, node) or self.acts(node)


def _any_within(lines: list[int], node: ast.AST) -> bool:
    first: int = node.lineno  # type: ignore[attr-defined]
    index = bisect_left(lines, first)
    return index < len(lines) and lines[index] <= (getattr(node, "end_lineno", None) or first)
