"""The ledgers of the workers of pytest-xdist, on one host and on several."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.runtime.running import PLUGIN, pytest_run, run, write
from tests.runtime.test_pytest_plugin import LEAK

pytest.importorskip("xdist")


def test_several_workers(tmp_path: Path) -> None:
    for name in "abcd":
        write(tmp_path, **{f"test_{name}": LEAK})
    result = pytest_run(tmp_path, "-p", "xdist", "-n2", "--dist=loadfile")
    assert sorted(result.lines) == [(f"test_{name}.py", 6, "MLK101") for name in "abcd"]
    assert result.report["tests"] == 16
    assert sorted(result.report["workers"]) == ["gw0", "gw1"]
    assert pytest_run(tmp_path, "-p", "xdist", "-n2", mode="error").status == 1


def test_crashed_worker_is_named(tmp_path: Path) -> None:
    write(tmp_path, test_a="import os\n\n\ndef test_a():\n    os._exit(3)\n", test_b=LEAK)
    result = pytest_run(tmp_path, "-p", "xdist", "-n2", "--dist=loadfile")
    assert "ended without its ledger" in result.output
    assert result.lines == [("test_b.py", 6, "MLK101")]


def test_several_hosts(tmp_path: Path) -> None:
    """Each worker has a copy of the project in a directory of its own, as xdist gives it to other hosts.

    The ledgers come over the workers' channel, and the paths in them are those of the project.
    """
    project = tmp_path / "project"
    project.mkdir()
    (project / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    for name in "abcd":
        write(project, **{f"test_{name}": LEAK})
    hosts = [tmp_path / "first", tmp_path / "second"]
    for host in hosts:
        host.mkdir()
    result = run(
        tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", "-p", "xdist", "-p", PLUGIN,
        "--mockleak=warn", "--mockleak-report=report.json", "--dist=loadfile",
        *(f"--tx=popen//chdir={host}" for host in hosts), f"--rsyncdir={project}", os.fspath(project),
    )  # fmt: skip
    assert sorted(result.lines) == [(f"test_{name}.py", 6, "MLK101") for name in "abcd"]
    assert sorted(result.report["workers"]) == ["gw0", "gw1"]
    assert {leak["worker"] for leak in result.report["leaks"]} == {"gw0", "gw1"}
    assert {leak["touched_count"] for leak in result.report["leaks"]} == {2}
    assert all((host / "project" / "test_a.py").exists() for host in hosts)


def test_leak_that_several_workers_saw_is_one(tmp_path: Path) -> None:
    conftest = (
        "import os\nfrom unittest import mock\n\nimport pytest\n\n\n@pytest.fixture(autouse=True)\ndef login():\n"
    )
    conftest += "    mock.patch('os.getlogin').start()\n"
    write(tmp_path, conftest=conftest)
    for name in "abcd":
        write(tmp_path, **{f"test_{name}": "def test_a():\n    pass\n"})
    result = pytest_run(tmp_path, "-p", "xdist", "-n2", "--dist=loadfile")
    leak = result.leak("os.getlogin")
    assert (leak["occurrences"], leak["path"], leak["line"]) == (4, "conftest.py", 9)
    assert sorted(leak["worker"].split(", ")) == ["gw0", "gw1"]
