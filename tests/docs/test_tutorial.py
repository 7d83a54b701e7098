"""The tutorial is walked through: its files are written, its commands are run, what they print is compared."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flake8_mockleak.kvs.servers import ServerUnavailable, start_memcached
from tests.command import write
from tests.docs.blocks import DOCS, Block, blocks
from tests.kvs.conftest import REQUIRED

pytestmark = pytest.mark.once

PAGE = DOCS / "tutorial.md"
REAL_STORE = "python -m flake8_mockleak.kvs matrix"
"""How the command begins that needs a server; it waits for real seconds to pass, and has a test of its own."""


@dataclass(frozen=True)
class Command:
    """One command of the page, what it prints there, and the status that it has to end with."""

    line: str
    output: str
    status: int


def commands(block: Block) -> Iterator[Command]:
    """Return the commands of a console block: a line after ``$``, and its output up to the next one."""
    status = re.fullmatch(r"exit status: (\d+)", block.note) if block.note else None
    assert bool(status) == bool(block.note), f"line {block.line}: {block.note!r} is no exit status"
    assert block.text.startswith("$ "), f"line {block.line}: a console block begins with a command"
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        yield Command(line, output, int(status[1]) if status else 0)


def walk(directory: Path) -> Iterator[Command]:
    """Write the files of the page as they come, and hand out the commands in between."""
    for block in blocks(PAGE):
        if block.caption:
            write(directory, {block.caption: block.text})
        else:
            assert block.language == "console", f"line {block.line}: a file without a caption"
            yield from commands(block)


def run(command: Command, directory: Path) -> str:
    """Run a command as the reader does, in the environment that these tests run in, and compare what it prints."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "100", "NO_COLOR": "1"}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    environment["PYTEST_ADDOPTS"] = "-p no:randomly"  # what the tests leave behind hurts those that follow
    process = subprocess.run(
        command.line,
        shell=True,
        cwd=directory,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    said = f"$ {command.line}\n{process.stdout}"
    assert process.returncode == command.status, said
    assert doctest.OutputChecker().check_output(command.output, process.stdout, doctest.ELLIPSIS), (
        f"{said}\nThe page has:\n{command.output}"
    )
    return process.stdout


def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    ran = []
    for command in walk(tmp_path):
        if not command.line.startswith(REAL_STORE):
            run(command, tmp_path)
            ran.append(command.line.split()[0])
    assert (ran.count("flake8"), ran.count("python")) == (5, 11)
    assert "shop.label" in (tmp_path / "leaks.html").read_text(encoding="utf-8")


def test_the_real_store_keeps_its_declaration(tmp_path: Path) -> None:
    try:
        start_memcached().stop()
    except ServerUnavailable as missing:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{missing} ({REQUIRED} is set)")
        pytest.skip(str(missing))
    (command,) = [command for command in walk(tmp_path) if command.line.startswith(REAL_STORE)]
    run(command, tmp_path)
    assert "pymemcache" in (tmp_path / "matrix.html").read_text(encoding="utf-8")
