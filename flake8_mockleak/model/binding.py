"""Binds the arguments of a call to the parameters of a function."""

from __future__ import annotations

import ast

from flake8_mockleak.model.patches import Arguments
from flake8_mockleak.model.source import Frame, ModuleSource, is_static, with_defaults
from flake8_mockleak.model.values import (
    UNKNOWN,
    Constant,
    Container,
    Function,
    FunctionNode,
    Self,
)


def bind(function: Function, arguments: Arguments, own: Self | None) -> Frame:
    """Return the frame of a call: the parameters with their values. ``own`` is what a method is called on."""
    node = function.node
    frame = Frame(function.frame, owner=function.owner)
    names_ = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    values = list(arguments.positional)
    if function.owner is not None and own is not None and not is_static(node):
        values.insert(0, own)
    for name in (*names_, *(argument.arg for argument in node.args.kwonlyargs)):
        frame.names[name] = arguments.named.get(name, UNKNOWN)
    _bind_defaults(function, frame, arguments)
    for name, value in zip(names_, values):
        frame.names[name] = value
    if node.args.vararg is not None:
        frame.names[node.args.vararg.arg] = Container([(None, value) for value in values[len(names_) :]])
    if node.args.kwarg is not None:
        rest = [(key, value) for key, value in arguments.named.items() if key not in names_]
        frame.names[node.args.kwarg.arg] = Container(list(rest))
    return frame


def _bind_defaults(function: Function, frame: Frame, arguments: Arguments) -> None:
    for name, default in with_defaults(function.node):
        if name not in arguments.named:
            value = Constant(default.value) if isinstance(default, ast.Constant) else function.defaults.get(name)
            frame.names[name] = value or UNKNOWN


def is_generator(node: FunctionNode, module: ModuleSource) -> bool:
    """Whether calling the function gives a generator, and runs nothing."""
    if isinstance(node, ast.Lambda) or not module.triggers.yields(node):
        return False
    pending: list[ast.AST] = list(node.body)
    while pending:
        current = pending.pop()
        if isinstance(current, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(current))
    return False
