"""Says which line and which test a replacement by hand comes from, and what of that is a guess."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from flake8_mockleak.runtime import sources, statics
from flake8_mockleak.runtime.assignments import Candidate, Fit, candidates
from flake8_mockleak.runtime.frames import LIBRARIES, PHASES, Site
from flake8_mockleak.runtime.ledger import RunningTest
from flake8_mockleak.runtime.namespaces import Change
from flake8_mockleak.runtime.tracing import Tracer

_dirname = os.path.dirname
_basename = os.path.basename


class Origin(NamedTuple):
    """Where a change comes from. ``guess`` is empty, or names what is not certain: the line, the test, or both.

    ``phase`` is None where the line does not tell it.
    """

    site: Site | None
    test: RunningTest | None
    guess: str
    phase: str | None = None


def trace(change: Change, tests: Sequence[RunningTest], files: Iterable[str], tracer: Tracer | None = None) -> Origin:
    """Return the origin of a change that one of those tests made, or the import of one of those files.

    The tests are in the order in which they ran. A tracer knows which line it was.
    """
    done = tracer.find(change.owner, change.name if type(change.name) is str else None) if tracer is not None else None
    if done is not None:
        phase = PHASES.get(done.site.function)
        if done.test is not None and _stands_in(done.site.path, done.site.line, done.test):
            phase = "test"
        return Origin(done.site, done.test or (tests[-1] if tests else None), "", phase)
    found = candidates([*(test.path for test in tests), *_near(change), *files], change)
    for fit in Fit:
        fitting = [each for each in found if each.fit is fit]
        if fitting:
            return _choose(fitting, tests, fit is Fit.SAME)
    return _mentioned(change, tests)


def _mentioned(change: Change, tests: Sequence[RunningTest]) -> Origin:
    """Return the first line of a test, or of its file, that has the name of the place in it."""
    if not tests:
        return Origin(None, None, "line")
    guess = "line" if len(tests) == 1 else "line and test"
    name = change.place.partition("[")[0].rpartition(".")[2]
    for whole in (False, True):
        for test in tests:
            first, last = (1, None) if whole else test.lines
            if not first:
                continue
            for line, text in enumerate(sources.lines_of(test.path)[first - 1 : last], start=first):
                if name in text:
                    return Origin(Site(test.path, line, ""), test, guess)
    own = next(_near(change), None)
    if len(tests) == 1 or own is None:
        return Origin(Site(tests[-1].path, tests[-1].lines[0] or 1, ""), tests[-1], guess)
    return Origin(Site(own, 1, ""), tests[-1], guess)


def _choose(found: list[Candidate], tests: Sequence[RunningTest], certain: bool) -> Origin:
    only = len(tests) == 1
    for test in tests:
        mine = [each for each in found if _is_in_test(each, test)]
        if mine:
            return _origin(mine[0], test, certain, certain or only)._replace(phase="test")
    for test in tests:
        mine = [each for each in found if _is_in_set_up(each, test)]
        if mine:
            return _origin(mine[0], test, certain, certain or only)
    unique = len({(each.path, each.line) for each in found}) == 1
    return _origin(found[0], tests[0] if tests else None, certain and unique, only or not tests)


def _origin(candidate: Candidate, test: RunningTest | None, line: bool, whose: bool) -> Origin:
    function = candidate.scope.name if candidate.scope is not None else ""
    guess = " and ".join(word for word, known in (("line", line), ("test", whose)) if not known)
    return Origin(Site(candidate.path, candidate.line, function), test, guess, PHASES.get(function))


def _is_in_test(candidate: Candidate, test: RunningTest) -> bool:
    return _stands_in(candidate.path, candidate.line, test)


def _stands_in(path: str, line: int, test: RunningTest) -> bool:
    first, last = test.lines
    return path == test.path and 0 < first <= line <= last


def _is_in_set_up(candidate: Candidate, test: RunningTest) -> bool:
    scope = candidate.scope
    if scope is None or not scope.sets_up or candidate.path != test.path:
        return False
    return not scope.cls or class_name(test.cls) == scope.cls.rpartition(".")[2]


def class_name(owner: str) -> str:
    """Return the name of the class that the id of a class ends with."""
    return owner.rpartition("::")[2].rpartition(".")[2]


def _near(change: Change) -> Iterator[str]:
    """Yield the file of the module that owns the place: product code may have put there what it was given."""
    owner = change.owner
    if statics.is_class(owner):
        owner = statics.MODULES.get(statics.module_of(owner))
    path = statics.member(owner, "__file__")
    if type(path) is str and not path.startswith(LIBRARIES):
        yield path


def helpers(is_test_file: Callable[[str], bool], directories: set[str]) -> list[str]:
    """Return the files of the loaded modules, other than tests, that stand among tests: conftests and helpers."""
    found = []
    for _, module in statics.modules():
        path = statics.member(module, "__file__")
        if type(path) is str and not is_test_file(path):
            if _dirname(path) in directories or _basename(path) == "conftest.py":
                found.append(path)
    return found
