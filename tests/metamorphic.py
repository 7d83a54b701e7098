"""Rewrites test files so that they mean the same, and compares what the linter says: only line numbers may change.

    python -m tests.metamorphic PATH…

lists what differs in the Python files of those directories, and exits with 1 if anything does. Needs libcst.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import libcst
from libcst import matchers

from tests.checking import check

Rewrite = Callable[[libcst.Module], libcst.Module]
Said = Counter[str]

_LINE = re.compile(r"\bline \d+")
_SUFFIX = "_renamed"
_BESIDE = re.compile(rf"(?<=\w){_SUFFIX}\b")
MAX_BYTES = 400_000
"""Larger files are left out: to rewrite them takes seconds."""


def said(path: Path, source: str) -> Said:
    """Return the findings of a source that stands for a file, without what may change: positions and suffixes."""
    return Counter(_BESIDE.sub("", _LINE.sub("line N", text)) for _, _, text in check(path, source))


def rewrite(source: str, how: Rewrite) -> str:
    """Return the source rewritten. Raises :class:`libcst.ParserSyntaxError` on what libcst cannot read."""
    return how(libcst.parse_module(source)).code


def compare(path: Path, how: Rewrite) -> tuple[Said, Said] | None:
    """Return the findings of a file and of what it is rewritten to; ``None`` if it stays as it is."""
    source = path.read_text(encoding="utf-8")
    rewritten = rewrite(source, how)
    if rewritten == source:
        return None
    compile(rewritten, str(path), "exec", dont_inherit=True)
    return said(path, source), said(path, rewritten)


class _CommentEverything(libcst.CSTTransformer):
    """Puts a blank line and a comment before each statement."""

    def _commented(self, lines: Sequence[libcst.EmptyLine]) -> list[libcst.EmptyLine]:
        added = [libcst.EmptyLine(indent=False), libcst.EmptyLine(comment=libcst.Comment("# a remark"))]
        return [*lines, *added]

    def on_leave(  # type: ignore[override]
        self, original_node: libcst.CSTNode, updated_node: libcst.CSTNode
    ) -> libcst.CSTNode:
        """Comment what has lines of its own before it."""
        if isinstance(updated_node, (libcst.SimpleStatementLine, libcst.BaseCompoundStatement)):
            if hasattr(updated_node, "leading_lines"):
                return updated_node.with_changes(leading_lines=self._commented(updated_node.leading_lines))
        return updated_node


class _WrapBodies(libcst.CSTTransformer):
    """Puts the body of each function under ``if True:``."""

    def leave_FunctionDef(
        self, original_node: libcst.FunctionDef, updated_node: libcst.FunctionDef
    ) -> libcst.FunctionDef:
        """Wrap what stands behind the docstring."""
        body = updated_node.body
        if not isinstance(body, libcst.IndentedBlock):
            return updated_node
        head = 1 if original_node.get_docstring() is not None else 0
        if len(body.body) == head:
            return updated_node
        wrapped = libcst.If(libcst.Name("True"), body.with_changes(body=body.body[head:]))
        return updated_node.with_changes(body=body.with_changes(body=[*body.body[:head], wrapped]))


class _ReverseMethods(libcst.CSTTransformer):
    """Reverses the order of the methods of each class, where no two depend on each other's order."""

    def leave_ClassDef(self, original_node: libcst.ClassDef, updated_node: libcst.ClassDef) -> libcst.ClassDef:
        """Put the methods in each other's places; all else in the body stays where it is."""
        body = list(updated_node.body.body)
        at = [index for index, each in enumerate(body) if isinstance(each, libcst.FunctionDef)]
        methods = [each for each in body if isinstance(each, libcst.FunctionDef)]
        names = {method.name.value for method in methods}
        others = [each for each in body if not isinstance(each, libcst.FunctionDef)]
        heads = [part for method in methods for part in (*method.decorators, method.params)]
        if len(names) < len(methods) or any(_names(part) & names for part in (*heads, *others)):
            return updated_node
        for index, method in zip(at, reversed(methods)):
            body[index] = method
        return updated_node.with_changes(body=updated_node.body.with_changes(body=body))


def _names(node: libcst.CSTNode) -> set[str]:
    found = matchers.findall(node, matchers.Name())
    return {each.value for each in found if isinstance(each, libcst.Name)}


