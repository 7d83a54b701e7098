"""GitHub Actions: the problem matcher, the formatters that people use, and the workflow of the documentation."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from flake8_mockleak.rules import OFF_BY_DEFAULT
from tests.command import Report, flake8
from tests.integrations.needs import need
from tests.integrations.pages import ROOT, block

need("yaml", "flake8_github_annotations", "flake8_sarif_formatter")

import flake8_sarif_formatter  # noqa: E402
import yaml  # noqa: E402

pytestmark = pytest.mark.once

PATTERN = json.loads((files("flake8_mockleak") / "data/problem-matcher.json").read_text(encoding="utf-8"))
(MATCHER,) = PATTERN["problemMatcher"]
(LINE,) = MATCHER["pattern"]


@pytest.fixture
def leaky(tmp_path: Path) -> Path:
    """A directory in which ``tests`` is the leaky example."""
    shutil.copytree(ROOT / "examples" / "leaky", tmp_path / "tests")
    return tmp_path


def matched(output: str) -> list[Report]:
    """Return what the runner makes of some output, line by line."""
    found = []
    for line in output.splitlines():
        match = re.search(LINE["regexp"], line)
        if match:
            path, code, message = (match[LINE[name]] for name in ("file", "code", "message"))
            found.append(Report(path, int(match[LINE["line"]]), int(match[LINE["column"]]), code, message))
    return found


def shell(script: str, directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the runner does, with this environment's Python first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=directory,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


# The problem matcher.


def test_matcher_has_what_the_runner_asks_for() -> None:
    assert (MATCHER["owner"], MATCHER["severity"]) == ("flake8-mockleak", "warning")
    assert set(LINE) == {"regexp", "file", "line", "column", "code", "message"}
    groups = sorted(value for name, value in LINE.items() if name != "regexp")
    assert groups == list(range(1, re.compile(LINE["regexp"]).groups + 1))


def test_matcher_takes_the_plain_output_of_flake8(leaky: Path) -> None:
    result = flake8("tests", "--max-line-length=79", directory=leaky)
    ours = [report for report in result.reports if report.code.startswith("MLK")]
    assert len(ours) == 5 and len(result.reports) > 5
    assert matched(result.output) == ours


def test_matcher_takes_the_lines_of_the_detector(leaky: Path) -> None:
    result = shell("python -m pytest --mockleak=warn -p no:cacheprovider tests", leaky)
    found = matched(result.stdout)
    assert [(report.path, report.code) for report in found] == [
        ("tests/test_shop.py", "MLK101"),
        ("tests/test_shop.py", "MLK201"),
        ("tests/test_shop.py", "MLK201"),
        ("tests/test_shop.py", "MLK203"),
    ]
    source = (leaky / "tests/test_shop.py").read_text(encoding="utf-8").splitlines()
    for report in found:
        assert not source[report.line - 1][: report.column - 1].strip()
        assert "still in place after" in report.message


def test_matcher_leaves_other_lines_alone() -> None:
    lines = [
        "tests/a.py:1:1: E501 line too long",
        "?:0:1: MLK101 patch",
        "MLK101 3",
        "touched x (a.py:14) while it leaked:",
    ]
    assert matched("\n".join(lines)) == []
    assert matched(r"C:\a b\c.py:3:4: MLK101 x: 3:4: y")[0] == Report(r"C:\a b\c.py", 3, 4, "MLK101", "x: 3:4: y")


@pytest.mark.skipif(
    shutil.which("node") is None, reason="Node.js is not here: the runner reads the pattern as JavaScript"
)
def test_matcher_is_the_same_in_javascript(leaky: Path) -> None:
    output = flake8("tests", directory=leaky).output + "?:0:1: MLK101 patch\ntests/a.py:1:1: E501 line too long\n"
    program = (
        "const lines = require('fs').readFileSync(0, 'utf8').split('\\n');"
        "console.log(JSON.stringify(lines.map(line => new RegExp(process.argv[1]).exec(line)).filter(Boolean)))"
    )
    process = subprocess.run(
        ["node", "-e", program, LINE["regexp"]], input=output, capture_output=True, text=True, check=True, timeout=60
    )
    groups = [tuple(each[1:]) for each in json.loads(process.stdout)]
    assert groups == [
        (each.path, str(each.line), str(each.column), each.code, each.message) for each in matched(output)
    ]
    assert len(groups) == 5


def test_command_that_adds_the_matcher(leaky: Path) -> None:
    result = shell(block("github-actions.md", "add-matcher"), leaky)
    command, _, path = result.stdout.strip().rpartition("::")
    assert (result.returncode, result.stderr, command) == (0, "", "::add-matcher")
    assert json.loads(Path(path).read_text(encoding="utf-8")) == PATTERN


# Formatters.


def test_github_annotations(leaky: Path) -> None:
    plain = flake8("--select=MLK", "tests", directory=leaky).reports
    result = flake8("--select=MLK", "--format=github", "tests", directory=leaky)
    assert (result.status, result.errors) == (1, "")
    expected = [
        f"::error file={each.path},line={each.line},col={each.column},title={each.code}::{each.message}"
        for each in plain
    ]
    assert result.output.splitlines() == expected


def test_sarif(leaky: Path, tmp_path: Path) -> None:
    """The formatter as it is, beside the file that it falls back to without a network and does not bring along."""
    assert flake8_sarif_formatter.__path__
    package = tmp_path / "path" / "flake8_sarif_formatter"
    shutil.copytree(next(iter(flake8_sarif_formatter.__path__)), package)
    (package / "data").mkdir(exist_ok=True)
    (package / "data" / "rules.json").write_text("[]", encoding="utf-8")
    environment = {"PYTHONPATH": str(package.parent), "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
    plain = flake8("--select=MLK", "tests", directory=leaky).reports
    result = flake8("--select=MLK", "--format=sarif", "tests", directory=leaky, environment=environment)
    assert (result.status, result.errors) == (1, "")
    (run,) = json.loads(result.output)["runs"]
    found = []
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        region = place["region"]
        path = Path(place["artifactLocation"]["uri"].removeprefix("file://")).relative_to(leaky.resolve())
        code = each["ruleId"].removeprefix("flake8/")
        found.append(Report(str(path), region["startLine"], region["startColumn"], code, each["message"]["text"]))
    assert found == plain
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {f"flake8/{each.code}" for each in plain}


# The workflow.


def workflow() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(block("github-actions.md", "workflow"))
    return loaded


def steps(job: str) -> dict[str, str]:
    """Return the scripts of a job by their names, with the inputs' defaults put in."""
    loaded = workflow()
    inputs = loaded[True]["workflow_call"]["inputs"]  # YAML 1.1 takes `on` for a truth value; GitHub does not

    def default(match: re.Match[str]) -> str:
        return str(inputs[match[1]]["default"])

    listed = loaded["jobs"][job]["steps"]
    return {
        step["name"]: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", default, step["run"]) for step in listed if "run" in step
    }


