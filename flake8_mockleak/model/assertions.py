"""Recognizes assertions on mocks that cannot fail, or cannot pass."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_mockleak.model.facts import Weakness
from flake8_mockleak.model.names import ASSERTIONS, LIKE_ASSERTIONS
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.source import dotted_name
from flake8_mockleak.model.values import MockObject, Value, members

_CHECKS_TRUTH = frozenset(
    {"assertTrue", "assertFalse", "assertIsNone", "assertIsNotNone", "assert_", "assert_true", "assert_false", "ok_"}
)


def note_statement(node: ast.expr, record: Recorder, value: Callable[[ast.expr], Value]) -> None:
    """Record what an expression that stands alone fails to assert; ``value`` evaluates."""
    if isinstance(node, ast.Attribute):
        if node.attr in ASSERTIONS and _is_open_mock(node, value, with_spec=True):
            record.weak_assertion(Weakness.NOT_CALLED, node, ast.unparse(node), node.attr)
        elif node.attr in LIKE_ASSERTIONS and _is_open_mock(node, value):
            record.weak_assertion(Weakness.NO_ASSERTION, node, ast.unparse(node), node.attr)
    elif isinstance(node, ast.Call):
        function = node.func
        if not isinstance(function, ast.Attribute):
            return
        if function.attr in LIKE_ASSERTIONS and _is_open_mock(function, value):
            record.weak_assertion(Weakness.NO_ASSERTION, node, ast.unparse(function), function.attr)
        elif function.attr in _CHECKS_TRUTH and node.args:
            note_asserted(node.args[0], record, value)


def note_asserted(node: ast.expr, record: Recorder, value: Callable[[ast.expr], Value]) -> None:
    """Record what is wrong with a mock's answer whose truth is asserted: ``assert m.called_once``."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return note_asserted(node.operand, record, value)
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            note_asserted(part, record, value)
        return None
    function = node.func if isinstance(node, ast.Call) else node
    if not isinstance(function, ast.Attribute):
        return None
    if function.attr in LIKE_ASSERTIONS and _is_open_mock(function, value):
        record.weak_assertion(Weakness.NO_ASSERTION, node, ast.unparse(function), function.attr)
    elif function.attr in ASSERTIONS and _is_open_mock(function, value, with_spec=True):
        weakness = Weakness.RESULT_ASSERTED if isinstance(node, ast.Call) else Weakness.NOT_CALLED
        record.weak_assertion(weakness, node, ast.unparse(function), function.attr)
    return None


def _is_open_mock(node: ast.Attribute, value: Callable[[ast.expr], Value], with_spec: bool = False) -> bool:
    """Whether the attribute is one of a mock, and of one that answers to any name, unless that does not matter.

    Only plain names are asked for: evaluating a call again would have its effects again.
    """
    if dotted_name(node.value) is None:
        return False
    return all(
        isinstance(member, MockObject) and node.attr not in member.attributes and (with_spec or not member.has_spec)
        for member in members(value(node.value))
    )
