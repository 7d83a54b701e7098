"""What a call does: starts a patch, registers a cleanup, closes a stack, puts an original back."""

from __future__ import annotations

import ast

from flake8_mockleak.model import names
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.binding import bind, is_generator
from flake8_mockleak.model.cleanups import CleanupCalls
from flake8_mockleak.model.evaluate import constant
from flake8_mockleak.model.holders import HOLDABLE
from flake8_mockleak.model.library import HANDLERS
from flake8_mockleak.model.lifetime import CASE_HOOKS
from flake8_mockleak.model.patches import Arguments, has_spec
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ClassSource, ModuleSource
from flake8_mockleak.model.values import (
    UNKNOWN,
    Bound,
    Class,
    Constant,
    Container,
    Fields,
    Function,
    FunctionNode,
    Instance,
    MockClass,
    Mocker,
    MockObject,
    MonkeyPatch,
    Partial,
    Patcher,
    Record,
    RecordClass,
    Self,
    Shared,
    Stack,
    Super,
    Union,
    Value,
    contents,
    lose_sight_of,
    members,
    union,
)
from flake8_mockleak.model.wellknown import TEST_CASES
from flake8_mockleak.model.write import is_mock_class, module_entry

_MAX_DEPTH = 6

_MADE = (MockObject, Patcher)

_INERT = (Constant, MockObject, Self, Instance)  # handing these on releases nothing

_DESCRIPTORS = frozenset({"staticmethod", "classmethod", "property"})
_MONKEYPATCH_CONTEXTS = frozenset(f"{name}.context" for name in names.MONKEYPATCH_CLASSES)


