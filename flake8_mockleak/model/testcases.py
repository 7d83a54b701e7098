"""Whether a class is a test case: one that unittest or a relative of it runs."""

from __future__ import annotations

from flake8_mockleak.model.beyond import Beyond, link
from flake8_mockleak.model.lifetime import CASE_HOOKS
from flake8_mockleak.model.source import ClassSource
from flake8_mockleak.model.values import Shared, Value
from flake8_mockleak.model.wellknown import FRAMEWORKS, TEST_CASES

_LIKE_A_TEST_CASE = ("Case", "Fixture", "Mixin", "Base")
_RUNS_TESTS = ("Result", "Runner", "Loader", "Program")


def seems_test_case(source: ClassSource) -> bool:
    """Whether the names of its bases read like those of a test case; quick, and enough where little hangs on it."""
    for base in source.foreign_bases():
        if not isinstance(base, Shared):
            return True
        last = base.path.rpartition(".")[2]
        if base.path.startswith("builtins.") or last.endswith(_RUNS_TESTS):
            continue
        if "Test" in last or last.endswith(_LIKE_A_TEST_CASE):
            return True
    return False


def is_plain_test_class(source: ClassSource) -> bool:
    """Whether pytest alone runs it, by its name, and no other file has a part in it."""
    bases = source.foreign_bases()
    return source.name.startswith("Test") and all(base == Shared("builtins.object") for base in bases)


def is_like_tests(source: ClassSource) -> bool:
    """Whether a class seems a test case, is named like one that pytest collects, or has set-ups."""
    if seems_test_case(source):
        return True
    if source.name.lower().startswith("test") or source.name.endswith(("Test", "Tests", "Spec")):
        return True
    return any(name in CASE_HOOKS and name != "__init__" for name in source.methods)


def is_test_case(source: ClassSource, beyond: Beyond) -> bool:
    """Whether it inherits from a test case as far as files tell; of a base that is not found, by its very name."""
    complete = link(source, beyond, is_framework)
    paths = [base.path for base in source.foreign_bases() if isinstance(base, Shared)]
    if not TEST_CASES.isdisjoint(paths):
        return True
    return not complete and any(path.endswith("TestCase") for path in paths)


def is_framework(base: Value) -> bool:
    """Whether a base is a class of a test framework."""
    return isinstance(base, Shared) and base.path in FRAMEWORKS
