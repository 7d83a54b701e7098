"""Makes the pictures of the documentation: ``python -m docs.screenshots`` in the checkout, with the extra ``dev``.

Each picture shows what really comes out: the diagnostics are those of python-lsp-server, the timeline is the detector's
report on the tutorial's project, the matrix is that of the conformance suite over real stores. It needs chromium
on the PATH and, for the matrix, memcached and redis-server. Look at the pictures before you commit them.
"""

from __future__ import annotations

import argparse
import html
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]

from tests.command import write
from tests.docs.blocks import blocks
from tests.integrations.language_server import Diagnostic, Editor

DOCS = Path(__file__).parent
IMAGES = DOCS / "images"
MAX_BYTES = 200_000
"""The documentation is read over the network."""

STORES = ("mockleak", "dogpile.memory", "dogpile.redis", "dogpile.pymemcache", "pymemcache", "fakeredis", "diskcache")


def project(directory: Path, command: str) -> Path:
    """Write the files of the tutorial as they are when it comes to the command."""
    for block in blocks(DOCS / "tutorial.md"):
        if block.caption:
            write(directory, {block.caption: block.text})
        elif any(line.startswith(f"$ {command}") for line in block.text.splitlines()):
            return directory
    raise LookupError(f"the tutorial has no command that begins with {command!r}")


def editor(directory: Path) -> Path:
    """Open a file in a language server, and return a page that shows what it says of it."""
    project(directory, "flake8")
    path = directory / "tests" / "test_shop.py"
    text = path.read_text(encoding="utf-8")
    with (directory / "server.log").open("wb") as log, Editor(path, directory, log) as opened:
        diagnostics = opened.open(text)
    if not diagnostics:
        raise RuntimeError(f"the language server has nothing to say:\n{(directory / 'server.log').read_text()}")
    page = directory / "editor.html"
    page.write_text(editor_page("tests/test_shop.py", text, diagnostics), encoding="utf-8")
    return page


def timeline(directory: Path) -> Path:
    """Run the detector over the suite that the tutorial begins with, and return its report."""
    project(directory, "python -m pytest")
    page = directory / "leaks.html"
    command = ("-m", "pytest", "-q", "--mockleak=warn", f"--mockleak-report={page}")
    # At full speed the bars are too short to be seen.
    write(directory, {"conftest.py": _SLOW})
    _run(directory, sys.executable, *command, statuses=(1,))
    return page


def matrix(directory: Path) -> Path:
    """Run the conformance suite over some stores, and return the page with the matrix."""
    page = directory / "matrix.html"
    _run(directory, sys.executable, "-m", "flake8_mockleak.kvs", "matrix", *STORES, "--quiet", "--html", str(page))
    return page


PICTURES: dict[str, tuple[Callable[[Path], Path], int]] = {
    "editor": (editor, 720),
    "timeline": (timeline, 650),
    "matrix": (matrix, 980),
}
"""What makes the page of each picture, and the height of the picture in pixels."""

_SLOW = """\
import time

import pytest


@pytest.fixture(autouse=True)
def slow():
    time.sleep(0.02)
    yield
    time.sleep(0.05)
"""

_STYLE = """
body { margin: 0; background: #fff; color: #1f2328; font: 15px/1.5 'DejaVu Sans', sans-serif; }
.tab { background: #eef0f3; border-bottom: 1px solid #d5d9e2; padding: .45rem 1rem; }
.tab b { background: #fff; border: 1px solid #d5d9e2; border-bottom: 0; padding: .5rem 1rem; font-weight: normal; }
.code { font: 14px/1.55 'DejaVu Sans Mono', monospace; padding: .5rem 0; }
.line { position: relative; white-space: pre; }
.number { display: inline-block; width: 3.5rem; text-align: right; margin-right: 1rem; color: #8b949e; }
.mark { position: absolute; bottom: 0; height: 5px; margin-left: 4.5rem;
  background: repeat-x url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='6' height='4'%3E\
%3Cpath d='M0 3 L2 1 L4 3 L6 1' fill='none' stroke='%23d29922' stroke-width='1.3'/%3E%3C/svg%3E"); }
.problems { border-top: 1px solid #d5d9e2; background: #f6f8fa; padding: .6rem 1rem; }
.problems p { margin: .3rem 0; } .problems code { color: #9a6700; font-weight: bold; }
.problems span { color: #6e7781; }
"""


def editor_page(name: str, text: str, diagnostics: list[Diagnostic]) -> str:
    """Return a page that shows a buffer with its diagnostics underlined, and below it what they say."""
    formatter = HtmlFormatter(nowrap=True, style="default")
    shown = highlight(text, PythonLexer(), formatter).splitlines()
    lines = []
    for number, line in enumerate(shown):
        marks = "".join(_mark(each["range"], text.splitlines()[number]) for each in _at(diagnostics, number))
        lines.append(f'<div class="line"><span class="number">{number + 1}</span>{line}{marks}</div>')
    problems = "".join(
        f"<p><code>{html.escape(each['code'])}</code> "
        f"{html.escape(each['message'].removeprefix(each['code']).strip())} "
        f"<span>{html.escape(each['source'])} [{each['range']['start']['line'] + 1}, "
        f"{each['range']['start']['character'] + 1}]</span></p>"
        for each in diagnostics
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><style>{_STYLE}{formatter.get_style_defs(".code")}</style>'
        f'</head><body><div class="tab"><b>{html.escape(name)}</b></div><div class="code">{"".join(lines)}</div>'
        f'<div class="problems"><b>Problems</b>{problems}</div></body></html>'
    )


def _at(diagnostics: list[Diagnostic], line: int) -> list[Diagnostic]:
    return [each for each in diagnostics if each["range"]["start"]["line"] == line]


def _mark(spot: dict[str, Any], line: str) -> str:
    start = spot["start"]["character"]
    end = min(spot["end"]["character"], len(line)) if spot["end"]["line"] == spot["start"]["line"] else len(line)
    return f'<span class="mark" style="left: {start}ch; width: {max(end - start, 1)}ch"></span>'


def _run(directory: Path, *command: str, statuses: tuple[int, ...] = (0,)) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, timeout=600)
    if process.returncode not in statuses:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}\n{process.stdout}{process.stderr}")


def photograph(page: Path, picture: Path, height: int) -> None:
    """Take a picture of the top of a page, 1200 pixels wide.

    Raises ``RuntimeError`` when chromium is not there or takes none, or the picture is larger than ``MAX_BYTES``.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise RuntimeError("there is no chromium, chromium-browser or google-chrome on the PATH")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size=1200,{height}"]
    _run(page.parent, chromium, *options, f"--screenshot={picture}", page.as_uri())
    if not picture.exists():
        raise RuntimeError(f"chromium took no picture of {page}")
    if picture.stat().st_size > MAX_BYTES:
        raise RuntimeError(f"{picture.name} has {picture.stat().st_size} bytes, more than {MAX_BYTES}")


def main() -> None:
    """Make the pictures that are named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m docs.screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PICTURES)}; all if none")
    chosen = parser.parse_args().names or list(PICTURES)
    if unknown := set(chosen) - set(PICTURES):
        parser.error(f"no picture is named {', '.join(sorted(unknown))}; there are {', '.join(PICTURES)}")
    IMAGES.mkdir(exist_ok=True)
    for name in chosen:
        make, height = PICTURES[name]
        with tempfile.TemporaryDirectory() as scratch:
            photograph(make(Path(scratch)), IMAGES / f"{name}.png", height)
        print(f"docs/images/{name}.png: {(IMAGES / f'{name}.png').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
