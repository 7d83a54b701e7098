"""The links of the documentation and the README lead somewhere: to files that are there and headings that they have.

Nothing is asked over the network. The pages that are made by the build are made here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.blocks import DOCS

ROOT = DOCS.parent
MADE = {DOCS / "kvs" / "contract.md", *(DOCS / "rules").glob("*.md")}
PAGES = sorted({path for path in DOCS.rglob("*.md") if "_build" not in path.parts} - MADE)
PAGES += [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]

_FENCE = re.compile(r"^(`{3,})[^`\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)[^`]+\1")
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?P<target>[^()\s]+)\)")


def links(page: Path) -> Iterator[str]:
    """Return the targets of a page's links, those in code left out."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for found in _LINK.finditer(_CODE.sub(lambda code: code[0].replace("](", "] ("), text)):
        yield unquote(found["target"])


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and MyST make them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#{1,6} +(.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere."""
    from flake8_mockleak.rules import all_rules

    made = {DOCS / "rules" / f"{rule.code.lower()}.md" for rule in all_rules()}
    made |= {DOCS / "rules" / "index.md", DOCS / "kvs" / "contract.md"}
    wrong = []
    for target in links(page):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if path in made:
            continue
        if not path.exists() or (anchor and anchor not in anchors(path)):
            wrong.append(target)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    (tmp_path / "other.md").write_text("# A `good` heading\n", encoding="utf-8")
    good = "[x](other.md) [x](other.md#a-good-heading) [x](https://example.org/#y) `[x](no.md)`\n\n# Here\n[x](#here)\n"
    bad = "[a [b]](gone.md) [x](other.md#bad) ![x](gone.png) [`x`](#there)\n```\n[x](in-code.md)\n```\n"
    page.write_text(good + bad, encoding="utf-8")
    assert broken(page) == ["gone.md", "other.md#bad", "gone.png", "#there"]


def test_there_are_links_to_check() -> None:
    assert sum(len(list(links(page))) for page in PAGES) > 40


def test_every_page_is_in_a_table_of_contents() -> None:
    listed = set()
    for page in PAGES:
        for tree in re.findall(
            r"^```\{toctree\}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        ):
            names = [line for line in tree.splitlines() if line and not line.startswith(":")]
            listed |= {(page.parent / f"{name}.md").resolve() for name in names}
    assert {page for page in PAGES if page.is_relative_to(DOCS)} - listed == {DOCS / "index.md"}
