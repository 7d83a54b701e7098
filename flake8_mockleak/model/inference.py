"""Asks astroid what a name or a base class stands for, where an import or an assignment of it does not tell.

astroid is imported when it is first asked, since that costs more than most files take altogether. It parses and infers;
the few modules that it would import are kept from it, so that nothing of the project is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import all_suffixes
from typing import TYPE_CHECKING, Any, NamedTuple

from flake8_mockleak.model.files import is_file
from flake8_mockleak.model.source import ModuleSource

if TYPE_CHECKING:
    from astroid import nodes
    from astroid.manager import AstroidManager


_NO_SOURCE = [suffix for suffix in all_suffixes() if suffix != ".py"]


class Inferred(NamedTuple):
    """A thing that astroid found: a module-level class or function of a file, or an instance of a class.

    ``path`` is the file, ``name`` the name in it; an instance carries those of its class.
    """

    path: str
    name: str
    qualified_name: str
    is_instance: bool = False


class Session:
    """The questions about one linted file, which have what was read for one of them in common."""

    def __init__(self) -> None:
        self.trees: dict[str, nodes.Module] = {}


def infer_name(session: Session, module: ModuleSource, roots: Sequence[str], name: str) -> Inferred | None:
    """Return what a module-level name of a file stands for; ``None`` if that is not certain."""
    return _ask(session, module, roots, lambda tree: list(tree.igetattr(name)) if name in tree.locals else [])


def infer_base(
    session: Session, module: ModuleSource, roots: Sequence[str], line: int, index: int
) -> Inferred | None:
    """Return what a base of the class whose statement stands in that line is: ``class Test(make_base()):``."""

    def bases(tree: nodes.Module) -> list[Any]:
        for node in tree.body:
            if type(node).__name__ == "ClassDef" and node.fromlineno == line and index < len(node.bases):
                return list(node.bases[index].infer())
        return []

    return _ask(session, module, roots, bases)


def _ask(
    session: Session, module: ModuleSource, roots: Sequence[str], question: Callable[[nodes.Module], list[Any]]
) -> Inferred | None:
    """Put a question to astroid's tree of a file, which is built from the text at hand."""
    from astroid.builder import AstroidBuilder
    from astroid.exceptions import AstroidError
    from astroid.manager import AstroidManager

    class Builder(AstroidBuilder):  # type: ignore[misc]  # astroid has no types
        def delayed_assattr(self, node: nodes.AssignAttr) -> None:
            """Leave out what methods put on ``self``: to tell whose it is, astroid would read all that is imported."""

    _forget_other_sessions(session, AstroidManager())
    before, denied = list(sys.path), AstroidManager.brain["module_denylist"]
    sys.path[:0] = roots  # astroid looks for modules there and nowhere else
    AstroidManager.brain["module_denylist"] = _WouldBeImported(roots)
    manager = AstroidManager()  # all of them share what is in `brain`
    try:
        if module.path not in session.trees:
            session.trees[module.path] = Builder(manager).string_build(module.whole_text, module.name, module.path)
        return _only(question(session.trees[module.path]))
    except (AstroidError, RecursionError):
        return None
    finally:
        sys.path[:] = before
        AstroidManager.brain["module_denylist"] = denied


class _WouldBeImported:
    """The modules that astroid must not look for, as a container of their dotted names.

    astroid imports what is named like a module of the standard library if it is compiled, and the package around it if
    it is not there; and whatever is below ``gi.repository``. By those names a project may have modules of its own. So
    such a module is left to astroid where it is there as source, with the packages around it, and nowhere else.
    """

    def __init__(self, roots: Sequence[str]) -> None:
        self._roots = roots
        self._known: dict[str, bool] = {}

    def __contains__(self, dotted: str) -> bool:
        if dotted not in self._known:
            top = dotted.partition(".")[0]
            may_be_imported = top in sys.stdlib_module_names and dotted not in sys.builtin_module_names
            self._known[dotted] = top == "gi" or may_be_imported and not self._is_source(dotted)
        return self._known[dotted]

    def _is_source(self, dotted: str) -> bool:
        *packages, name = dotted.split(".")
        directories = self._roots
        for package in packages:
            found = _first(directories, package)
            if not found.endswith("__init__.py"):
                return False
            directories = [os.path.dirname(found)]
        return _first(directories, name).endswith(".py")


def _first(directories: Sequence[str], name: str) -> str:
    """Return the file that a module or package of that name would be imported from; empty if there is none."""
    for directory in directories:
        base = os.path.join(directory, name)
        for end in (f"{os.sep}__init__.py", *_NO_SOURCE, ".py"):
            if is_file(base + end):
                return base + end
    return ""


_latest: list[Session] = []


def _forget_other_sessions(session: Session, manager: AstroidManager) -> None:
    """Have astroid start anew: what was read for one file must not decide about another.

    That takes as long as an answer, so it is put off until another file has a question. Most runs have one or none.
    """
    if _latest and _latest[0] is not session:
        manager.clear_cache()
        _latest[0].trees.clear()
    _latest[:] = [session]


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