class Caller(CleanupCalls):
    """Knows what calls do."""

    def __init__(
        self, module: ModuleSource, recorder: Recorder, settings: ModelSettings, beyond: Beyond | None
    ) -> None:
        super().__init__(module, recorder, settings, beyond)
        self.called: set[FunctionNode] = set()
        self.given: list[Value] | None = None
        self.around: list[Place] = []
        self.around_since = 0
        self._handed_out: set[tuple[object, FunctionNode]] = set()
        self._open_calls: list[FunctionNode] = []

    def run_body(self, function: Function) -> Value:
        """Run the statements of a function in the present frame and return what it returns."""
        raise NotImplementedError

    def enter_by_hand(self, manager: ast.expr, node: ast.expr) -> None:
        """Note what a context manager of other code does that is entered without a ``with`` statement."""
        raise NotImplementedError

    # The call itself

    def call(self, node: ast.Call) -> Value:
        """Evaluate a call."""
        cleanup = self._cleanup_lifetime(node)
        if cleanup is not None:
            return self._register_cleanup(node, cleanup)
        if isinstance(node.func, ast.Attribute) and node.func.attr in names.CONTEXT_ENTERS:
            self.enter_by_hand(node.func.value, node)
        function, arguments = self.value(node.func), self.arguments_of(node)
        if function is UNKNOWN and isinstance(node.func, ast.Attribute) and node.func.attr in _KEEPING:
            self._keep_in_field_of_base(self.value(node.func.value), arguments)
        return self.apply(function, arguments, node)

    def _keep_in_field_of_base(self, container: Value, arguments: Arguments) -> None:
        """``self.patchers.append(patcher)``: whether what a base class has put there is stopped, its body will tell."""
        if isinstance(container, Bound) and isinstance(container.of, Self):
            if any(isinstance(member, Patcher) for argument in arguments.all() for member in contents(argument)):
                self.record.kept_by_bases.add(self.record.activation)

    def arguments_of(self, node: ast.Call) -> Arguments:
        """Evaluate the arguments of a call."""
        positional: list[Value] = []
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                positional.extend(self.each(self.value(argument.value)))
            else:
                positional.append(self.value(argument))
        named = {keyword.arg or "**": self.value(keyword.value) for keyword in node.keywords}
        return Arguments(positional, named)

    def apply(self, function: Value, arguments: Arguments, node: ast.expr) -> Value:
        """Call a value."""
        if isinstance(function, Union):
            return union([self.apply(member, arguments, node) for member in function.members])
        if isinstance(function, Bound):
            return self._call_method(function, arguments, node)
        if isinstance(function, Shared):
            return self._call_shared(function, arguments, node)
        if isinstance(function, Function):
            return self._call_function(function, arguments, node)
        if isinstance(function, Partial):
            together = Arguments([*function.arguments, *arguments.positional], arguments.named)
            return self.apply(function.function, together, node)
        if isinstance(function, (MockClass, MockObject)):
            if is_assertion(node):
                self.record.risk += 1
            self.escape_all(arguments, node)
            if isinstance(function, MockClass):
                return MockObject(has_spec=has_spec(function.name, arguments))
            return MockObject(has_spec=function.has_spec)
        if isinstance(function, Instance) and self.record.is_over:
            method = self.attribute(function, "__call__")
            if isinstance(method, Function):
                return self._call_function(method, arguments, node)
        if isinstance(function, RecordClass):
            return self._record_of(function, function.names, arguments)
        if isinstance(function, Class) and function.source.is_record:
            return self._record_of(function, function.source.field_names(), arguments)
        if isinstance(function, Class):
            self._call_unknown(arguments, node)
            return MockObject() if is_mock_class(function) else Instance(function)
        self._call_unknown(arguments, node)
        return UNKNOWN

    def _record_of(self, of: Value, names_: list[str], arguments: Arguments) -> Record:
        self.record.risk += 1
        keys: list[object] = [*names_, *[None] * len(arguments.positional)]
        return Record(of, fields=Container([*zip(keys, arguments.positional), *arguments.named.items()]))

    def _call_unknown(self, arguments: Arguments, node: ast.expr) -> None:
        self.record.risk += 1
        self.escape_all(arguments, node)
        self._cover_named_place(arguments)
        if self.record.is_over:
            for argument in arguments.positional:
                self._take_out(argument, node)
            if _fills_namespace(node):
                self.record.unknown_releases.append(self.record.activation)
        deferred = self._deferred_call(arguments.positional)
        if deferred is not None:
            with self.record.assured():
                self.apply(*deferred, node)

    def _take_out(self, name: Value, node: ast.expr) -> None:
        """``unload("shop")``: unknown code that is told a module's name at the end may take it out."""
        entry = module_entry(name)
        if entry is not None:
            self.put_back(entry, UNKNOWN, node)

    def _deferred_call(self, positional: list[Value]) -> tuple[Value, Arguments] | None:
        """Return the call that ``register(setattr, module, name, original)`` seems to put off."""
        if len(positional) < 2 or not isinstance(positional[0], (Shared, Bound)):
            return None
        first = positional[0]
        if isinstance(first, Shared) and first.path not in _DEFERRABLE:
            return None
        return first, Arguments(positional[1:], {})

    def escape(self, value: Value, node: ast.AST) -> None:
        """Note that code which is not followed gets hold of a value: it may release it."""
        if _is_inert(value):
            return
        for member in contents(value):
            if isinstance(member, HOLDABLE):
                lose_sight_of(member)
            elif isinstance(member, Partial):
                with self.record.assured():
                    self.apply(member, Arguments([], {}), _as_expression(node))
            elif isinstance(member, Bound) and isinstance(member.of, Patcher) and member.name in member.of.enters:
                lose_sight_of(member.of)  # whether and when it is called is not known: `assertRaises(…, p.start)`
            elif self._may_release(member):
                with self.record.assured():
                    self.apply(member, Arguments([], {}), _as_expression(node))

    def give(self, value: Value, node: ast.AST) -> None:
        """Keep what a fixture hands to tests of the file; a patcher that others hand out may be released anywhere."""
        is_known = any(isinstance(member, (*HOLDABLE, Instance, MockObject)) for member in contents(value))
        if is_known and self.given is not None and not self._open_calls:
            self.given.append(value)
        elif not (isinstance(value, MonkeyPatch) and self.record.activation.is_fixture and not self._open_calls):
            self.escape(value, node)

    def _may_release(self, value: Value) -> bool:
        """Whether calling a value may release something; running it is worth the time only then."""
        if isinstance(value, Bound) and isinstance(value.of, Self):
            owner = value.of.fields.owner
            function = owner.find_method(value.name) if owner is not None else None
            return function is not None and self._is_new_and_acts(function)
        if isinstance(value, Function):
            return self._is_new_and_acts(value)
        return isinstance(value, Bound) or isinstance(value, Shared) and value.path.endswith(".stopall")

    def _is_new_and_acts(self, function: Function) -> bool:
        """Whether a function acts and was not handed out before in this activation.

        One of the module level holds nothing of the activation's own, so once for the family is enough.
        """
        if function.owner is not None and not self._is_of_family(function.owner):
            return False  # a method of some other object has no hold on what the test patched
        activation = self.record.activation
        key = (activation if function.frame.parent is not None else activation.family), function.node
        if key in self._handed_out or not function.module().triggers.releases(function.node):
            return False
        self._handed_out.add(key)
        return True

    def _is_of_family(self, owner: ClassSource) -> bool:
        return self.fields is not None and self.fields.owner is not None and owner in self.fields.owner.ancestry()

    # Methods

    def _call_method(self, bound: Bound, arguments: Arguments, node: ast.expr) -> Value:
        of = bound.of
        if isinstance(of, Patcher):
            return self._call_patcher(of, bound.name, arguments, node)
        if isinstance(of, Stack):
            return self._call_stack(of, bound.name, arguments, node)
        if isinstance(of, MonkeyPatch):
            return self._call_monkeypatch(of, bound.name, arguments, node)
        if isinstance(of, Container):
            return self._call_container(of, bound.name, arguments, node)
        if isinstance(of, MockObject):
            return self._call_mock(of, bound.name, arguments, node)
        if isinstance(of, Mocker):
            return self._call_mocker(bound.name, arguments, node)
        if isinstance(of, Self):
            return self._call_own_method(of, bound.name, arguments, node)
        if isinstance(of, Super):
            return self._call_super(of, bound.name, arguments, node)
        self._call_unknown(arguments, node)
        return UNKNOWN

    # The test's own methods

    def _call_own_method(self, of: Self, name: str, arguments: Arguments, node: ast.expr) -> Value:
        owner = of.fields.owner
        function = owner.find_method(name) if owner is not None else None
        if function is not None:
            return self._call_function(function, arguments, node, of)
        if name in self.linted.called_helpers.methods:
            self.record.open_questions.add(self.record.activation)
        if name in names.CONTEXT_ENTERING_METHODS:
            return self._enter_for_lifetime(node, arguments)
        if any(isinstance(member, Patcher) for argument in arguments.all() for member in contents(argument)):
            self.record.open_questions.add(self.record.activation)  # a method of a base may enter it, and never leave
        if name == "skipTest":
            self.record.skip_test()
            return UNKNOWN
        if name == "patch":  # of testtools and Twisted; undone with the test
            self._cover_named_place(arguments)
            self._cover_named_path(arguments)
            return MockObject()
        if self.settings.returns_patcher(name):
            return Patcher(node, names.UNKNOWN_LIBRARY)
        self._cover_named_path(arguments)
        self._call_unknown(arguments, node)
        return UNKNOWN

    def _set_up_fixture(self, source: ClassSource, arguments: Arguments) -> None:
        """Run the set-up of a fixture class of the file; its cleanups run when the test ends."""
        function = source.find_method("_setUp") or source.find_method("setUp")
        if function is not None:
            before, self.fields = self.fields, Fields(owner=source)
            node = function.node.args.args[0] if function.node.args.args else function.node
            self._call_function(function, Arguments([], {}), _as_expression(node), Self(self.fields))
            self.fields = before

    def _cover_named_place(self, arguments: Arguments) -> None:
        """``stubber.set(module, "name")``: unknown code that is told a place, or several of one module, may undo it."""
        first = arguments.get(0, "target") or UNKNOWN
        if isinstance(first, Shared):
            told = [constant(each) for each in (*arguments.positional[1:], arguments.named.get("attribute", UNKNOWN))]
            self.covers.extend(Place(f"{first.path}.{name}", first.path) for name in told if isinstance(name, str))

    def _cover_named_path(self, arguments: Arguments) -> None:
        """``self.stub_out("a.b", …)``: so may a method of a base class that is told a path."""
        path = constant(arguments.get(0, "target") or UNKNOWN)
        if isinstance(path, str) and "." in path:
            self.covers.extend([Place(path, path)])

    def _enter_for_lifetime(self, node: ast.expr, arguments: Arguments) -> Value:
        """``self.enterContext(…)`` and ``self.useFixture(…)`` leave the context when the lifetime ends."""
        self.record.risk += 1
        if isinstance(node, ast.Call) and node.args:
            self.covers.extend(self.kept_by(node.args[0]))
        for member in members(arguments.positional[0] if arguments.positional else UNKNOWN):
            if isinstance(member, Patcher):
                self.covers.extend(member.places)
                return self.entered(member)
            if isinstance(member, (Stack, MonkeyPatch)):
                self.record.release_surely(member.node or ast.Constant(None), member)
                return member
            if isinstance(member, Instance) and isinstance(member.of, Class):
                self._set_up_fixture(member.of.source, arguments)
            elif isinstance(member, Instance) and isinstance(member.of, Shared):
                self.covers.extend(
                    Place(f"{argument.path}.?", argument.path)
                    for argument in arguments.all()
                    if isinstance(argument, Shared)
                )
                self._set_up_imported_fixture(member.of, arguments)
        return UNKNOWN

    def _set_up_imported_fixture(self, of: Shared, arguments: Arguments) -> None:
        """Do as with a fixture class of the file, if something is left that its cleanups may put back."""
        if self.beyond is None or of.path.partition(".")[0] in names.STDLIB:
            return
        if not self.follows_imports:
            self.record.open_releases.add(self.record.activation)
            return
        found = self.beyond.resolve(of.path)
        if isinstance(found, Class):
            self._set_up_fixture(found.source, arguments)

    def _call_super(self, of: Super, name: str, arguments: Arguments, node: ast.expr) -> Value:
        self.record.risk += 1
        owner = self.fields.owner if self.fields is not None else None
        function = owner.find_method(name, of.owner, of.behind_test_case) if owner is not None else None
        if function is None:
            if self.record.activation.wraps_test:
                self.around = self.covers.since(self.around_since)  # the test runs now
            self.escape_all(arguments, node)
            return UNKNOWN
        assert self.fields is not None
        return self._call_function(function, arguments, node, Self(self.fields))

    # Functions of the file

    def _call_function(
        self, function: Function, arguments: Arguments, node: ast.expr, own: Self | None = None, follow: bool = False
    ) -> Value:
        target = function.node
        if self._is_named_patch_function(function):
            return Patcher(node, names.UNKNOWN_LIBRARY)
        if own is None and function.owner is not None and not isinstance(target, ast.Lambda):
            own = self._explicit_self(function.owner, arguments)
        handed_over = any(_may_be_held(argument) for argument in arguments.all()) or own is not None and _keeps(own)
        # Without ``beyond``, the module level of another file is run, to learn what its names stand for.
        is_followed = follow or handed_over or self.record.is_over or self.beyond is None or _is_followed(function)
        if not is_followed and not (self.linted.changes_classes and _only_makes_an_object(target)):
            self.record.risk += 1
            is_fake = not isinstance(target, ast.Lambda) and names.is_named_as_fake(target.name)
            return Instance(function) if is_fake else UNKNOWN
        is_open = target in self._open_calls or len(self._open_calls) >= _MAX_DEPTH
        runs_later = is_generator(target, function.module())
        if is_open or runs_later and not _only_yields(target):
            self._call_unknown(arguments, node)
            return UNKNOWN
        if own is not None or function.owner is None or not _takes_self(target):
            self.called.add(target)  # and need not be run by itself
        if runs_later:
            return self._items_of(function, arguments, node, own)
        return self.run_function(function, arguments, node, own)

    def _items_of(self, function: Function, arguments: Arguments, node: ast.expr, own: Self | None) -> Container:
        """Return what a generator function yields, one that makes patchers for whoever goes through them."""
        self.yielded.append([])
        self.run_function(function, arguments, node, own)
        return Container([(None, item) for item in self.yielded.pop()])

    def run_function(self, function: Function, arguments: Arguments, node: ast.expr, own: Self | None = None) -> Value:
        """Run the body of a function that is called, and return what it returns."""
        self._open_calls.append(function.node)
        self.record.call_sites.append(node)
        before, origin, path = self.frame, self.record.origin, self.record.path
        self.frame = bind(function, arguments, own)
        self.record.origin = self.module
        try:
            return self.run_body(function)
        finally:
            self.frame, self.record.origin, self.record.path = before, origin, path
            self.record.call_sites.pop()
            self._open_calls.pop()

    def _is_named_patch_function(self, function: Function) -> bool:
        if not self.settings.patch_functions or isinstance(function.node, ast.Lambda):
            return False
        return self.settings.returns_patcher(f"{function.module().name}.{function.node.name}")

    def _explicit_self(self, owner: ClassSource, arguments: Arguments) -> Self | None:
        """``Base.setUp(self)``: the first argument is the one that a bound call binds."""
        if arguments.positional and isinstance(arguments.positional[0], Self):
            found = arguments.positional.pop(0)
            assert isinstance(found, Self)
            return found
        return Self(self.fields) if self.fields is not None and self.fields.owner is owner else None

    # Functions of other modules

    def _call_shared(self, function: Shared, arguments: Arguments, node: ast.expr) -> Value:
        known = names.mock_name(function.path)
        if known is not None and not (known[0] == names.UNKNOWN_LIBRARY and self.is_only_named_so(function.path)):
            return self.call_mock_library(*known, arguments, node)
        path = function.path
        handler = HANDLERS.get(path)
        if handler is not None:
            return handler(self, arguments, node)
        if path in names.EXIT_STACKS:
            return Stack(node)
        if path in names.SKIPS:
            self.record.skip_test()
            return UNKNOWN
        if path == "types.SimpleNamespace":
            return self._record_of(function, [], arguments)
        if path in names.MONKEYPATCH_CLASSES:
            return MonkeyPatch(node, automatic=False)
        if path in _MONKEYPATCH_CONTEXTS:
            return MonkeyPatch(node, automatic=True)
        if path in names.FIXTURE_PATCHERS:
            return self.fixture_patcher(path, arguments, node)
        if self.settings.returns_patcher(path):
            return Patcher(node, names.UNKNOWN_LIBRARY)
        if path.startswith("builtins."):
            return self._call_builtin(path[9:], arguments, node)
        return self._call_imported(function, arguments, node)

    def _call_imported(self, function: Shared, arguments: Arguments, node: ast.expr) -> Value:
        head, _, name = function.path.rpartition(".")
        if self._container_method(head, name, arguments, node) or self._configuration_method(
            head, name, arguments, node
        ):
            return UNKNOWN
        if self._may_reset(head, name):
            self.record.risk += 1
            for place in self._reset_by(function.path):
                self.put_back(place, UNKNOWN, node)
        found = self._imported_function(function, arguments)
        if found is not None:
            made = self._call_function(found, arguments, node)
            is_made = isinstance(made, _MADE) or self.linted.called_helpers.beside(function.path)
            return made if is_made or self._may_release_something(arguments) else UNKNOWN
        self.record.call_foreign(function.path)
        self._call_unknown(arguments, node)
        helper = self.linted.called_helpers.objects.get(function.path)
        if helper is not None:
            return Patcher(
                node,
                names.UNKNOWN_LIBRARY,
                enters=helper.enters,
                leaves=helper.leaves,
                others=helper.others,
                is_object=True,
            )
        handed_out = self.linted.handed_out.get(function.path)
        if handed_out is not None:
            return handed_out.value
        return Instance(function) if name[:1].isupper() and not name.isupper() else UNKNOWN

    def _call_builtin(self, name: str, arguments: Arguments, node: ast.expr) -> Value:
        first = arguments.positional[0] if arguments.positional else UNKNOWN
        if name in {"list", "tuple", "set", "sorted", "reversed", "iter", "dict", "frozenset"}:
            if not arguments.positional:
                return Container([(key, value) for key, value in arguments.named.items()])
            return first if isinstance(first, Container) else UNKNOWN
        if name == "next":
            return self.item(first)
        if name == "zip":
            return Container([(None, Container([(i, self.item(a)) for i, a in enumerate(arguments.positional)]))])
        if name == "enumerate":
            return Container([(None, Container([(0, UNKNOWN), (1, self.item(first))]))])
        if name == "map" and len(arguments.positional) > 1:
            items = [self.item(argument) for argument in arguments.positional[1:]]
            return Container([(None, self.apply(first, Arguments(items, {}), node))])
        if name == "vars" and isinstance(first, Record):
            return first.fields
        if name in {"vars", "dir"} and isinstance(first, Self):
            return self.namespace(first)
        if name == "vars" and isinstance(first, Shared):
            return Shared(f"{first.path}.__dict__")
        if name == "super":
            owner = self.frame_owner()
            is_behind = isinstance(first, Shared) and first.path in TEST_CASES
            return Super(owner, is_behind) if owner is not None else UNKNOWN
        if name == "type" and len(arguments.positional) == 1:
            return self._type_of(first)
        if name in _DESCRIPTORS:
            return first
        if name[:1].isupper():  # an exception
            return UNKNOWN
        if name not in names.READ_ONLY_BUILTINS:
            self._call_unknown(arguments, node)
        return UNKNOWN

    def frame_owner(self) -> ClassSource | None:
        """Return the class whose method is running."""
        frame = self.frame
        while frame.owner is None and frame.parent is not None:
            frame = frame.parent
        return frame.owner

    def _type_of(self, value: Value) -> Value:
        if isinstance(value, Instance):
            return value.of
        # The type of modules is fixed.
        if isinstance(value, Shared) and value.path.rpartition(".")[2] not in names.STDLIB:
            return Shared(f"{value.path}.__class__")
        return value if isinstance(value, (Self, MockObject)) else UNKNOWN


