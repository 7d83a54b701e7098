"""Patchers that are made and never used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.source import ModuleSource
from flake8_mockleak.model.values import Patcher


def unstarted(record: Recorder, module: ModuleSource) -> Iterator[Patcher]:
    """Yield the patchers that are dropped as soon as they are made, or kept under a name that is not named again."""
    used = {acquisition.holder for acquisition in record.acquisitions}
    used.update(entry[0] for entry in record.scoped_entries)
    seen = {patcher.node for patcher in record.patchers if patcher in used or patcher.escaped or patcher.held_by}
    for patcher in record.dropped:
        if patcher.node not in seen:
            seen.add(patcher.node)
            yield patcher
    for patcher in record.patchers:
        if patcher.node not in seen and len(patcher.holders) == 1:
            seen.add(patcher.node)
            if not _is_named_again(patcher, module):
                yield patcher


def _is_named_again(patcher: Patcher, module: ModuleSource) -> bool:
    owner, _, name = patcher.holders[0].rpartition(".")
    if owner:
        return module.names(name) > 1 or not _is_of_tests(patcher.node.lineno, module)
    function = module.function_at(patcher.node.lineno)
    if function is None:
        return True
    uses = [node.ctx for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == name]
    # Without an assignment here it went elsewhere before it got that name.
    return not uses or any(not isinstance(use, ast.Store) for use in uses)


def _is_of_tests(line: int, module: ModuleSource) -> bool:
    """Whether the class around a line has tests of its own; one without is a base for others, which may start it."""
    return any(
        source.node.lineno <= line <= (source.node.end_lineno or line) and any(source.tests())
        for source in module.classes
    )
