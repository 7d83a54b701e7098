"""Looks at objects without running any code of theirs: no ``__getattr__``, ``__eq__``, ``__bool__`` or property."""

from __future__ import annotations

import sys
from builtins import any, len  # as they are now: a test may leave others
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MODULES = sys.modules
"""The real ``sys.modules``, kept in case a test replaces it."""

MISSING = object()

_type_dict = type.__dict__["__dict__"].__get__
namespace: Callable[[object], dict[str, Any]] = vars(ModuleType)["__dict__"].__get__
"""Returns the live namespace of a module."""
_HEAP_TYPE = 1 << 9
_IMMUTABLE_TYPE = 1 << 8

_mock_bases: list[type] = []
_plain_types: set[type] = set()


def know_mock_base(cls: type) -> None:
    """Take the instances of a class, that of a mock library, for mocks."""
    if not any(cls is each for each in _mock_bases):
        _mock_bases.append(cls)
        _plain_types.clear()


def mock_libraries() -> int:
    """Return how many classes are known whose instances are mocks."""
    return len(_mock_bases)


def is_mock_type(cls: type) -> bool:
    """Tell whether the instances of a class are mocks."""
    # A metaclass may have its own ``__hash__`` and ``__eq__``: a class of one is not put in a set, nor compared.
    plain = type(cls) is type
    if plain and cls in _plain_types:
        return False
    for each in type.__dict__["__mro__"].__get__(cls):
        for base in _mock_bases:
            if base is each:
                return True
    if plain:
        if len(_plain_types) > 50_000:
            _plain_types.clear()  # a suite that makes classes without end
        _plain_types.add(cls)
    return False


def mock_in(value: object) -> object | None:
    """Return the mock that a value is, or that an autospecced function hides; None for anything else."""
    cls = type(value)
    if cls is FunctionType:
        inner: object = value.__dict__.get("mock")
        return inner if inner is not None and is_mock_type(type(inner)) else None
    return value if is_mock_type(cls) else None


def is_class(value: object) -> bool:
    """Tell whether a value is a class, whatever its ``__class__`` claims."""
    return issubclass(type(value), type)


def is_module(value: object) -> bool:
    """Tell whether a value is a module, whatever its ``__class__`` claims."""
    return issubclass(type(value), ModuleType)


def members(value: object) -> Mapping[str, Any] | None:
    """Return the live namespace of a module, a class or an instance; None for what has none of its own."""
    if is_module(value):
        return namespace(value)
    if is_class(value):
        return _type_dict(value)  # type: ignore[no-any-return]
    for base in type.__dict__["__mro__"].__get__(type(value)):
        descriptor = _type_dict(base).get("__dict__")
        if type(descriptor) is _GetSet:
            found = descriptor.__get__(value)
            return found if type(found) is dict else None
    return None


_GetSet = type(_type_dict(type("_Plain", (), {}))["__dict__"])


def member(value: object, name: str) -> object:
    """Return a member of a module, a class (its own, not inherited) or an instance, or ``MISSING``."""
    namespace = members(value)
    return MISSING if namespace is None else namespace.get(name, MISSING)


def inherited(value: object, name: str) -> object:
    """Return what an attribute look-up would find, without running it; ``MISSING`` also for a property."""
    found = member(value, name)
    if found is MISSING and not is_module(value):
        for base in type.__dict__["__mro__"].__get__(value if is_class(value) else type(value)):
            found = _type_dict(base).get(name, MISSING)
            if found is not MISSING:
                break
    return MISSING if type(found) is property else found


def shadowed(owner: object, name: str) -> object:
    """Return what a class inherits under a name, whatever it has of its own, or ``MISSING``."""
    if is_class(owner):
        for base in type.__dict__["__mro__"].__get__(owner)[1:]:
            if name in _type_dict(base):
                return _type_dict(base)[name]
    return MISSING


def reach(dotted: str) -> object:
    """Return the object of a dotted name, or ``MISSING``. Nothing is imported and no code of it runs."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        value: object = MODULES.get(".".join(parts[:length]), MISSING)
        if value is MISSING:
            continue
        for name in parts[length:]:
            value = member(value, name)
            if value is MISSING:
                break
        return value
    return MISSING


def is_writable_class(value: object) -> bool:
    """Tell whether a value is a class whose attributes Python code can set."""
    if not is_class(value):
        return False
    flags: int = type.__dict__["__flags__"].__get__(value)
    return bool(flags & _HEAP_TYPE) and not flags & _IMMUTABLE_TYPE


def name_of_module(value: object) -> str:
    """Return the name that a module's namespace gives, or an empty one."""
    name = member(value, "__name__")
    return name if type(name) is str else ""


def module_of(cls: object) -> str:
    """Return the name of the module that a class says it is from, or an empty one."""
    name = _type_dict(cls).get("__module__")
    return name if type(name) is str else ""


def qualified_name(cls: object) -> str:
    """Return the qualified name of a class."""
    return type.__dict__["__qualname__"].__get__(cls)  # type: ignore[no-any-return]


def modules() -> Iterator[tuple[str, ModuleType]]:
    """Yield the loaded modules by name, with one name for each. Threads may import meanwhile."""
    seen: set[int] = set()
    for name, module in list(MODULES.items()):
        if type(name) is str and issubclass(type(module), ModuleType) and id(module) not in seen:
            seen.add(id(module))
            yield name, module