def test_workflow_is_one_that_github_takes() -> None:
    loaded = workflow()
    assert list(loaded) == ["name", True, "permissions", "jobs"]
    for name, each in loaded[True]["workflow_call"]["inputs"].items():
        assert each["type"] == "string" and isinstance(each["default"], str), name
    for job in loaded["jobs"].values():
        assert job["runs-on"] == "ubuntu-latest"
        assert [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step] == [
            "actions/checkout",
            "actions/setup-python",
        ]
    used = set(re.findall(r"\$\{\{ *(.*?) *\}\}", block("github-actions.md", "workflow")))
    assert used == {f"inputs.{name}" for name in loaded[True]["workflow_call"]["inputs"]}


def test_caller_calls_the_workflow_with_inputs_that_it_has() -> None:
    (job,) = yaml.safe_load(block("github-actions.md", "caller"))["jobs"].values()
    assert job["uses"].startswith("./.github/workflows/")
    assert set(job["with"]) <= set(workflow()[True]["workflow_call"]["inputs"])


def test_steps_of_the_linter(leaky: Path) -> None:
    scripts = steps("linter")
    assert list(scripts) == ["Install", "Show findings beside their lines", "Lint"]
    assert shell(scripts["Show findings beside their lines"], leaky).stdout.startswith("::add-matcher::")
    result = shell(scripts["Lint"], leaky)
    assert (result.returncode, result.stderr, len(matched(result.stdout))) == (1, "", 5)


def test_lint_step_ignores_what_is_off_by_default() -> None:
    ignored = re.search(r"--extend-ignore=(\S+)", steps("linter")["Lint"])
    assert ignored and ignored[1].split(",") == sorted(OFF_BY_DEFAULT)


def test_steps_of_the_detector(leaky: Path) -> None:
    scripts = steps("detector")
    assert list(scripts) == ["Install", "Show leaks beside their lines", "Test"]
    result = shell(scripts["Test"], leaky)
    assert result.returncode == 1  # the innocent tests of the example fail
    assert len(matched(result.stdout)) == 4
