"""Patchers that are made and never used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_mockleak.model.names import MOCK_CONFIGURATION
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.source import ModuleSource, attributes_of
from flake8_mockleak.model.values import Patcher


def unstarted(record: Recorder, module: ModuleSource) -> Iterator[Patcher]:
    """Yield the patchers that are dropped as soon as they are made, or kept under a name that is not named again."""
    used = {acquisition.holder for acquisition in record.acquisitions}
    used.update(entry.holder for entry in record.scoped_entries)
    seen = {patcher.node for patcher in record.patchers if patcher in used or patcher.escaped or patcher.held_by}
    for patcher in record.dropped:
        if patcher.node not in seen:
            seen.add(patcher.node)
            yield patcher
    for patcher in record.patchers:
        if patcher.node not in seen and len(patcher.holders) == 1:
            seen.add(patcher.node)
            if not _is_named_again(patcher, module) and module.has(patcher.node):
                yield patcher  # and it is not of the file of a helper that was followed


def _is_named_again(patcher: Patcher, module: ModuleSource) -> bool:
    owner, _, name = patcher.holders[0].rpartition(".")
    if owner:
        if not _is_of_tests(patcher.node.lineno, module):
            return True
        return module.names(name) > 1 and not _is_field_taken_for_mock(name, module.whole_text)
    function = module.function_at(patcher.node.lineno)
    if function is None:
        return True
    nodes = list(ast.walk(function))
    uses = [node.ctx for node in nodes if isinstance(node, ast.Name) and node.id == name]
    # A patcher that is asked for what only mocks have is taken for its mock, which it is not.
    taken_for_mock = sum(each in MOCK_CONFIGURATION for each in attributes_of(name, nodes))
    # Without an assignment here it went elsewhere before it got that name.
    return not uses or sum(not isinstance(use, ast.Store) for use in uses) > taken_for_mock


def _is_field_taken_for_mock(name: str, text: str) -> bool:
    """Whether all that a file does with a field is to ask it for what only mocks have."""
    taken = len(re.findall(rf"\.{name}\.(?:{'|'.join(sorted(MOCK_CONFIGURATION))})\b", text))
    return taken > 0 and "getattr(" not in text and len(re.findall(rf"\b(?:self|cls)\.{name}\b", text)) == taken + 1


def _is_of_tests(line: int, module: ModuleSource) -> bool:
    """Whether the class around a line has tests of its own; one without is a base for others, which may start it."""
    return any(
        source.node.lineno <= line <= (source.node.end_lineno or line) and any(source.tests())
        for source in module.classes
    )
