"""Asks astroid what a name or a base class stands for, where an import or an assignment of it does not tell.

astroid is imported when it is first asked, since that costs more than most files take altogether. It parses and infers;
it neither imports nor runs the project's modules.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from flake8_mockleak.model.source import ModuleSource

if TYPE_CHECKING:
    from astroid import nodes
    from astroid.manager import AstroidManager


class Inferred(NamedTuple):
    """A thing that astroid found: a module-level class or function of a file, or an instance of a class.

    ``path`` is the file, ``name`` the name in it; an instance carries those of its class.
    """

    path: str
    name: str
    qualified_name: str
    is_instance: bool = False


def infer_name(module: ModuleSource, roots: Sequence[str], name: str) -> Inferred | None:
    """Return what a module-level name of a file stands for; ``None`` if that is not certain."""
    return _ask(module, roots, lambda tree: list(tree.igetattr(name)) if name in tree.locals else [])


def infer_base(module: ModuleSource, roots: Sequence[str], line: int, index: int) -> Inferred | None:
    """Return what a base of the class whose statement stands in that line is: ``class Test(make_base()):``."""

    def bases(tree: nodes.Module) -> list[Any]:
        for node in tree.body:
            if type(node).__name__ == "ClassDef" and node.fromlineno == line and index < len(node.bases):
                return list(node.bases[index].infer())
        return []

    return _ask(module, roots, bases)


def _ask(module: ModuleSource, roots: Sequence[str], question: Callable[[nodes.Module], list[Any]]) -> Inferred | None:
    """Put a question to astroid's tree of a file, built from the text at hand and forgotten afterwards."""
    from astroid.builder import AstroidBuilder
    from astroid.exceptions import AstroidError
    from astroid.manager import AstroidManager

    class Builder(AstroidBuilder):  # type: ignore[misc]  # astroid has no types
        def delayed_assattr(self, node: nodes.AssignAttr) -> None:
            """Leave out what methods put on ``self``: to tell whose it is, astroid would read all that is imported."""

    manager = AstroidManager()
    _forget_earlier_questions(manager)
    before = list(sys.path)
    sys.path[:0] = roots  # astroid looks for modules there and nowhere else
    try:
        tree = Builder(manager).string_build(module.whole_text, module.name, module.path)
        return _only(question(tree))
    except (AstroidError, RecursionError):
        return None
    finally:
        sys.path[:] = before


_questions = count()


def _forget_earlier_questions(manager: AstroidManager) -> None:
    """Have astroid start anew: what was read for one file must not decide about another.

    That takes as long as an answer, so it is put off until there is another question. Most runs have one or none.
    """
    if next(_questions):
        manager.clear_cache()


def _only(found: list[Any]) -> Inferred | None:
    if len(found) != 1:
        return None
    kind = type(found[0]).__name__
    if kind not in {"ClassDef", "FunctionDef", "AsyncFunctionDef", "Instance"}:
        return None
    is_instance = kind == "Instance"
    node = found[0]._proxied if is_instance else found[0]
    path = node.root().file
    return Inferred(path, node.name, node.qname(), is_instance) if path else None
