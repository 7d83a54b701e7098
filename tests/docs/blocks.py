"""The fenced blocks of a page in Markdown, with what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"

_BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^\n]+) -->\n)?"
    r"^```(?:\{code-block\} )?(?P<language>[\w{}-]+)\n"
    r"(?::caption: (?P<caption>[^\n]+)\n)?"
    r"(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """One block: its language, its text, the caption of a ``code-block`` and the comment in the line above it."""

    language: str
    text: str
    caption: str
    note: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    """Return the blocks of a page, in order; ``line`` is that of the fence."""
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start("language")) + 1
        yield Block(found["language"], found["text"], found["caption"] or "", found["note"] or "", line)
