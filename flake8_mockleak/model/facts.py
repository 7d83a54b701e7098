"""What the model tells the rules about one file."""

from __future__ import annotations

import ast
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from flake8_mockleak.model.decorations import Decorations, KeptInSetup
from flake8_mockleak.model.lifetime import Guarantee, Hook, Lifetime
from flake8_mockleak.model.multiple import MissingItem
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.shared_mocks import DefaultMock, SharedMock
from flake8_mockleak.model.slotted import field, slotted
from flake8_mockleak.model.source import ClassSource, FunctionDef, ModuleSource
from flake8_mockleak.model.targets import MissingTarget, UnreachedTarget
from flake8_mockleak.model.values import Holdable, Patcher, Value

if TYPE_CHECKING:
    from flake8_mockleak.model.fakes import SharedState, UnverifiedFake
    from flake8_mockleak.model.signatures import Misfit

Branch = tuple[ast.AST, str]
"""A statement with several ways through it, and which of them was taken."""


@slotted
class Activation:
    """One run of a function that the test framework calls, with all that it calls in turn.

    ``wraps_test`` tells that the test runs within it; ``is_dead`` that nothing calls it after all, as the
    ``tear_down`` of a ``unittest.TestCase``. ``stored`` are the names and fields that it gives something,
    ``emptied`` those that it gives an empty container, ``by_environment`` those that get what the environment
    tells. ``replaced`` are the keys of the places that it has replaced by hand. ``asserted`` counts the assertions
    before it begins, or before a fixture goes on behind its ``yield``. ``skipped`` is the order of the last event
    after which it skips the test, or 0.
    """

    node: FunctionDef | None
    hook: Hook
    family: object
    idiom: Idiom
    is_fixture: bool = False
    wraps_test: bool = False
    is_dead: bool = False
    asserted: int = 0
    skipped: int = 0
    stored: set[str] = field(default_factory=set)
    emptied: set[str] = field(default_factory=set)
    by_environment: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)

    @property
    def source(self) -> ClassSource | None:
        """The class whose functions the framework runs together with this one; ``None`` for those of a module."""
        source: ClassSource | None = getattr(self.family, "source", None)
        return source


class Idiom(Enum):
    """The style of the code around an acquisition, which decides what to recommend."""

    UNITTEST = "unittest"
    UNITTEST_CLASS = "unittest class"
    UNITTEST_MODULE = "unittest module"
    XUNIT = "set-up of pytest that has a teardown beside it"
    FIXTURE = "fixture"
    CONTEXT_MANAGER = "context manager"
    BEHAVE = "behave"
    FUNCTION = "function"
    HELPER = "helper"
    BLOCK = "block of a context manager of another file"
    MIXIN = "base of a class, a mixin of another file"
    MODULE = "module"
    CLASS_BODY = "class body"


class Site(NamedTuple):
    """The code around an acquisition, for what to recommend there.

    ``own`` is what it calls the test case, the class or behave's context; ``teardown`` is the function that ends what
    a set-up of pytest begins.
    """

    idiom: Idiom
    own: str = ""
    teardown: str = ""
    in_comprehension: bool = False


class Moment(NamedTuple):
    """When something happens: ``order`` counts events, ``risk`` the statements before it that can raise.

    ``deferred`` is the lifetime at whose end it happens, for what is registered as a cleanup; ``assured`` is
    the number of a run of code that was handed to code which the model does not know, or 0. ``asserted`` counts the
    assertions that have to hold for it to happen, or, for a cleanup, to be registered.
    """

    activation: Activation
    order: int
    risk: int
    path: tuple[Branch, ...] = ()
    deferred: Lifetime | None = None
    assured: int = 0
    after_yield: bool = False
    asserted: int = 0

    @property
    def is_cleanup(self) -> bool:
        """Whether it happens in a registered cleanup."""
        return self.deferred is not None


class Way(Enum):
    """How a place was replaced."""

    STARTED = "started"
    ENTERED = "entered"
    ASSIGNED = "assigned"


class SkippedTeardown(NamedTuple):
    """The teardown of a subclass, which overrides the one that releases and does not call it.

    ``is_reported`` tells that the finding is on that teardown, since the acquisition stands in another file.
    """

    subclass: str
    method: str
    is_reported: bool = False


