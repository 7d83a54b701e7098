"""Which parts of a file are worth running: found by searching its text, which costs next to nothing."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Container, Iterable
from itertools import accumulate

_MENTIONS_MOCKS = re.compile(r"[mM]ock|\bpatch|onkey[pP]atch")
_TEST_REPLACES = re.compile(
    r"""
    \bsetattr\b | sys\.modules | environ | set_override | django\.conf
    | \.\w+[ ]=[ ](?:lambda\b|[a-zA-Z_]\w*(?:\(\))?[ \t]*(?:\#.*)?$)  # an attribute gets a function or an object
    """,
    re.VERBOSE | re.MULTILINE,
)
_IS_TEST_PATH = re.compile(r"test|conftest|spec|fake|fixture|environment", re.IGNORECASE)

_CALL = re.compile(
    r"\.(?:start|stop|stopall|undo|__enter__|__exit__|__aenter__|enter_context|enter_async_context|set_override)\b"
    r"|\b[A-Z][A-Z_]+\.(?:append|add|insert|update|extend|setdefault)\("
)
_WORDS = ("setattr(", "sys.modules", "environ", "MonkeyPatch", "MockPatch", "__dict__")
_WORD = re.compile("|".join(map(re.escape, _WORDS)))

# `utils.run = Mock()`: an attribute or item that gets anything but a literal.
_ASSIGNMENT = re.compile(
    r"[ \t]*([A-Za-z_]\w*)((?:\.\w+|\[[^\]]*\]|\([\w.]*\))+)(?:,[^=]*)?[ \t]*=[ \t]*(?![=\d\"'\[{]|True\b|False\b|None\b)"
)
_ALIAS = re.compile(r"[ \t]*(\w+)(?:[ \t]*:[^=]*)?[ \t]*=[ \t]*(\w+)(?:\.\w+)*[ \t]*(?:#.*)?$")
_LOCAL_IMPORT = re.compile(r"^[ \t]+(?:from[ \t]+\S+[ \t]+)?import[ \t]+(.+)$", re.MULTILINE)
_MOCK_CLASS_ENTERED = re.compile(r"Mock\)\s*as\s+(\w+)")
_CONFIGURES_MOCK = (".return_value", ".side_effect")
_MENTION = re.compile(r"[mM]ock|[pP]atch|ExitStack")
_YIELD = re.compile(r"\byield\b")


def may_replace(text: str, path: str) -> bool:
    """Whether a file can replace anything: the gate that most files do not pass."""
    if _MENTIONS_MOCKS.search(text) is not None:
        return True
    return _IS_TEST_PATH.search(path) is not None and _TEST_REPLACES.search(text) is not None


class Triggers:
    """The interesting lines of a file. Line numbers count from 1."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._text = "".join(lines)
        self._starts = list(accumulate(map(len, lines), initial=0))
        calls = self._lines_of(_CALL)
        if any(word in self._text for word in _WORDS):
            calls += self._lines_of(_WORD)
        self._assignments = list(self._find_assignments())
        self._actions = sorted({*calls, *(line for line, _, _ in self._assignments)})
        self._calls = calls
        self._mentions: list[int] | None = None
        self._yields: list[int] | None = None

    def _lines_of(self, pattern: re.Pattern[str]) -> list[int]:
        return [bisect_left(self._starts, match.end(), lo=1) for match in pattern.finditer(self._text)]

    def _find_assignments(self) -> Iterable[tuple[int, str, str]]:
        for number, line in enumerate(self._lines, 1):
            if "=" in line:
                match = _ASSIGNMENT.match(line)
                if match is not None and not match[2].endswith(_CONFIGURES_MOCK):
                    if match[1] != "self" or match[2].count(".") + match[2].count("[") > 1:
                        yield number, match[1], match[2]

    def __bool__(self) -> bool:
        return bool(self._actions)

    def narrow(self, shared: Container[str], helpers: Iterable[str]) -> None:
        """Drop the assignments to what cannot outlive a test, now that the imported names are known.

        ``shared`` are the names of imports and the like; the lines that name one of ``helpers``, functions that act
        themselves, count as actions too.
        """
        roots = self._local_roots(shared)
        kept = [
            number
            for number, root, rest in self._assignments
            if root in shared or root in roots or root in {"self", "cls", "type"} or "__class__" in rest
        ]
        names = "|".join(sorted(map(re.escape, helpers)))
        called = self._lines_of(re.compile(rf"\b(?:{names})\b")) if names else []
        self._actions = sorted({*self._calls, *kept, *called})

    def _local_roots(self, shared: Container[str]) -> set[str]:
        """Return the local names that may stand for something shared: imports in functions, and aliases."""
        roots = {name for match in _LOCAL_IMPORT.finditer(self._text) for name in re.findall(r"\w+", match[1])}
        roots.update(match[1] for match in _MOCK_CLASS_ENTERED.finditer(self._text))
        for line in self._lines:
            if "=" in line:
                match = _ALIAS.match(line)
                if match is not None and (match[2] in shared or match[2] in roots or match[2] == "self"):
                    roots.add(match[1])
        return roots

    def acts(self, node: ast.AST) -> bool:
        """Whether a statement may replace a place or put one back."""
        return _any_within(self._actions, node)

    def mentions(self, node: ast.AST) -> bool:
        """Whether a statement acts, or has to do with mocks at all."""
        if self._mentions is None:
            self._mentions = self._lines_of(_MENTION)
        return _any_within(self._mentions, node) or self.acts(node)

    def yields(self, node: ast.AST) -> bool:
        """Whether the text of a statement has a ``yield``."""
        if self._yields is None:
            self._yields = self._lines_of(_YIELD)
        return _any_within(self._yields, node)


def _any_within(lines: list[int], node: ast.AST) -> bool:
    first: int = node.lineno  # type: ignore[attr-defined]
    index = bisect_left(lines, first)
    return index < len(lines) and lines[index] <= (getattr(node, "end_lineno", None) or first)
