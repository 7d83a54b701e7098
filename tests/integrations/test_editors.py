"""Editors: a language server with unsaved buffers, and the commands that other editors run."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_mockleak.rules import OFF_BY_DEFAULT
from tests.command import write
from tests.integrations.needs import need
from tests.integrations.pages import PAGES, block

need("pylsp", "pylsp_jsonrpc")

from tests.integrations.language_server import Diagnostic, Editor  # noqa: E402

pytestmark = pytest.mark.once

CLEAN = """\
import unittest
from unittest import mock


class TestPrice(unittest.TestCase):
    def setUp(self):
        self.rate_patch = mock.patch("shop.rate")
        self.addCleanup(self.rate_patch.stop)
        self.rate = self.rate_patch.start()

    def test_price(self):
        self.rate.assert_not_called()
"""
LEAKING = CLEAN.replace("        self.addCleanup(self.rate_patch.stop)\n", "")

# Where a typist may stop for a moment.
HALF_TYPED = [
    LEAKING.replace('mock.patch("shop.rate")', "mock.patch("),
    LEAKING.replace('mock.patch("shop.rate")', 'mock.patch("sho'),
    LEAKING.replace('mock.patch("shop.rate")', '"""'),
    LEAKING.replace("self.rate_patch.start()", "self.rate_patch."),
    LEAKING.replace("    def test_price(self):\n", "    def test_\n"),
    LEAKING.replace("    def setUp(self):\n", "    def setUp(self\n"),
    LEAKING[: LEAKING.index("self.rate =")] + "self.rate = ",
    LEAKING[: LEAKING.index("class")] + "class",
    LEAKING.replace("        self.rate_patch =", "      self.rate_patch ="),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", {"setup.cfg": "[flake8]\nselect = MLK,E9\n", "tests/test_price.py": CLEAN})


@pytest.fixture
def editor(project: Path, tmp_path: Path) -> Iterator[Editor]:
    """The project's test file in an editor. The server must not complain."""
    log = tmp_path / "server.log"
    with log.open("wb") as errors, Editor(project / "tests/test_price.py", project, errors) as opened:
        yield opened
    assert log.read_text(encoding="utf-8") == ""


def codes(diagnostics: list[Diagnostic]) -> list[str]:
    return [each["code"] for each in diagnostics]


# python-lsp-server.


def test_unsaved_buffer_has_its_diagnostics_until_it_is_mended(editor: Editor) -> None:
    (found,) = editor.open(LEAKING)
    line = LEAKING.splitlines()[7]
    assert line[found["range"]["start"]["character"] :] == "self.rate_patch.start()"
    assert found["range"]["start"]["line"] == found["range"]["end"]["line"] == 7
    assert (found["source"], found["code"]) == ("flake8", "MLK101")
    assert found["message"] == (
        "MLK101 patch of 'shop.rate' is started but never stopped; add self.addCleanup(self.rate_patch.stop)"
    )
    assert editor.change(CLEAN) == []
    assert codes(editor.change(LEAKING)) == ["MLK101"]


def test_diagnostic_moves_with_its_line(editor: Editor) -> None:
    assert editor.open(CLEAN) == []
    (found,) = editor.change(f"# One more line,\n# and another.\n{LEAKING}")
    assert found["range"]["start"]["line"] == 9


def test_half_typed_buffer_is_a_syntax_error_and_nothing_breaks(editor: Editor) -> None:
    assert codes(editor.open(LEAKING)) == ["MLK101"]
    for text in HALF_TYPED:
        assert {code[:2] for code in codes(editor.change(text))} == {"E9"}, text
    assert codes(editor.change(LEAKING)) == ["MLK101"]


def test_base_class_of_another_file_is_read_from_the_disk(editor: Editor, project: Path) -> None:
    base = "import unittest\nfrom unittest import mock\n\n\nclass Base(unittest.TestCase):\n    def setUp(self):\n"
    write(project, {"tests/base.py": f"{base}        self.addCleanup(mock.patch.stopall)\n"})
    below = LEAKING.replace("unittest.TestCase", "Base").replace("import unittest\n", "", 1)
    below = below.replace("mock\n", "mock\n\nfrom base import Base\n", 1)
    assert codes(editor.open(below)) == ["MLK101"]  # its set-up does not call that of the base
    assert editor.change(below.replace("def setUp(self):\n", "def setUp(self):\n        super().setUp()\n")) == []


def test_baseline_hides_in_the_editor_too(editor: Editor, project: Path) -> None:
    write(project, {"setup.cfg": "[flake8]\nselect = MLK,E9\nmockleak-baseline = known.jsonl\n"})
    entry = '{"path": "tests/test_price.py", "code": "MLK101", "scope": "TestPrice.setUp", '
    entry += '"source": "self.rate = self.rate_patch.start()", "count": 1}'
    write(project, {"known.jsonl": f'{{"flake8-mockleak baseline": 1}}\n{entry}\n'})
    assert editor.open(LEAKING) == []
    assert codes(editor.change(CLEAN)) == ["MLK901"]