class _SplitWith(libcst.CSTTransformer):
    """Turns ``with a, b:`` into one ``with`` in another."""

    def leave_With(self, original_node: libcst.With, updated_node: libcst.With) -> libcst.With:
        """Nest the items, the first outermost."""
        inner = updated_node
        items = [item.with_changes(comma=libcst.MaybeSentinel.DEFAULT) for item in updated_node.items]
        if len(items) < 2:
            return updated_node
        plain = {"lpar": libcst.MaybeSentinel.DEFAULT, "rpar": libcst.MaybeSentinel.DEFAULT}
        nested = inner.with_changes(items=items[-1:], leading_lines=[], **plain)
        for item in reversed(items[:-1]):
            nested = inner.with_changes(items=[item], body=libcst.IndentedBlock([nested]), leading_lines=[], **plain)
        return nested.with_changes(leading_lines=updated_node.leading_lines)


class _RenameLocals(libcst.CSTTransformer):
    """Gives the names that a function assigns, and that nothing else could mean, a suffix."""

    def __init__(self) -> None:
        super().__init__()
        self._renamed: list[set[str]] = []

    def visit_FunctionDef(self, node: libcst.FunctionDef) -> None:
        """Find the names of an outermost function."""
        self._renamed.append(_locals_of(node) if not self._renamed else self._renamed[-1])

    def leave_FunctionDef(
        self, original_node: libcst.FunctionDef, updated_node: libcst.FunctionDef
    ) -> libcst.FunctionDef:
        """Leave its scope."""
        self._renamed.pop()
        return updated_node

    def leave_Name(self, original_node: libcst.Name, updated_node: libcst.Name) -> libcst.Name:
        """Rename a local name."""
        if self._renamed and updated_node.value in self._renamed[-1]:
            return updated_node.with_changes(value=updated_node.value + _SUFFIX)
        return updated_node


def _locals_of(function: libcst.FunctionDef) -> set[str]:
    """Return names that are assigned in a function, and are no attribute, keyword, parameter or global there."""
    found: set[str] = set()
    for each in matchers.findall(function.body, matchers.AssignTarget() | matchers.AsName()):
        target = each.target if isinstance(each, libcst.AssignTarget) else None
        target = each.name if isinstance(each, libcst.AsName) else target
        if isinstance(target, libcst.Name):
            found.add(target.value)
    kept = [
        *matchers.findall(function, matchers.Attribute()),
        *matchers.findall(function, matchers.Arg(keyword=matchers.Name())),
        *matchers.findall(function, matchers.Param()),
        *matchers.findall(function, matchers.NameItem()),
        *matchers.findall(function, matchers.FunctionDef() | matchers.ClassDef() | matchers.ImportAlias()),
    ]
    for each in kept:
        if isinstance(each, libcst.Attribute):
            found.discard(each.attr.value)
        elif isinstance(each, libcst.Arg) and each.keyword is not None:
            found.discard(each.keyword.value)
        elif isinstance(each, (libcst.Param, libcst.FunctionDef, libcst.ClassDef)):
            found.discard(each.name.value)
            if isinstance(each, libcst.ClassDef):
                found -= {
                    name.value for name in matchers.findall(each, matchers.Name()) if isinstance(name, libcst.Name)
                }
        elif isinstance(each, libcst.NameItem):
            found.discard(each.name.value)
        elif isinstance(each, libcst.ImportAlias):
            found -= _names(each)
    return found


def _by(transformer: Callable[[], libcst.CSTTransformer]) -> Rewrite:
    return lambda module: module.visit(transformer())


REWRITES: dict[str, Rewrite] = {
    "comments and blank lines": _by(_CommentEverything),
    "bodies under if True": _by(_WrapBodies),
    "methods in reverse order": _by(_ReverseMethods),
    "with split": _by(_SplitWith),
    "locals renamed": _by(_RenameLocals),
}


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        for each in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if each.stat().st_size <= MAX_BYTES and "mock" in each.read_text(encoding="utf-8", errors="replace"):
                yield each


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(
        description="Compare what is said about files and about what they are rewritten to."
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--only", action="append", choices=REWRITES)
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    differing = 0
    for path in _files(options.paths):
        for name in options.only or REWRITES:
            try:
                compared = compare(path, REWRITES[name])
            except (SyntaxError, ValueError, RecursionError, libcst.ParserSyntaxError):
                continue
            if compared is None:
                continue
            counts[name] += 1
            before, after = compared
            if before != after:
                differing += 1
                print(f"{path}: {name}")
                print("".join(f"  - {text}\n" for text in (before - after).elements()), end="")
                print("".join(f"  + {text}\n" for text in (after - before).elements()), end="", flush=True)
    print("; ".join(f"{name}: {count} files" for name, count in counts.items()))
    print(f"{differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
