"""The terminal summary, the flake8-format lines, and the writing of a report file."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator

from flake8_mockleak.runtime import late
from flake8_mockleak.runtime.leaks import Leak, Result
from flake8_mockleak.runtime.ledger import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_mockleak.runtime.victims import Touch

# A test may have replaced them when the report is written.
_open = io.open
_isdir = os.path.isdir
_access = os.access
_dirname = os.path.dirname
_splitext = os.path.splitext
_remove = os.remove
_exists = os.path.exists
_join = os.path.join

_NAMED = 5


class ReportError(Exception):
    """A report cannot be written; the message names the path and what is wrong with it."""


def message(leak: Leak) -> str:
    """Return what a leak's line says after its code."""
    begin: str = late.module("codes").MESSAGES[leak.code].format(place=leak.place)
    if leak.code == "MLK108" and begin.endswith("was"):
        begin = begin if leak.ended is not None else begin.removesuffix("was") + "is"
    elif leak.ended is not None:
        begin = begin.removesuffix("is") + "was"
    text = f"{begin} still in place after {short(leak.after)}"
    if leak.guess:
        text += f" (the {leak.guess} {'are guesses' if ' ' in leak.guess else 'is a guess'})"
    if leak.occurrences > 1:
        text += f", {leak.occurrences} times"
    if leak.touched_count:
        text += f"; touched by {_tests(leak.touched_count)}"
    elif leak.ran:
        text += f"; {_tests(leak.ran)} ran with it, none touched it"
    return text


def _tests(count: int) -> str:
    return f"{count:,} later test{'' if count == 1 else 's'}"


def short(test: str) -> str:
    """Return the last part of a test's id."""
    return test.rpartition("::")[2] if "::" in test else test


def flake8_lines(result: Result, root: str = "") -> Iterator[str]:
    """Yield ``path:line:col: CODE message`` for each leak that is not allowed. The column counts from 1."""
    for leak in result.reported:
        yield f"{leak.path or '?'}:{leak.line}:{_column(leak, root)}: {leak.code} {message(leak)}"


def _column(leak: Leak, root: str) -> int:
    lines = late.module("sources").lines_of(_join(root, leak.path)) if leak.path else ()
    if not 0 < leak.line <= len(lines):
        return 1
    line = lines[leak.line - 1]
    return len(line) - len(line.lstrip()) + 1


def summary(result: Result, root: str = "") -> list[str]:
    """Return the lines of the terminal summary. Whatever state tests left the process in, there is one."""
    try:
        with late.Calm():
            return list(_summary(result, root))
    except Exception as error:
        return [f"mockleak: {len(result.reported):,} leaks; the summary broke off: {type(error).__name__}: {error}"]


def _summary(result: Result, root: str) -> Iterator[str]:
    leaks = result.reported
    followed = counted(result.acquisitions, result.tests)
    if not leaks:
        yield f"{followed}, nothing leaked" + _allowed(result)
    else:
        yield f"{followed}, {len(leaks):,} leak{'' if len(leaks) == 1 else 's'}" + _allowed(result)
        yield from flake8_lines(result, root)
        yield from _victims(leaks)
    for leak in result.allowed:
        yield f"allowed: {leak.place} ({leak.path}:{leak.line}): {leak.allowed}"
    for note in result.notes:
        yield f"note: {note}"


def _allowed(result: Result) -> str:
    return f" ({len(result.allowed):,} allowed)" if result.allowed else ""


def _victims(leaks: list[Leak]) -> Iterator[str]:
    for leak in sorted(leaks, key=lambda leak: -leak.touched_count)[:20]:
        if not leak.touched:
            continue
        yield f"touched {leak.place} ({leak.path}:{leak.line}) while it leaked:"
        for test, (calls, configured) in list(leak.touched.items())[:_NAMED]:
            yield f"    {test}: {what(calls, bool(configured))}"
        if leak.touched_count > _NAMED:
            yield f"    and {leak.touched_count - _NAMED:,} more"


def what(calls: int, configured: bool) -> str:
    """Return in words what a test did to a mock."""
    called = f"{calls:,} call{'' if calls == 1 else 's'}" if calls else ""
    return " and ".join(part for part in (called, "configured it" if configured else "") if part)


def told(leak: Leak, touch: Touch) -> str:
    """Return the line that tells a failing test that it touched a leaked mock."""
    after = f" after {short(leak.test)}" if leak.test else ""
    return (
        f"this test used a leaked mock: {leak.place}, put there at {leak.path}:{leak.line} and left{after} "
        f"({what(*touch)})"
    )


def _text(result: Result, root: str) -> str:
    return "".join(f"{line}\n" for line in summary(result, root))


def _html(result: Result, root: str) -> str:
    text: str = late.module("html_report").page(result, message)
    return text


def _json(result: Result, root: str) -> str:
    text: str = late.module("json_report").document(result, message)
    return text


WRITERS: dict[str, Callable[[Result, str], str]] = {".txt": _text, ".json": _json, ".html": _html}


def check_path(path: str) -> None:
    """See to it that a report can be written to a path, or raise ``ReportError``."""
    ending = _splitext(path)[1].lower()
    if ending not in WRITERS:
        raise ReportError(
            f"report {path!r}: the ending must be one of {', '.join(WRITERS)}, not {ending or 'nothing'!r}"
        )
    if ending != ".txt":
        late.module(f"{ending[1:]}_report")  # before a test patches what it needs
    directory = _dirname(path) or "."
    if not _isdir(directory):
        raise ReportError(f"report {path!r}: there is no directory {directory!r}")
    if _isdir(path):
        raise ReportError(f"report {path!r}: this is a directory")
    existed = _exists(path)
    try:
        with _open(path, "ab"):
            pass
        if not existed:
            _remove(path)
    except OSError as error:
        raise ReportError(f"report {path!r}: {error.strerror or error}") from error


def write(path: str, result: Result, root: str = "") -> None:
    """Write the report whose form is that of the path's ending, or raise ``ReportError``."""
    try:
        with late.Calm():
            text = WRITERS[_splitext(path)[1].lower()](result, root)
        # A name may hold bytes that are no text: a path of another encoding, an environment variable.
        data = text.encode("utf-8", "backslashreplace")
        with _open(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise ReportError(f"report {path!r} is not written: {error.strerror or error}") from error
    except Exception as error:
        raise ReportError(f"report {path!r} is not written: {type(error).__name__}: {error}") from error
