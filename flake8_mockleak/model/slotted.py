"""A light :func:`dataclasses.dataclass` for the classes of the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

_C = TypeVar("_C", bound=type)
_T = TypeVar("_T")
_MISSING = object()


class _Field:
    __slots__ = ("default_factory",)

    def __init__(self, default_factory: Callable[[], object]) -> None:
        self.default_factory = default_factory


def field(*, default_factory: Callable[[], _T]) -> _T:
    """Have each object begin with a value of its own, in the way of :func:`dataclasses.field`."""
    made: Any = _Field(default_factory)
    return made  # type: ignore[no-any-return]


if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**options: Any) -> Callable[[_C], _C]:
        """Leave the function as it is: only type checkers need to know."""
        return lambda function: function


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def slotted(cls: _C) -> _C:
    """Return the class with slots and an ``__init__`` made from its annotations.

    It is what ``dataclass(eq=False, repr=False, slots=True)`` gives, without inherited fields, in a tenth of the time:
    the linter is started for each file that is saved in an editor, and its model has dozens of such classes.
    """
    names = [name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar")]
    body = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    parameters, statements, defaults = [], [], {}
    for name in names:
        default = body.pop(name, _MISSING)
        value = name
        if isinstance(default, _Field):
            defaults[f"_make_{name}"], default = default.default_factory, None
            value = f"_make_{name}() if {name} is None else {name}"
        if default is not _MISSING:
            defaults[f"_default_{name}"] = default
        parameters.append(name if default is _MISSING else f"{name}=_default_{name}")
        statements.append(f"self.{name} = {value}")
    exec(f"def __init__(self, {', '.join(parameters)}):\n " + "\n ".join(statements), defaults)
    return type(cls)(cls.__name__, cls.__bases__, body | {"__slots__": tuple(names), "__init__": defaults["__init__"]})
