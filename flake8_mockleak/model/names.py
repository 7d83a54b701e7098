"""The names this package knows by heart: of mock libraries, test frameworks and their hooks."""

from __future__ import annotations

import builtins
import re
import sys
from functools import lru_cache

BUILTINS = frozenset(dir(builtins))
STDLIB = sys.stdlib_module_names

MOCK_LIBRARIES = frozenset({"unittest.mock", "mock", "mock.mock", "asynctest", "asynctest.mock"})
"""Modules that define ``patch`` and the mock classes. Each keeps its own list of started patches."""

PATCH_CALLS = frozenset({"patch", "patch.object", "patch.dict", "patch.multiple"})
MOCK_CLASSES = frozenset(
    {
        "Mock",
        "MagicMock",
        "NonCallableMock",
        "NonCallableMagicMock",
        "AsyncMock",
        "PropertyMock",
        "ThreadingMock",
        "CoroutineMock",
    }
)
MOCK_FACTORIES = MOCK_CLASSES | {"create_autospec", "mock_open"}
SPECIFYING = frozenset({"spec", "spec_set", "autospec", "new_callable", "wraps", "**"})
"""Arguments that may bind a mock to the names of something else."""

PATCH_OPTIONS = frozenset({"target", "spec", "create", "spec_set", "autospec", "new_callable", "unsafe"})
"""Arguments of ``patch.multiple`` that are no names to be patched."""

ASSERTIONS = frozenset(
    {
        "assert_called",
        "assert_called_once",
        "assert_called_with",
        "assert_called_once_with",
        "assert_any_call",
        "assert_has_calls",
        "assert_not_called",
        "assert_awaited",
        "assert_awaited_once",
        "assert_awaited_with",
        "assert_awaited_once_with",
        "assert_any_await",
        "assert_has_awaits",
        "assert_not_awaited",
    }
)
"""What a mock asserts by."""

LIKE_ASSERTIONS = frozenset(name.removeprefix("assert_") for name in ASSERTIONS) - {"called", "awaited"} | {
    "called_any",
    "called_exactly_once",
    "called_once_whith",
    "called_twice",
    "call_once",
    "call_once_with",
    "called_only_once",
    "calls_with",
    "has_call",
    "has_been_called",
    "has_been_called_with",
    "is_called",
    "is_called_once",
    "is_called_with",
    "was_called",
    "was_called_once",
    "was_called_once_with",
    "was_called_with",
    "was_not_called",
}
"""Names that read like an assertion. A mock answers to them as to any other; Python 3.12 refuses some of them."""

OTHER_MOCK_NAMES = frozenset({"sentinel", "patch.stopall", "DEFAULT", "ANY", "call", "seal"})
_MOCK_NAMES = PATCH_CALLS | MOCK_FACTORIES | OTHER_MOCK_NAMES

UNKNOWN_LIBRARY = "?"
"""Library of a mock that came through a project's own re-export."""

_REEXPORTING = re.compile(
    r"(?:^|[._])(?:mock|test|unittest|compat)|(?:(?<!py)test|mock)s?(?:$|[._])|case(?:$|[._])|six\.moves"
)

MOCK_CONFIGURATION = frozenset(
    {
        "return_value",
        "side_effect",
        "mock_calls",
        "method_calls",
        "call_args",
        "call_args_list",
        "call_count",
        "called",
        "configure_mock",
        "reset_mock",
        "mock_add_spec",
        "attach_mock",
    }
)
"""Attributes that only a mock has: whatever carries one is a mock already."""

BACKPORTS = {"unittest2": "unittest", "django.utils.unittest": "unittest"}
"""Modules that give old Pythons what a newer standard library has; one is imported where the other is missing."""

FIXTURE_PATCHERS = frozenset(
    {
        "fixtures.MockPatch",
        "fixtures.MockPatchObject",
        "fixtures.MockPatchMultiple",
        "fixtures.MonkeyPatch",
        "fixtures.EnvironmentVariable",
    }
)

MONKEYPATCH_CLASSES = frozenset({"pytest.MonkeyPatch", "_pytest.monkeypatch.MonkeyPatch"})
MONKEYPATCH_SETTERS = frozenset(
    {"setattr", "delattr", "setitem", "delitem", "setenv", "delenv", "syspath_prepend", "chdir"}
)

