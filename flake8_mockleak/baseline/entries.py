"""The baseline file: what an entry is, and how the file is read and written.

The file is a line of JSON for each entry, sorted, below a line with the version of the format. So a change of one entry
is a change of one line, and two branches that mend different files merge.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

VERSION = 1
"""The version of the format that is written; that of an older one can be read, a newer one cannot."""

_HEADER = "flake8-mockleak baseline"
_CODE = re.compile(r"MLK\d{3}")


class BaselineError(Exception):
    """A baseline cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """What tells one finding from the others, and stays the same while lines move.

    ``path`` is relative to the directory of the baseline, with slashes; ``scope`` is the qualified name of the
    innermost class or function, empty for the module level; ``source`` is the statement, without comments and its
    layout.
    """

    path: str
    code: str
    scope: str
    source: str


Entries = Counter[Entry]


def path_in(directory: str, filename: str) -> str:
    """Return the path of a file as the entries of a baseline in that directory name it.

    Links are followed in both, but for the last part of the file's own path.
    """
    parent, name = os.path.split(os.path.abspath(filename))
    path = os.path.join(os.path.realpath(parent), name)
    try:
        path = os.path.relpath(path, os.path.realpath(directory))
    except ValueError:
        pass  # another drive
    return path.replace(os.sep, "/")


def per_code(entries: Entries) -> Counter[str]:
    """Return how many findings of each code there are."""
    counts: Counter[str] = Counter()
    for entry, count in entries.items():
        counts[entry.code] += count
    return counts


def dump(entries: Entries) -> str:
    """Return the text of a baseline file."""
    lines = [{_HEADER: VERSION}, *({**asdict(entry), "count": entries[entry]} for entry in sorted(entries))]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def load(path: str) -> Entries:
    """Read a baseline file; raises :class:`BaselineError` on one that is missing, damaged or of a newer version."""
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            text = file.read()
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise BaselineError(f"{path}: this is no baseline: {error}") from None
    lines = text.replace("\r\n", "\n").split("\n")
    _check_header(path, lines[0])
    entries: Entries = Counter()
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            entry, count = _read(json.loads(line))
            if entry in entries:
                raise ValueError("the same entry stands above; add up their counts")
        except ValueError as error:
            raise BaselineError(f"{path}:{number}: {_reason(error)}") from None
        entries[entry] = count
    return entries


def _check_header(path: str, line: str) -> None:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    version = header.get(_HEADER) if isinstance(header, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        expected = json.dumps({_HEADER: VERSION})
        raise BaselineError(f"{path}: this is no baseline: its first line must be {expected}")
    if version > VERSION:
        raise BaselineError(
            f"{path}: this is a baseline of version {version}; update flake8-mockleak, which here reads up to {VERSION}"
        )


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"this line is no entry: {error.msg} in column {error.colno}"
    return str(error)


def _read(values: Any) -> tuple[Entry, int]:
    names = [*Entry.__dataclass_fields__, "count"]
    if not isinstance(values, dict) or sorted(values) != sorted(names):
        raise ValueError(f"this line is no entry: it must have just {', '.join(names)}")
    count = values.pop("count")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ValueError(f"count must be a number from 1, not {json.dumps(count)}")
    for name, value in values.items():
        if not isinstance(value, str):
            raise ValueError(f"{name} must be a text, not {json.dumps(value)}")
    if _CODE.fullmatch(values["code"]) is None:
        raise ValueError(f"code must be one of flake8-mockleak's, not {values['code']!r}")
    return Entry(**values), count