def test_settings_of_the_documentation_switch_flake8_on() -> None:
    plugins = json.loads(block("language-server.md", "settings"))["pylsp"]["plugins"]
    assert {name for name, each in plugins.items() if each["enabled"]} == {"flake8"}


# The commands that other editors run, as the documentation shows them, and how these read the lines.

PLAIN = r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<code>\w+) (?P<message>.*)"

COMMANDS = {
    "VS Code": (
        "vscode.md",
        "command",
        r"(?P<line>\d+),(?P<column>-?\d+),(?P<type>\w+),(?P<code>\w+\d+):(?P<message>[^\r\n]*)",
    ),
    "ALE": ("vim.md", "ale", PLAIN),
    "nvim-lint": ("vim.md", "nvim-lint", r"[^:]+:(?P<line>\d+):(?P<column>\d+):(?P<code>\w+):(?P<message>.+)"),
    "Flymake": ("emacs.md", "flymake", r".+?:(?P<line>[0-9]+):(?P<column>[0-9]+): (?P<code>\w+) (?P<message>.*)"),
}


def shell(command: str, directory: Path, buffer: str = "") -> str:
    """Run a command with this environment's programs first on the path, and return what it prints."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path}
    process = subprocess.run(
        ["bash", "-c", command],
        cwd=directory,
        env=environment,
        input=buffer,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert process.stderr == ""
    return process.stdout


def checked(editor: str, directory: Path, buffer: str) -> list[dict[str, str]]:
    """Return what an editor makes of the output of its command for a buffer."""
    page, marker, pattern = COMMANDS[editor]
    found = []
    for line in shell(block(page, marker), directory, buffer).splitlines():
        match = re.fullmatch(pattern, line)
        assert match, line
        found.append(match.groupdict())
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_command_of_an_editor(project: Path, name: str) -> None:
    (found,) = checked(name, project, LEAKING)
    assert (found["line"], found["column"], found["code"]) == ("8", "21", "MLK101")
    assert found["message"].startswith("patch of 'shop.rate' is started but never stopped; add self.addCleanup(")
    assert checked(name, project, CLEAN) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_command_of_an_editor_on_a_half_typed_buffer(project: Path, name: str) -> None:
    for text in HALF_TYPED:
        found = checked(name, project, text)
        assert found and all(each["code"].startswith("E9") for each in found), text


def test_settings_for_vscode() -> None:
    settings = json.loads(block("vscode.md", "settings"))
    assert settings["flake8.importStrategy"] == "fromEnvironment"
    assert "M" in settings["flake8.severity"]
    _, ignored = json.loads(block("vscode.md", "only"))["flake8.args"]
    assert ignored == f"--extend-ignore={','.join(sorted(OFF_BY_DEFAULT))}"


def test_external_tool_of_pycharm(project: Path) -> None:
    """Its command on the file, and the output filter that makes links of the lines."""
    page = (PAGES / "pycharm.md").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^\| ([\w ,]+) \| `(.*)` \|$", page, re.MULTILINE))
    path = project / "tests/test_price.py"
    write(project, {"tests/test_price.py": LEAKING})
    values = {"$PyInterpreterDirectory$": str(Path(sys.executable).parent), "$FilePath$": str(path)}
    command = f"{fields['Program']} {fields['Arguments']}"
    for macro, value in values.items():
        command = command.replace(macro, value)
    assert fields["Working directory"] == "$ProjectFileDir$"
    (line,) = shell(command, project).splitlines()
    pattern = fields["Advanced options, Output filters"]
    for macro, group in {"$FILE_PATH$": "(.+)", "$LINE$": r"(\d+)", "$COLUMN$": r"(\d+)"}.items():
        pattern = pattern.replace(macro, group)
    match = re.fullmatch(pattern, line)
    assert match and match.groups() == (str(path), "8", "21")


@pytest.mark.skipif(shutil.which("vim") is None, reason="Vim is not here")
def test_make_of_vim(project: Path, tmp_path: Path) -> None:
    """Real Vim, without anybody's configuration: the quickfix list after ``:make``."""
    write(project, {"tests/test_price.py": LEAKING})
    (tmp_path / "vimrc").write_text(f"filetype on\n{block('vim.md', 'make')}", encoding="utf-8")
    listed = 'map(getqflist(), \'bufname(v:val.bufnr) . ":" . v:val.lnum . ":" . v:val.col . ":" . v:val.text\')'
    commands = ["silent make", f"call writefile({listed}, '{tmp_path / 'found'}')", "qa!"]
    arguments = " ".join(f"-c {shlex.quote(each)}" for each in commands)
    shell(f"vim -N -es -u {tmp_path / 'vimrc'} {arguments} tests/test_price.py < /dev/null || true", project)
    (found,) = (tmp_path / "found").read_text(encoding="utf-8").splitlines()
    assert found.startswith("tests/test_price.py:8:21:MLK101 patch of 'shop.rate' is started but never stopped")
