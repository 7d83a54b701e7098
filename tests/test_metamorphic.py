"""What means the same is judged the same: the corpus, rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.metamorphic import REWRITES, Said, compare, main, rewrite

pytestmark = pytest.mark.once

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(path for path in CORPUS.rglob("*.py") if path.stat().st_size)

# How many files of its part of the corpus each rewrite changes at least, so that none is idle.
CHANGED = {
    "comments and blank lines": 100,
    "bodies under if True": 100,
    "methods in reverse order": 50,
    "with split": 1,
    "locals renamed": 30,
}


@pytest.mark.parametrize(("turn", "name"), list(enumerate(REWRITES)))
def test_corpus_rewritten(turn: int, name: str) -> None:
    """Each rewrite of every third file, and each file under one rewrite or two: all of them would take a minute."""
    files = FILES if name == "with split" else FILES[turn % 3 :: 3]  # few have a ``with`` to split
    compared = {path: both for path in files if (both := compare(path, REWRITES[name])) is not None}
    assert {path: both for path, both in compared.items() if both[0] != both[1]} == {}
    assert len(compared) >= CHANGED[name]


def test_findings_are_compared(tmp_path: Path) -> None:
    """A rewrite that does change the meaning is seen."""
    path = tmp_path / "test_shop.py"
    path.write_text("from unittest import mock\n\n\ndef test_shop():\n    mock.patch('shop.buy').start()\n")
    before, after = compare(path, lambda module: module.with_changes(body=module.body[:1])) or (Said(), Said())
    assert [text.split()[0] for text in before - after] == ["MLK101"]
    assert not after


@pytest.mark.parametrize(
    "name, source, expected",
    [
        ("comments and blank lines", "x = 1\n", "\n# a remark\nx = 1\n"),
        (
            "bodies under if True",
            'def f():\n    "Doc."\n    return 1\n',
            'def f():\n    "Doc."\n    if True:\n        return 1\n',
        ),
        (
            "methods in reverse order",
            "class A:\n    def f(self): pass\n    x = 1\n    def g(self): pass\n",
            "class A:\n    def g(self): pass\n    x = 1\n    def f(self): pass\n",
        ),
        ("with split", "with a as b, c:\n    d\n", "with a as b:\n    with c:\n        d\n"),
        (
            "locals renamed",
            "def f(a):\n    b = a\n    a.c = c = b\n",
            "def f(a):\n    b_renamed = a\n    a.c = c = b_renamed\n",
        ),
    ],
)
def test_rewrite(name: str, source: str, expected: str) -> None:
    assert rewrite(source, REWRITES[name]) == expected


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "test_shop.py").write_text("from unittest import mock\n\n\ndef test_shop():\n    shop = mock.Mock()\n")
    assert main([str(tmp_path), "--only", "locals renamed"]) == 0
    assert capsys.readouterr().out == "locals renamed: 1 files\n0 differ\n"
