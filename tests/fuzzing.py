"""Programs that nobody would write, made from those that stand in the corpus.

    python -m tests.fuzzing -max_total_time=600

lets atheris, which watches the coverage, look for one that the linter breaks on, or takes too long or too much memory
for. The arguments are libFuzzer's. ``tests/test_fuzz.py`` does the same with hypothesis, for a short time.
"""

from __future__ import annotations

import ast
import resource
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from flake8_mockleak.model.parsed import what_matters
from flake8_mockleak.model.skim import Skim
from tests.checking import check

CORPUS = Path(__file__).parent / "corpus"
MAX_SECONDS = 2.0
"""CPU time for one file; without an accident it is some hundredths."""

MAX_GROWTH = 200 * 1024
"""Kibibytes that the process may grow by for one file."""

WATCHED = 5.0
"""How many times slower the linter may be while its coverage is watched."""

_Item = TypeVar("_Item")


class Broken(Exception):
    """The linter took too long, or too much memory, or said what cannot be."""


class Choices:
    """Decisions, read off bytes: two for each. When they are used up, the first of everything is taken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def below(self, number: int) -> int:
        """Return a number from 0 that is less than this one."""
        taken = self._data[self._position : self._position + 2]
        self._position += 2
        return int.from_bytes(taken, "big") % number

    def one_of(self, items: Sequence[_Item]) -> _Item:
        """Return one of some items."""
        return items[self.below(len(items))]

    def __bool__(self) -> bool:
        return self._position < len(self._data)


@cache
def corpus() -> tuple[str, ...]:
    """Return the texts of the corpus."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(CORPUS.rglob("*.py")))


@cache
def _parts() -> dict[type[ast.AST], list[ast.AST]]:
    """Return the statements and the expressions of the corpus."""
    nodes = [node for text in corpus() for node in ast.walk(ast.parse(text))]
    return {kind: [node for node in nodes if isinstance(node, kind)] for kind in (ast.stmt, ast.expr)}


def crossed(choices: Choices) -> str:
    """Return a program in which statements and expressions are replaced by those of others."""
    tree = ast.parse(choices.one_of(corpus()))
    while choices:
        kind = ast.expr if choices.below(3) else ast.stmt
        places = [
            (node, name, index)
            for node in ast.walk(tree)
            for name, value in ast.iter_fields(node)
            for index, part in enumerate(value if isinstance(value, list) else [value])
            if isinstance(part, kind)
        ]
        if not places:
            break
        node, name, index = choices.one_of(places)
        new = choices.one_of(_parts()[kind])
        value = getattr(node, name)
        if isinstance(value, list):
            value[index] = new
        else:
            setattr(node, name, new)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.unparse(tree)
        except (ValueError, AttributeError, RecursionError, TypeError):
            return ""  # the parts do not go together


def garbled(choices: Choices) -> str:
    """Return a text in which lines are gone, doubled, moved, taken from elsewhere or cut, as while it is typed."""
    lines = choices.one_of(corpus()).splitlines(keepends=True) or ["\n"]
    while choices and lines:
        at = choices.below(len(lines))
        way = choices.below(6)
        if way == 0:
            del lines[at]
        elif way == 1:
            lines.insert(at, lines[at])
        elif way == 2:
            lines.insert(at, lines.pop(choices.below(len(lines))))
        elif way == 3:
            lines.insert(at, choices.one_of(choices.one_of(corpus()).splitlines(keepends=True) or ["\n"]))
        elif way == 4:
            lines[at] = lines[at][: choices.below(len(lines[at]) + 1)] + "\n"
        else:
            lines[at] = choices.one_of(["    ", "\t", "\f", "", "if True:", "'''", "(", "\\"]) + lines[at].lstrip(" ")
    return "".join(lines)


def is_program(source: str) -> bool:
    """Whether Python can parse a text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def check_program(source: str, max_seconds: float | None = None) -> None:
    """Lint a program as a test file. Raises :class:`Broken`, or whatever the linter raises."""
    max_seconds = MAX_SECONDS if max_seconds is None else max_seconds
    what_matters(source)
    Skim(source.encode(errors="replace")).binds("run")
    if not is_program(source):
        return  # flake8 asks no plugin then
    text = f"{source}\n# mock\n"  # past the gate
    before = _size()
    seconds = _seconds(text)
    if seconds > max_seconds:
        seconds = min(seconds, _seconds(text))  # the first may have imported astroid
    growth = _size() - before
    if seconds > max_seconds or growth > MAX_GROWTH:
        raise Broken(f"{seconds:.1f} s, {growth} KiB more")


def _seconds(text: str) -> float:
    """Lint a text, look at what is said, and return the CPU time that it took, in seconds."""
    started = time.process_time()
    for line, column, said in check(CORPUS / "leaks" / "test_fuzzed.py", text):
        if not (1 <= line <= text.count("\n") + 1 and column >= 0 and said.startswith("MLK") and "\n" not in said):
            raise Broken(f"{line}:{column}: {said!r}")
    return time.process_time() - started


def _size() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def check_bytes(data: bytes) -> None:
    """Lint what bytes decide on."""
    choices = Choices(data)
    make: Callable[[Choices], str] = choices.one_of([crossed, garbled])
    check_program(make(choices), MAX_SECONDS * WATCHED)


def main() -> None:
    """Run atheris until it finds something or its time is over."""
    import atheris  # type: ignore[import-untyped]  # installed by tox -e fuzz

    with atheris.instrument_imports(include=["flake8_mockleak.model", "flake8_mockleak.rules"]):
        import flake8_mockleak.model.analysis
        from flake8_mockleak.rules import all_rules

        assert flake8_mockleak.model.analysis
        all_rules()
    check_program("import shop\n")  # what is imported late is imported now
    corpus(), _parts()
    atheris.Setup(sys.argv, check_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