def is_assertion(node: ast.expr) -> bool:
    """Whether an expression calls an assertion of a test case or a mock, by its name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("assert")


def _is_inert(value: Value) -> bool:
    return value is UNKNOWN or isinstance(value, _INERT) and not isinstance(value, Record)


def _is_followed(function: Function) -> bool:
    """Whether the body of a function has anything that the model looks for, or calls its base, which may have.

    A set-up is followed in any case: it makes the objects that tests replace things of.
    """
    triggers, node = function.module().triggers, function.node
    if triggers.mentions(node):
        return True
    return function.owner is not None and (triggers.calls_base(node) or getattr(node, "name", "") in CASE_HOOKS)


def _takes_self(node: FunctionNode) -> bool:
    """Whether a function is a method of objects: what it does with ``self`` is seen only where that is known."""
    return [each.arg for each in node.args.args[:1]] == ["self"]


def _only_makes_an_object(node: FunctionNode) -> bool:
    """Whether a function makes a thing, step by step, and returns it: ``type(make_reader()).fetch = Mock()``."""
    if not isinstance(node, ast.FunctionDef) or not isinstance(node.body[-1], ast.Return):
        return False
    return all(isinstance(statement, (ast.Assign, ast.Expr, ast.Return)) for statement in node.body)


def _only_yields(node: FunctionNode) -> bool:
    """Whether a generator does no more than make the things that it yields: it may be run when it is called."""
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return False
    for part in (each for statement in node.body for each in ast.walk(statement)):
        if isinstance(part, ast.stmt) and not isinstance(part, _MAKING):
            return False
        if isinstance(part, ast.Attribute) and part.attr in _BEGINNING:
            return False
        if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, ast.Store):
            return False
    return True


def _may_be_held(value: Value) -> bool:
    """Whether a function that gets this value could start or release something by it."""
    if _is_inert(value):
        return False
    return any(
        isinstance(member, (Patcher, Stack, MonkeyPatch, Partial))
        or isinstance(member, Bound)
        and not (isinstance(member.of, Self) and member.of.is_unknown(member.name))
        for member in contents(value)
    )


def _keeps(own: Self) -> bool:
    """Whether an object keeps the stops of patchers, which its methods may call without a word that says so."""
    return any(
        isinstance(item, Bound) and isinstance(item.of, HOLDABLE)
        for value in own.fields.values.values()
        if isinstance(value, (Container, Bound))
        for item in contents(value)
    )


def _as_expression(node: ast.AST) -> ast.expr:
    return node if isinstance(node, ast.expr) else ast.Constant(None)


def _fills_namespace(node: ast.expr) -> bool:
    """Whether a call fills the namespace of an object that is not known: ``vars(module).update(saved)``."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update"):
        return False
    of = node.func.value
    is_vars = isinstance(of, ast.Call) and isinstance(of.func, ast.Name) and of.func.id == "vars"
    return is_vars or isinstance(of, ast.Attribute) and of.attr == "__dict__"


_MAKING = (ast.Expr, ast.Assign, ast.AnnAssign, ast.For, ast.If, ast.Return, ast.Pass)
_BEGINNING = frozenset({"start", "stop", "__enter__", "__exit__", "enter_context", "enterContext", "addCleanup"})
_KEEPING = frozenset({"append", "add", "insert", "appendleft", "extend"})
_DEFERRABLE = frozenset({"builtins.setattr", "builtins.delattr", "importlib.reload"})
