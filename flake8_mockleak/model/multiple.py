"""What is read from the dict that ``patch.multiple`` gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_mockleak.model.decorations import PatchReader
from flake8_mockleak.model.slotted import slotted
from flake8_mockleak.model.source import FunctionDef, ModuleSource


@slotted
class MissingItem:
    """``mocks["name"]`` of a name with a value of its own: the dict holds only those patched by ``DEFAULT``."""

    node: ast.Subscript
    name: str


def missing_items(module: ModuleSource) -> Iterator[MissingItem]:
    """Yield the items that are read and never there, in a file whose module level was run."""
    if not module.triggers.patches_several:
        return
    reader = PatchReader(module)
    for node in module.all_functions():
        text = module.text_of(node)
        if "patch.multiple" in text and (" as " in text or ".start()" in text):  # a decorator alone gives no dict
            yield from _missing_in(node, reader)


def _missing_in(function: FunctionDef, reader: PatchReader) -> Iterator[MissingItem]:
    explicit: dict[str, frozenset[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                _note(explicit, item.optional_vars, item.context_expr, reader)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            started = node.value.func
            if isinstance(started, ast.Attribute) and started.attr == "start":
                _note(explicit, node.targets[0], started.value, reader)
    if not explicit:
        return
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and isinstance(node.slice, ast.Constant)
        ):
            if node.slice.value in explicit.get(node.value.id, ()):
                yield MissingItem(node, str(node.slice.value))


def _note(explicit: dict[str, frozenset[str]], target: ast.expr | None, patch: ast.expr, reader: PatchReader) -> None:
    if isinstance(target, ast.Name) and isinstance(patch, ast.Call):
        known = reader.patch(patch)
        explicit[target.id] = known.explicit if known is not None and known.injects is not None else frozenset()
