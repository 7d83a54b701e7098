"""Tells where the time of the extension goes: the gate, the model, what lies beyond the file, the rules.

    python benchmarks/phases.py ~/.cache/flake8-mockleak/cinder-29.0.0 cinder/tests/unit

Lints the files of a directory in this process, without the rest of flake8, with the codes that are on by default. What
lies beyond the file is a part of the model's time, and named beside it.
"""

from __future__ import annotations

import argparse
import ast
import os
import time
import tokenize
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

from flake8_mockleak.model.analysis import analysed
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.existence import Existence
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ModuleSource
from flake8_mockleak.model.triggers import may_replace
from flake8_mockleak.rules import all_rules

_P = ParamSpec("_P")
_R = TypeVar("_R")

BEYOND = (Beyond, ("resolve", "find", "load", "confirms", "conftests", "inferred_base"))
TARGETS = (Existence, ("seems_missing", "lack"))


class Clock:
    """The CPU seconds by phase; of a phase within itself only the outer one counts."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: Counter[str] = Counter()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what happens within."""
        self._open[name] += 1
        started = time.process_time()
        try:
            yield
        finally:
            self._open[name] -= 1
            if not self._open[name]:
                self.seconds[name] += time.process_time() - started

    def watched(self, name: str, function: Callable[_P, _R]) -> Callable[_P, _R]:
        """Return a function whose calls are counted."""

        def call(*arguments: _P.args, **named: _P.kwargs) -> _R:
            with self.phase(name):
                return function(*arguments, **named)

        return call

    def watch(self, name: str, owner: type, methods: Sequence[str]) -> None:
        """Count the calls of some methods of a class."""
        for method in methods:
            setattr(owner, method, self.watched(name, getattr(owner, method)))


def lint(path: Path, clock: Clock) -> None:
    """Lint one file, as the checker does."""
    try:
        with tokenize.open(path) as file:
            lines = file.readlines()
        tree = ast.parse("".join(lines))
    except (SyntaxError, ValueError):
        return
    with clock.phase("gate"):
        passes = may_replace("".join(lines), str(path))
    if not passes:
        return
    rules = [rule for rule in all_rules() if rule.default]
    with clock.phase("model"):
        context = analysed(ModuleSource(tree, lines, str(path)), ModelSettings(follows_configurations=False))
        facts = context.__enter__()
    with clock.phase("rules"):
        for rule in rules:
            list(rule.check(facts))
    with clock.phase("model"):
        context.__exit__(None, None, None)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Tell where the time of flake8-mockleak goes.")
    parser.add_argument("root", type=Path, help="where flake8 would be started")
    parser.add_argument("path", type=Path, help="the directory to lint, from there")
    arguments = parser.parse_args(argv)
    os.chdir(arguments.root)
    warnings.simplefilter("ignore")  # such as invalid escapes in the linted files
    clock = Clock()
    clock.watch("of it beyond the file", *BEYOND)
    clock.watch("of it targets of patches", *TARGETS)
    files = sorted(arguments.path.rglob("*.py"))
    for path in files:
        lint(path, clock)
    print(f"{len(files)} files")
    for name in ("gate", "model", "of it beyond the file", "of it targets of patches", "rules"):
        print(f"{name:26} {clock.seconds[name]:.3f} s")


if __name__ == "__main__":
    main()