PYTEST_FIXTURES = frozenset(
    {
        "cache",
        "capfd",
        "capfdbinary",
        "caplog",
        "capsys",
        "capsysbinary",
        "capteesys",
        "doctest_namespace",
        "mocker",
        "monkeypatch",
        "pytestconfig",
        "pytester",
        "record_property",
        "record_testsuite_property",
        "recwarn",
        "request",
        "subtests",
        "testdir",
        "tmp_path",
        "tmp_path_factory",
        "tmpdir",
        "tmpdir_factory",
    }
)
"""The fixtures that pytest and pytest-mock bring along."""

MOCKER_FIXTURES = frozenset({"mocker", "class_mocker", "module_mocker", "package_mocker", "session_mocker"})
"""The fixtures of pytest-mock, which undo what they patch."""

FIXTURE_DECORATORS = frozenset({"fixture", "yield_fixture"})
"""The last names of the decorators that make a fixture."""

EXIT_STACKS = frozenset(
    {
        "contextlib.ExitStack",
        "contextlib.AsyncExitStack",
        "contextlib2.ExitStack",
        "contextlib2.AsyncExitStack",
        "async_exit_stack.AsyncExitStack",
    }
)
CONTEXT_ENTERS = frozenset({"__enter__", "__aenter__"})
SKIPS = frozenset({"pytest.skip", "unittest.SkipTest", "unittest.case.SkipTest"})
"""What skips a test when it is called or raised."""
STACK_ENTERS = frozenset({"enter_context", "enter_async_context"})
STACK_PUSHES = frozenset({"push", "push_async_exit"})
STACK_CALLBACKS = frozenset({"callback", "push_async_callback"})
STACK_CLOSES = frozenset({"close", "aclose", "__exit__", "__aexit__"})

CONTEXT_ENTERING_METHODS = frozenset(
    {"enterContext", "enterClassContext", "enterModuleContext", "enterAsyncContext", "useFixture"}
)
"""Methods of a test case that enter a context manager and leave it when the lifetime ends."""

MODULE_CLASSES = frozenset({"types.ModuleType", "imp.new_module"})
"""What makes an empty module, to stand in for another."""

CONTEXT_LOCALS = ("flask.request", "flask.g", "flask.session", "flask.current_app", "quart.request", "quart.g")
"""Names that are imported, but stand for another object in each request."""


def is_configuration_view(path: str) -> bool:
    """Whether a path is a group or command of oslo.config: ``CONF.database``.

    ``CONF`` makes such an object when it is asked for, and makes it anew once an option changed or a test reset it.
    """
    return path.rpartition(".")[0].endswith(".CONF")


READ_ONLY_BUILTINS = frozenset(
    {"print", "isinstance", "hasattr", "id", "repr", "str", "len", "bool", "callable", "issubclass", "hash", "format"}
)


# A class has the word anywhere (`CloudMockHttp`); those of gRPC end in `Stub`.
_FAKE = re.compile(r"_?(?i:fake|stub|dummy|mock)|_?[A-Z]\w*(?:Mock|Fake)(?![a-z])")


def is_named_as_fake(name: str) -> bool:
    """Whether a function or class is named as what stands in for another."""
    return _FAKE.match(name) is not None


def standard_path(path: str) -> str:
    """Return the path in the standard library of what is imported from a backport of it; any other path as it is."""
    for backport, original in BACKPORTS.items():
        if path == backport or path.startswith(f"{backport}."):
            return original + path[len(backport) :]
    return path


@lru_cache(maxsize=4096)
def mock_name(path: str) -> tuple[str, str] | None:
    """Split a dotted path into mock library and name within it: ``unittest.mock.patch.object``.

    A path through a project's own module (``tests.compat.mock.patch``) gives :data:`UNKNOWN_LIBRARY`. Returns ``None``
    for what is no name of a mock library.
    """
    head, _, last = path.rpartition(".")
    if last in _MOCK_NAMES:
        name = last
    else:
        head, _, parent = head.rpartition(".")
        name = f"{parent}.{last}"
        if name not in _MOCK_NAMES:
            return None
    if head in MOCK_LIBRARIES:
        library = "mock" if head == "mock.mock" else head
        return library, name
    if head.endswith(".mock") or (head and name in MOCK_CLASSES):
        return UNKNOWN_LIBRARY, name
    if head and (head.startswith(".") or _REEXPORTING.search(head.lower()) is not None):
        return UNKNOWN_LIBRARY, name
    return None
