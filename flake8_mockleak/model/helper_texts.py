"""What a helper of another file seems to do, told from its text: to run the bases of a test case costs far more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from flake8_mockleak.model.files import absolute, stamp_of
from flake8_mockleak.model.skim import Skim, keep

Find = Callable[[str], str | None]
"""Finds the file of a module by its dotted name."""

_MAX_STEPS = 12
_CLEANS_UP = rb"leanup|inalizer|seFixture|enterContext"
_STOPS = rb"leanup|inalizer|[eE]nter_?[cC]ontext|seFixture"
_REPLACES = rb"(?m)^[ \t]+(?!self\.|cls\.)[a-zA-Z_][\w.]*\.\w+ = (?:lambda\b|[\w.]*Mock\()|setattr\(.*(?:Mock|lambda)"


def starts_patch(text: bytes) -> bool:
    """Whether a function starts a patch and does not see to its end itself."""
    return b".start()" in text and re.search(_STOPS, text) is None


def makes_patch(text: bytes) -> bool:
    """Whether a function makes a patch."""
    return b"patch" in text and re.search(_STOPS, text) is None


def replaces(text: bytes) -> bool:
    """Whether a function replaces something, and leaves to its caller what becomes of it."""
    if b"yield" in text or re.search(_CLEANS_UP, text) is not None:
        return False
    if b"patch" in text and (b".start()" in text or b"ExitStack()" in text):
        return True
    return re.search(_REPLACES, text) is not None


def text_of_function(path: str, find: Find) -> bytes:
    """Return the text of a function of another file, by its dotted path; empty if it is not found."""
    for _ in range(_MAX_STEPS):
        module, _, name = path.rpartition(".")
        file, skim = _open(module, find)
        if skim is None:
            break
        text = _text_of(name, skim.data, 0, len(skim.data))
        imported = skim.imported(name)
        if text or imported is None:
            return text
        path = absolute(imported, module, file)
    return b""


def text_of_method(name: str, bases: Iterable[str], find: Find) -> bytes:
    """Return the text of the method that a class inherits from bases in other files; empty if it is not found."""
    for data, start, end in _class_texts(bases, find):
        text = _text_of(name, data, start, end)
        if text:
            return text
    return b""


def methods_that_replace(names: Callable[[], Iterable[str]], bases: Iterable[str], find: Find) -> Iterator[str]:
    """Yield those of the methods that replace something, by the bases in other files that they are inherited from."""
    texts = [text for text in _class_texts(bases, find) if _replaces_within(*text)]
    for name in names() if texts else ():
        if any(replaces(_text_of(name, *text)) for text in texts):
            yield name


@lru_cache(maxsize=64)
def _replaces_within(data: bytes, start: int, end: int) -> bool:
    """Whether a class has a method that may replace something, however its other methods are."""
    return any(word in data[start:end] for word in (b".start()", b"Mock", b"ExitStack()", b"lambda"))


def _class_texts(bases: Iterable[str], find: Find) -> Iterator[tuple[bytes, int, int]]:
    """Yield where the classes stand that are named by dotted paths, and their bases."""
    pending = list(bases)
    for _ in range(_MAX_STEPS):
        if not pending:
            break
        path = pending.pop(0)
        module, _, class_name = path.rpartition(".")
        file, skim = _open(module, find)
        if skim is None:
            continue
        found = skim.class_view(class_name)
        if found is None:
            imported = skim.imported(class_name)
            pending += [absolute(imported, module, file)] if imported is not None else []
            continue
        yield found.data, found.start, found.end
        pending += [_path_of(base, module, file, skim) for base in found.bases or ()]


def _open(module: str, find: Find) -> tuple[str, Skim | None]:
    file = find(module) if module else None
    stamp = stamp_of(file) if file is not None else None
    kept = keep(file, stamp) if file is not None and stamp is not None else None
    return file or "", kept.skim if kept is not None else None


def _text_of(name: str, data: bytes, start: int, end: int) -> bytes:
    at = data.find(b"def %s(" % name.encode(), start, end)
    if at < 0:
        return b""
    line = data.rfind(b"\n", start, at)
    indent = len(data[line + 1 : at]) - len(data[line + 1 : at].lstrip())
    behind = re.compile(rb"\n[ \t]{0,%d}[^\s#)]" % indent).search(data, at, end)
    return data[line : behind.start() if behind is not None else end]


def _path_of(base: str, module: str, file: str, skim: Skim) -> str:
    first, dot, rest = base.partition(".")
    imported = skim.imported(first)
    return f"{absolute(imported, module, file) if imported is not None else f'{module}.{first}'}{dot}{rest}"
