"""Where in a file a line stands, in words that stay the same while lines move."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

MAX_SOURCE = 200
"""Characters of a statement that are kept. What differs only behind them counts as the same."""

_SCOPES = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_SPACE = re.compile(r"\s+")
_INSIDE_BRACKETS = re.compile(r"(?<=[(\[{]) | (?=[)\]}])")
_LAST_COMMA = re.compile(r",(?=[)\]}])")


class Outline:
    """The scopes and the logical lines of one file. Lines count from 1."""

    def __init__(self, tree: ast.Module, lines: Sequence[str]) -> None:
        self._tree = tree
        self._lines = lines

    def scope_at(self, line: int) -> str:
        """Return the qualified name of the innermost class or function of a line; decorators are part of theirs."""
        names = []
        body: Iterable[ast.AST] = self._tree.body
        while (inner := _around(body, line)) is not None:
            if isinstance(inner, _SCOPES):
                names.append(inner.name)
            body = ast.iter_child_nodes(inner)
        return ".".join(names)

    def source_at(self, line: int) -> str:
        """Return the logical line that a line belongs to, without comments and however it is laid out."""
        first, last = self._logical.get(line, (line, line))
        kept = []
        for number in range(first, last + 1):
            text = self._line(number)
            kept.append(text[: self._comments.get(number, len(text))].rstrip().removesuffix("\\"))
        text = _SPACE.sub(" ", " ".join(kept)).strip()
        return _LAST_COMMA.sub("", _INSIDE_BRACKETS.sub("", text))[:MAX_SOURCE]

    def text_at(self, line: int) -> str:
        """Return the logical line as it stands: where flake8 looks for ``# noqa``."""
        first, last = self._logical.get(line, (line, line))
        return "".join(self._line(number) for number in range(first, last + 1))

    def _line(self, number: int) -> str:
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    @cached_property
    def _tokens(self) -> list[tokenize.TokenInfo]:
        return list(_tokens(self._lines))

    @cached_property
    def _comments(self) -> dict[int, int]:
        """The columns that comments start in, by line."""
        return {token.start[0]: token.start[1] for token in self._tokens if token.type == tokenize.COMMENT}

    @cached_property
    def _logical(self) -> dict[int, tuple[int, int]]:
        """The first and the last line of the logical line that each line is in."""
        found: dict[int, tuple[int, int]] = {}
        first = None
        for token in self._tokens:
            if token.type in {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT}:
                continue
            first = token.start[0] if first is None else first
            if token.type == tokenize.NEWLINE:
                found.update(dict.fromkeys(range(first, token.end[0] + 1), (first, token.end[0])))
                first = None
        return found


def _around(nodes: Iterable[ast.AST], line: int) -> ast.AST | None:
    """Return the node among some that a line is in; what is no statement has no scopes worth naming."""
    for node in nodes:
        if isinstance(node, ast.match_case):
            if node.pattern.lineno <= line <= (node.body[-1].end_lineno or 0):
                return node
        elif isinstance(node, (ast.stmt, ast.excepthandler)):
            decorators: list[ast.expr] = getattr(node, "decorator_list", [])
            first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
            if first <= line <= (node.end_lineno or 0):
                return node
    return None


def _tokens(lines: Sequence[str]) -> Iterator[tokenize.TokenInfo]:
    remaining = iter(lines)
    try:
        yield from tokenize.generate_tokens(lambda: next(remaining, ""))
    except (tokenize.TokenError, SyntaxError):
        pass  # what Python could parse and this cannot read: the rest is taken line by line
