"""Mocks that outlive a test because of where they are made: in a module or class body, or as a default argument."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_mockleak.model.decorations import PatchReader
from flake8_mockleak.model.slotted import slotted
from flake8_mockleak.model.source import ModuleSource

# What a test does to a mock that the next test can see; reading a `return_value` is none of it.
_USES = re.compile(
    r"(?:\.\w+(?:\(\))?)*\.(?:assert_\w+\s*\(|(?:called|call_count|call_args|call_args_list|mock_calls|method_calls)\b"
    r"|(?:return_value|side_effect)(?:\.\w+|\[[^\]]*\])*\s*=(?!=)|configure_mock\()"
)
_RENEWS = re.compile(r"(?:\.\w+(?:\(\))?)*\.reset_mock\b|\s*(?::[^=\n]*)?=(?!=)|\s*,[\w\s,]*=(?!=)|\s+in\b")


@slotted
class SharedMock:
    """A mock of a module or class body that tests configure or assert on; ``use_line`` is the first of those lines."""

    node: ast.stmt
    name: str
    use_line: int


@slotted
class DefaultMock:
    """A mock that is a parameter's default value."""

    node: ast.expr
    parameter: str
    function: str


def shared_mocks(module: ModuleSource) -> Iterator[SharedMock]:
    """Yield the mocks made in the bodies of a module and its classes that nothing makes anew for each test."""
    if not module.is_test:
        return
    reader = PatchReader(module)
    bodies = [
        (module.tree.body, ("",)),
        *((each.node.body, ("self.", "cls.", f"{each.name}.")) for each in module.classes),
    ]
    for body, owners in bodies:
        for statement in body:
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and reader.is_mock(statement.value):
                target = statement.targets[0]
                line = _first_use(statement, target.id, owners, module) if isinstance(target, ast.Name) else None
                if isinstance(target, ast.Name) and line is not None:
                    yield SharedMock(statement, target.id, line)


def _first_use(node: ast.Assign, name: str, owners: tuple[str, ...], module: ModuleSource) -> int | None:
    """Return the first line of a test that uses the mock; ``None`` if one test has it alone, or if it is renewed."""
    text, found = module.whole_text, None
    users: set[str] = set()
    for match in re.finditer(rf"{name}\b", text):
        line = text.count("\n", 0, match.start()) + 1
        if node.lineno <= line <= (node.end_lineno or line):
            continue
        if _RENEWS.match(text, match.end()):
            return None
        before = text[max(match.start() - 80, 0) : match.start()]
        is_named = before.endswith(owners) if owners[0] else not before[-1:].isalnum() and before[-1:] not in {"_", "."}
        function = module.function_at(line)
        if function is None or not is_named:
            continue
        users.add(function.name)
        if found is None and function.name.startswith("test") and _USES.match(text, match.end()):
            found = line
    return found if len(users) > 1 else None  # one test alone shares it with nobody


def is_watched(name: str, node: ast.ClassDef, module: ModuleSource) -> bool:
    """Whether the text of a class configures or asserts on the mock that stands in a place of that name."""
    text = module.text_of(node)
    return bool(name) and any(_USES.match(text, match.end()) for match in re.finditer(rf"\b{name}\b", text))


def default_mocks(module: ModuleSource) -> Iterator[DefaultMock]:
    """Yield the mocks that are default arguments of a file's functions and methods."""
    reader = PatchReader(module)
    for node in module.all_functions():
        arguments = node.args
        if not arguments.defaults and not arguments.kw_defaults:
            continue
        positional = [*arguments.posonlyargs, *arguments.args]
        by_position = list(zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults))
        for parameter, default in [*by_position, *zip(arguments.kwonlyargs, arguments.kw_defaults)]:
            if default is not None and reader.is_mock(default):
                yield DefaultMock(default, parameter.arg, node.name)
