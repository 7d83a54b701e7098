"""What a place is called: ``module.attribute`` or ``container[item]``, as the linter calls it."""

from __future__ import annotations

import os
from builtins import any, len, sorted  # as they are now: a test may leave others
from collections.abc import Iterable

from flake8_mockleak.runtime import statics

_environ = os.environ


def of_attribute(target: object, name: str) -> tuple[str, bool]:
    """Return the name of an attribute's place, and whether the target is shared for certain.

    A module and a class are shared. Another object may be, if something shared holds it; ``find`` tells.
    """
    if statics.is_module(target):
        return f"{statics.name_of_module(target)}.{name}", True
    if statics.is_class(target):
        return f"{statics.module_of(target)}.{statics.qualified_name(target)}.{name}", True
    cls = type(target)
    return f"{statics.module_of(cls)}.{statics.qualified_name(cls)}().{name}", False


def of_mapping(target: object, spelling: str | None, keys: Iterable[object]) -> tuple[str, bool]:
    """Return the name of a mapping's items' place, and whether the mapping is shared for certain.

    The spelling is what the user gave to ``patch.dict``, where that was a string.
    """
    if target is statics.MODULES:
        root = "sys.modules"
    elif target is _environ:
        root = "os.environ"
    else:
        root = spelling or "dict()"
    names = sorted({key for key in keys if type(key) is str})
    item = (
        names[0] if len(names) == 1 else "?" if not names else ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
    )
    return f"{root}[{item}]", root != "dict()"


def find(wanted: Iterable[object]) -> dict[int, str]:
    """Return the dotted names of the objects that loaded modules hold, by ``id``: in them, or one step further."""
    ids = {id(value) for value in wanted}
    found: dict[int, str] = {}
    for module_name, module in statics.modules():
        for name, value in list(statics.members(module).items()):  # type: ignore[union-attr]
            if id(value) in ids:
                found.setdefault(id(value), f"{module_name}.{name}")
            if _is_leaf(type(value)) or statics.is_module(value):
                continue
            inner = statics.members(value)
            if not inner:
                continue
            for inner_name, inner_value in list(inner.items()):
                if id(inner_value) in ids:
                    found.setdefault(id(inner_value), f"{module_name}.{name}.{inner_name}")
        if len(found) == len(ids):
            break
    return found


def _is_leaf(cls: type) -> bool:
    return any(cls is leaf for leaf in _LEAVES)


_LEAVES = (str, int, float, bool, bytes, type(None), tuple, dict, list, set, frozenset)