@slotted
class Acquisition:
    """A line that replaces a place, or several.

    ``is_conditional``: its release runs only under some condition. ``may_stay``: it is no leak unless the same function
    undoes it. ``helper`` is the function of another file that does it for this one. ``is_part``: it starts some of the
    patches of a list.
    """

    way: Way
    node: ast.expr | ast.stmt
    moment: Moment
    holder: Holdable | None = None
    places: tuple[Place, ...] = ()
    replacement: Value | None = None
    call_site: ast.expr | None = None
    origin: ModuleSource | None = None
    site: Site = Site(Idiom.FUNCTION)
    may_stay: bool = False
    guarantee: Guarantee = Guarantee.NEVER
    release: Release | None = None
    is_conditional: bool = False
    skipped: SkippedTeardown | None = None
    helper: str = ""
    is_part: bool = False

    @property
    def lifetime(self) -> Lifetime:
        """How long it is meant to last."""
        return self.moment.activation.hook.lifetime


@slotted
class Release:
    """What puts an original back: of one patcher or stack, of a place, or of every started patch of a library.

    ``is_default``: a helper sets own code here that may be meant to stay. ``call_site`` is the call of the helper that
    does it. ``by_stop``: it is a patcher's own ``stop``. ``on_success``: the ``__exit__`` of a context manager does it
    only where, or not where, the block has raised. ``is_part``: it is of some of the patches that one line starts.
    """

    node: ast.AST
    moment: Moment
    holder: Holdable | None = None
    place: Place | None = None
    library: str | None = None
    restored: Value | None = None
    is_default: bool = False
    call_site: ast.expr | None = None
    by_stop: bool = False
    on_success: bool = False
    is_part: bool = False


class SkippedRelease(NamedTuple):
    """What a teardown of a base class would release if ``teardown`` called it."""

    release: Release
    teardown: FunctionDef


class Slip(Enum):
    """A release that does nothing, or the wrong thing."""

    CALLED_EARLY = "called early"
    NOT_CALLED = "not called"
    ON_THE_MOCK = "on the mock"
    WRONG_ORDER = "wrong order"
    DIFFERS = "differs"


@slotted
class WrongRelease:
    """A line that looks like a release and is none."""

    slip: Slip
    node: ast.AST
    text: str
    activation: Activation
    patcher: Patcher | None = None
    place: Place | None = None
    other: str = ""
    origin: ModuleSource | None = None


@slotted
class SecondStart:
    """The start of a patcher that is already started."""

    node: ast.AST
    patcher: Patcher


@slotted
class MockClassChange:
    """An attribute set on ``Mock`` itself, by way of an alias."""

    node: ast.AST
    alias: str
    attribute: str
    class_name: str
    origin: ModuleSource | None = None


class Weakness(Enum):
    """Why an assertion says nothing."""

    NO_ASSERTION = "the mock answers to any name"
    NOT_CALLED = "it is not called"
    RESULT_ASSERTED = "its result is None, whatever it found"


@slotted
class WeakAssertion:
    """An assertion on a mock that cannot do its work; ``text`` is how the user wrote it, ``name`` the method's name."""

    weakness: Weakness
    node: ast.expr
    text: str
    name: str
    origin: ModuleSource | None = None


@slotted
class Facts:
    """Everything the model knows about one file. The acquisitions carry their best guarantee."""

    acquisitions: list[Acquisition] = field(default_factory=list)
    wrong_releases: list[WrongRelease] = field(default_factory=list)
    second_starts: list[SecondStart] = field(default_factory=list)
    mock_class_changes: list[MockClassChange] = field(default_factory=list)
    decorations: Decorations = field(default_factory=Decorations)
    is_test_case: Callable[[ClassSource], bool] = lambda source: False
    """Tells for certain, by the files of its bases, whether unittest runs a class."""
    kept_in_setup: list[KeptInSetup] = field(default_factory=list)
    missing_items: list[MissingItem] = field(default_factory=list)
    shared_mocks: list[SharedMock] = field(default_factory=list)
    default_mocks: list[DefaultMock] = field(default_factory=list)
    weak_assertions: list[WeakAssertion] = field(default_factory=list)
    unstarted: list[Patcher] = field(default_factory=list)
    missing_targets: list[MissingTarget] = field(default_factory=list)
    unreached_targets: Callable[[], list[UnreachedTarget]] = list
    shared_state: Callable[[], list[SharedState]] = list
    unverified_fakes: Callable[[], list[UnverifiedFake]] = list
    fake_signatures: Callable[[], list[Misfit]] = list
