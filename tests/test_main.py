"""``python -m flake8_mockleak``, run as a user runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_mockleak import __main__ as command_line
from flake8_mockleak import __version__
from flake8_mockleak.rules import all_rules
from flake8_mockleak.rules.rule import Rule

RULES = all_rules()
COMMAND = [sys.executable, "-m", "flake8_mockleak"]
README = Path(__file__).parent.parent / "README.md"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60)


def test_rules_are_listed_in_order_with_name_default_and_summary() -> None:
    result = run("rules")
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(rule.code for rule in RULES)
    for line, rule in zip(lines, RULES, strict=True):
        assert line.split()[1] == ("on" if rule.default else "off")
        assert line.endswith(f"{rule.name}: {rule.summary}")


def test_markdown_table_has_a_row_of_four_cells_for_each_rule() -> None:
    result = run("rules", "--format", "markdown")
    assert result.returncode == 0
    header, separator, *rows = result.stdout.splitlines()
    assert header.startswith("| code | name | default |")
    assert set(separator) == set("| -")
    assert len(rows) == len(RULES)
    for row, rule in zip(rows, RULES, strict=True):
        code, name, *_ = cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        assert (code, name, len(cells)) == (rule.code, rule.name, 4)


def test_readme_shows_the_table_of_the_rules() -> None:
    shown = re.search(r"<!-- rules -->\n(.*)<!-- /rules -->", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown, "the README has lost its two markers"
    made = run("rules", "--format", "markdown").stdout
    assert shown[1].strip() == made.strip(), "paste `python -m flake8_mockleak rules --format markdown` into the README"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_explain_tells_all_there_is(rule: Rule) -> None:
    result = run("explain", rule.code)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{rule.code} {rule.name} (since {rule.since})\n")
    assert rule.summary in result.stdout
    assert rule.why.strip() in result.stdout
    for line in (rule.bad + rule.good).splitlines():
        assert line in result.stdout
    assert (f"--extend-select={rule.code}" in result.stdout) == (not rule.default)


@pytest.mark.parametrize("query", ["MLK101", "mlk101", "patch-never-stopped", "Patch-Never-Stopped"])
def test_explain_takes_a_code_or_a_name_in_any_case(query: str) -> None:
    assert run("explain", query).stdout == run("explain", "MLK101").stdout != ""


def test_explain_takes_several_codes() -> None:
    result = run("explain", "MLK102", "MLK101")
    assert re.findall(r"^(MLK\d+) .* \(since", result.stdout, re.MULTILINE) == ["MLK102", "MLK101"]


@pytest.mark.parametrize(
    ("query", "near"),
    [("MLK1O1", "MLK101 (patch-never-stopped)"), ("patch-never-stoped", "MLK101 (patch-never-stopped)")],
)
def test_unknown_code_is_an_error_that_names_the_nearest(query: str, near: str) -> None:
    result = run("explain", "MLK101", query)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"no rule has the code or the name {query!r}; did you mean " in result.stderr
    assert near in result.stderr
    assert "Traceback" not in result.stderr


def test_unknown_code_with_nothing_near_points_to_the_list() -> None:
    result = run("explain", "%%%")
    assert result.returncode == 2
    assert "'python -m flake8_mockleak rules' lists them all" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["explain"], ["rules", "--format", "html"], ["rule"]])
def test_wrong_usage_is_told_apart_from_success(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert result.stderr.startswith("usage: python -m flake8_mockleak")


def test_version() -> None:
    assert run("--version").stdout == f"flake8-mockleak {__version__}\n"


def test_closed_pipe_is_no_traceback() -> None:
    with subprocess.Popen([*COMMAND, "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


# Help.

COMMANDS = ["rules", "explain", "baseline", "doctor"]


def test_help_lists_the_commands() -> None:
    result = run("--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert re.findall(r"^    (\w+) +\S", result.stdout, re.MULTILINE) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_tells_its_exit_codes_and_fits_a_terminal(command: str) -> None:
    result = subprocess.run(
        [*COMMAND, command, "--help"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert (result.returncode, result.stderr) == (0, "")
    told = result.stdout.partition("exit codes:\n")[2]
    assert re.findall(r"^  (\d)  \S", told, re.MULTILINE) == ["0", "1", "2"]
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_in_the_help_are_ones_that_can_be_run(command: str) -> None:
    """Those that the descriptions show are parsed by the very parser."""
    shown = re.findall(r"^    python -m flake8_mockleak (.*?)(?:  .*)?$", run(command, "--help").stdout, re.MULTILINE)
    assert shown or command == "rules"
    for line in shown:
        assert command_line._parser().parse_args(line.split()).command == command
