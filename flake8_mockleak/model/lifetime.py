"""How long an acquisition is meant to last, how sure its release is, and which functions run when."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import NamedTuple


class Lifetime(IntEnum):
    """How long an acquisition is meant to last, shortest first."""

    BLOCK = 0
    TEST = 1
    CLASS = 2
    MODULE = 3
    SESSION = 4
    IMPORT = 5


class Guarantee(IntEnum):
    """How sure the release of an acquisition is, least sure first."""

    NEVER = 0
    WRONG_LIFETIME = 1
    HAPPY_PATH = 2
    TEARDOWN = 3
    ALWAYS = 4


class Phase(Enum):
    """What a function is for within a lifetime."""

    SETUP = "setup"
    BODY = "body"
    TEARDOWN = "teardown"
    OTHER = "other"


class Hook(NamedTuple):
    """When a function runs: ``Hook(SETUP, TEST)`` is ``setUp``."""

    phase: Phase
    lifetime: Lifetime


TEST_BODY = Hook(Phase.BODY, Lifetime.TEST)
IMPORT_BODY = Hook(Phase.BODY, Lifetime.IMPORT)
HELPER = Hook(Phase.OTHER, Lifetime.BLOCK)
SETUP_TEST = Hook(Phase.SETUP, Lifetime.TEST)
_TEARDOWN_TEST = Hook(Phase.TEARDOWN, Lifetime.TEST)
_SETUP_CLASS = Hook(Phase.SETUP, Lifetime.CLASS)
_TEARDOWN_CLASS = Hook(Phase.TEARDOWN, Lifetime.CLASS)
_SETUP_MODULE = Hook(Phase.SETUP, Lifetime.MODULE)
_TEARDOWN_MODULE = Hook(Phase.TEARDOWN, Lifetime.MODULE)
_SETUP_SESSION = Hook(Phase.SETUP, Lifetime.SESSION)
_TEARDOWN_SESSION = Hook(Phase.TEARDOWN, Lifetime.SESSION)

# unittest, testtools (setUp, tearDown), fixtures (_setUp), Django (_pre_setup, setUpTestData), pytest's xunit style,
# which pytest also runs on unittest classes.
CASE_HOOKS = {
    "__init__": SETUP_TEST,
    "setUp": SETUP_TEST,
    "asyncSetUp": SETUP_TEST,
    "_setUp": SETUP_TEST,
    "_pre_setup": SETUP_TEST,
    "setup_method": SETUP_TEST,
    "tearDown": _TEARDOWN_TEST,
    "asyncTearDown": _TEARDOWN_TEST,
    "_post_teardown": _TEARDOWN_TEST,
    "teardown_method": _TEARDOWN_TEST,
    "cleanUp": _TEARDOWN_TEST,
    "doCleanups": _TEARDOWN_TEST,
    "setUpClass": _SETUP_CLASS,
    "setUpTestData": _SETUP_CLASS,
    "setup_class": _SETUP_CLASS,
    "tearDownClass": _TEARDOWN_CLASS,
    "teardown_class": _TEARDOWN_CLASS,
}
# In classes that are no TestCase, nose and pytest before 8 also ran these.
PLAIN_CASE_HOOKS = CASE_HOOKS | {
    "setup": SETUP_TEST,
    "teardown": _TEARDOWN_TEST,
}
MODULE_HOOKS = {
    "setUpModule": _SETUP_MODULE,
    "setup_module": _SETUP_MODULE,
    "tearDownModule": _TEARDOWN_MODULE,
    "teardown_module": _TEARDOWN_MODULE,
    "setup_function": SETUP_TEST,
    "teardown_function": _TEARDOWN_TEST,
    "pytest_configure": _SETUP_SESSION,
    "pytest_sessionstart": _SETUP_SESSION,
    "pytest_unconfigure": _TEARDOWN_SESSION,
    "pytest_sessionfinish": _TEARDOWN_SESSION,
    "pytest_runtest_setup": SETUP_TEST,
    "pytest_runtest_teardown": _TEARDOWN_TEST,
    "pytest_runtest_logfinish": _TEARDOWN_TEST,
    "pytest_runtest_makereport": _TEARDOWN_TEST,
}
HOOKS_AROUND_TESTS = frozenset(
    {"pytest_runtest_protocol", "pytest_runtest_call", "pytest_runtest_teardown", "pytest_pyfunc_call"}
)
"""Hooks of pytest that a wrapper runs around, as a fixture for all tests does: it goes on when the test has ended."""

# behave's environment.py; its hooks keep things on their first parameter, the context.
BEHAVE_HOOKS = {
    "before_all": _SETUP_SESSION,
    "after_all": _TEARDOWN_SESSION,
    "before_feature": _SETUP_MODULE,
    "after_feature": _TEARDOWN_MODULE,
    "before_rule": _SETUP_CLASS,
    "after_rule": _TEARDOWN_CLASS,
    "before_scenario": SETUP_TEST,
    "after_scenario": _TEARDOWN_TEST,
    "before_step": SETUP_TEST,
    "after_step": _TEARDOWN_TEST,
    "before_tag": SETUP_TEST,
    "after_tag": _TEARDOWN_TEST,
}

TEARDOWNS = {
    "setup": "teardown",
    "setup_method": "teardown_method",
    "setup_class": "teardown_class",
    "setup_function": "teardown_function",
    "setup_module": "teardown_module",
    "pytest_runtest_setup": "pytest_runtest_teardown",
}
"""The set-ups of pytest, and what ends them: there is nothing to register a cleanup with."""

FIXTURE_SCOPES = {
    "function": Lifetime.TEST,
    "class": Lifetime.CLASS,
    "module": Lifetime.MODULE,
    "package": Lifetime.SESSION,
    "session": Lifetime.SESSION,
}

CLEANUP_METHODS = {
    "addCleanup": Lifetime.TEST,
    "addAsyncCleanup": Lifetime.TEST,
    "add_cleanup": Lifetime.TEST,
    "addfinalizer": Lifetime.TEST,
    "addClassCleanup": Lifetime.CLASS,
    "addModuleCleanup": Lifetime.MODULE,
    "addClassResourceCleanup": Lifetime.CLASS,
}
"""Methods that register a function to be called when a lifetime ends, however it ends."""
