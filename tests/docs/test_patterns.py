"""The page of patterns: each example is run under the detector and linted with all codes, and does what is said."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from flake8_mockleak.rules import all_rules
from tests.command import write
from tests.docs.blocks import DOCS, Block, blocks
from tests.linting import Reports, lint_paths, marked
from tests.runtime.running import observe

pytestmark = pytest.mark.once

PAGE = DOCS / "patterns.md"
SUPPORT = {block.caption: block.text for block in blocks(PAGE) if block.caption}
EXAMPLES = [block for block in blocks(PAGE) if not block.caption]

NEWER = re.compile(r"Python (\d+)\.(\d+)")
# By the comment above a bad example: whether a test of it fails, and whether it leaves something behind.
EFFECTS = {
    "leaks": (False, True),
    "fails and leaks": (True, True),
    "fails": (True, False),
    "proves nothing": (False, False),
}

example = pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"line-{block.line}")


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Reports]:
    """What flake8 says of the examples, by their lines on the page, in one run; each has a directory of its own."""
    found = {}
    for block in EXAMPLES:
        # The rules about fakes ask for a directory of tests.
        directory = tmp_path_factory.mktemp("patterns") / "tests"
        found[block.line] = write(directory, {**SUPPORT, "test_example.py": block.text}) / "test_example.py"
    reports = lint_paths(found.values(), [rule.code for rule in all_rules()])
    return {line: reports.get(path, []) for line, path in found.items()}


@example
def test_linter_says_what_is_marked(block: Block, linted: dict[int, Reports]) -> None:
    assert linted[block.line] == marked(block.text)


@example
def test_example_does_what_the_page_says(block: Block, tmp_path: Path) -> None:
    if newer := NEWER.fullmatch(block.note):
        if sys.version_info < (int(newer[1]), int(newer[2])):
            pytest.skip(f"for {block.note}")
        fails, leaks = False, False
    else:
        assert (block.note in EFFECTS) == bool(marked(block.text)), f"line {block.line}: {block.note!r}"
        fails, leaks = EFFECTS.get(block.note, (False, False))
    write(tmp_path, SUPPORT)
    seen = observe(block.text, tmp_path)
    assert seen.passed + seen.failed, seen.output
    assert (seen.failed > 0, bool(seen.lines)) == (fails, leaks), seen.output


@example
def test_text_names_the_codes(block: Block) -> None:
    """The sentence above a bad example links to the page of the code."""
    above = "\n".join(PAGE.read_text(encoding="utf-8").splitlines()[: block.line - 1]).rpartition("*Not so.*")[2]
    for _, code in marked(block.text):
        assert f"[{code}](rules/{code.lower()}.md)" in above


def test_good_and_bad_are_both_there() -> None:
    bad = [block for block in EXAMPLES if marked(block.text)]
    assert len(bad) >= 15
    assert len(EXAMPLES) - len(bad) >= 15
    assert {block.note for block in bad} == set(EFFECTS)
