"""Other files as they are read: without their tests and all else that has nothing to do with patches."""

from __future__ import annotations

import ast
import re
import tokenize
import warnings
from collections import OrderedDict
from functools import cache
from io import StringIO

from flake8_mockleak.model.files import stamp_of
from flake8_mockleak.model.names import is_named_as_fake
from flake8_mockleak.model.slotted import slotted

_MOST_KEPT = 120_000
"""Characters, of what was parsed: the trees take some 20 MiB for a million, and each full collection goes through them.

With three times as many the linter is no faster on large trees, and the collections take a fiftieth of the run."""


@slotted
class Parsed:
    """A file as it was read: ``searched`` is what of its text was parsed, ``size`` the length of all of it."""

    tree: ast.Module
    lines: list[str]
    searched: str
    size: int


# These start with the line break before the line, which is found much faster than `^`.
_HEAD = re.compile(
    r"\n(?P<indent>[ \t]*)(?:(?P<decorator>@)|(?P<class>class\b)|(?:async[ \t]+)?def[ \t]+(?P<name>\w*))"
)
_MADE_BY_CALL = re.compile(r"(?:\n|\.)\w+ = (?:self\.)?(\w+)\(")
_TRIPLE_QUOTES = ('"""', "'''")
_WORDS_WORTH_READING = (
    *("mock", "Mock", "patch", "Patch", "leanup", "stop", "Stop", "super(", "etup", "etUp", "et_up", "et_Up"),
    *("tear", "Tear", "ixture", "restor", "Restor", "setattr(", "delattr(", "sys.modules", "__dict__"),
    *("reload(", ".clear(", ".pop(", ".enter_context(", "stack", "Stack"),
)
"""Searched for one by one, that takes a tenth of the time of one pattern for all of them."""
_ASSIGNMENT_WORTH_READING = re.compile(
    r"(?<!self)\.\w+ = "  # a set-up may register it as a cleanup, a teardown may call it
    r"|\] = (?:[A-Z]\w*[a-z]|[a-z]\w*[ \t]*(?:#|\n|$))"  # a class, or what the function is given, in a registry
)


def what_matters(text: str) -> str:
    """Return a file without its tests and without the functions that have nothing to do with patches.

    Base classes often stand in large test modules, and of those only set-ups and helpers matter. A function that gives
    a name of the module or a field its value stays, ``connections = register(Pool())``, and so does a fake. Lines keep
    their numbers. The cut is not always clean: a parameter may be indented no more than its ``def``.
    """
    text = "\n" + text
    kept: list[str] = []
    makers = set(_MADE_BY_CALL.findall(text))
    if "__exit__(" in text:
        makers.add("__init__")  # a context manager puts back what it was told there
    copied = position = 0
    decorated: int | None = None
    while (head := _HEAD.search(text, position)) is not None:
        position = head.end()
        if head["decorator"]:
            decorated = head.start() if decorated is None else decorated
            continue
        if not head["class"]:
            position = end_of_function(text, head)
            name = head["name"]
            is_test_method = name.startswith("test") and head["indent"]
            start = head.start() if decorated is None else decorated
            is_named = name in makers or is_named_as_fake(name)
            if is_test_method or not (is_named or _is_worth_reading(text[start:position])):
                kept += text[copied:start], "\n", head["indent"], "pass", "\n" * (text.count("\n", start, position) - 1)
                copied = position
        decorated = None
    kept.append(text[copied:])
    return "".join(kept)[1:]


def _is_worth_reading(function: str) -> bool:
    """Whether a function, by its text, may have to do with patches."""
    if any(word in function for word in _WORDS_WORTH_READING):
        return True
    return " = " in function and _ASSIGNMENT_WORTH_READING.search(function) is not None


def end_of_function(text: str, head: re.Match[str]) -> int:
    """Return where the line break before the first line behind a function is.

    Strings of several lines are a part of it, whatever their lines look like.
    """
    behind = _line_behind(len(head["indent"]))
    end = head.end()
    while True:
        found = behind.search(text, end)
        end = len(text) if found is None else found.start()
        for mark in _TRIPLE_QUOTES:
            if text.count(mark, head.start(), end) % 2 and (close := text.find(mark, end)) >= 0:
                end = close + len(mark)
                break
        else:
            return end


@cache
def _line_behind(indent: int) -> re.Pattern[str]:
    """Return what the first line behind a function looks like whose ``def`` is indented that much."""
    return re.compile(rf"\n[ \t]{{0,{indent}}}[^\s#)\]}}]")


@slotted
class _Kept:
    stamp: tuple[int, int]
    parsed: Parsed | None
    weight: int


_kept: OrderedDict[str, _Kept] = OrderedDict()


def read(path: str) -> Parsed | None:
    """Return a file, parsed as it is now, without what does not matter; ``None`` if it cannot be.

    What was read last is kept, for the tests of a project have their bases in common; all of it would cost memory, and
    time in each collection of the garbage collector.
    """
    stamp = stamp_of(path)
    if stamp is None:
        return None
    known = _kept.pop(path, None)
    if known is None or known.stamp != stamp:
        parsed = _parse(path)
        weight = len(parsed.searched) - parsed.searched.count("\n") if parsed is not None else 0
        known = _Kept(stamp, parsed, weight)
    _kept[path] = known  # behind all others
    while len(_kept) > 1 and sum(each.weight for each in _kept.values()) > _MOST_KEPT:
        _kept.popitem(last=False)
    return known.parsed


def _parse(path: str) -> Parsed | None:
    try:
        with tokenize.open(path) as file:
            text = file.read()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                tree = ast.parse(kept := what_matters(text))
            except SyntaxError:
                tree = ast.parse(kept := text)
    except (OSError, SyntaxError, ValueError, UnicodeError, RecursionError, MemoryError):
        return None
    return Parsed(tree, list(StringIO(text)), kept, len(text))
