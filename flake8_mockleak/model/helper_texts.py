"""What a helper of another file seems to do, told from its text: to run the bases of a test case costs far more."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flake8_mockleak.model.beyond import Beyond, stamp_of
from flake8_mockleak.model.existence import absolute, keep
from flake8_mockleak.model.skim import Skim

_MAX_STEPS = 12
_STOPS = rb"leanup|inalizer|[eE]nter_?[cC]ontext|seFixture"


def starts_patch(text: bytes) -> bool:
    """Whether a function starts a patch and does not see to its end itself."""
    return b".start()" in text and re.search(_STOPS, text) is None


def makes_patch(text: bytes) -> bool:
    """Whether a function makes a patch."""
    return b"patch" in text and re.search(_STOPS, text) is None


def text_of_function(path: str, beyond: Beyond) -> bytes:
    """Return the text of a function of another file, by its dotted path; empty if it is not found."""
    for _ in range(_MAX_STEPS):
        module, _, name = path.rpartition(".")
        file, skim = _open(module, beyond)
        if skim is None:
            break
        text = _text_of(name, skim.data, 0, len(skim.data))
        imported = skim.imported(name)
        if text or imported is None:
            return text
        path = absolute(imported, module, file)
    return b""


def text_of_method(name: str, bases: Iterable[str], beyond: Beyond) -> bytes:
    """Return the text of the method that a class inherits from bases in other files; empty if it is not found."""
    pending = list(bases)
    for _ in range(_MAX_STEPS):
        if not pending:
            break
        path = pending.pop(0)
        module, _, class_name = path.rpartition(".")
        file, skim = _open(module, beyond)
        if skim is None:
            continue
        found = skim.class_view(class_name)
        if found is None:
            imported = skim.imported(class_name)
            pending += [absolute(imported, module, file)] if imported is not None else []
            continue
        text = _text_of(name, found.data, found.start, found.end)
        if text:
            return text
        pending += [_path_of(base, module, file, skim) for base in found.bases or ()]
    return b""


def _open(module: str, beyond: Beyond) -> tuple[str, Skim | None]:
    file = beyond.find(module) if module else None
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
