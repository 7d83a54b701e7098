"""tox and pre-commit, with what the documentation shows."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flake8_mockleak import __version__
from tests.command import write
from tests.integrations.conftest import Distributions, run, succeed
from tests.integrations.needs import need
from tests.integrations.pages import ROOT, block

need("build", "pre_commit", "tox", "yaml")

import yaml  # noqa: E402

pytestmark = pytest.mark.once

LEAKING = "from unittest import mock\n\n\ndef test_price():\n    mock.patch('shop.rate').start()\n"
CLEAN = LEAKING.replace("    mock.patch('shop.rate').start()\n", "    with mock.patch('shop.rate'):\n        pass\n")


def places(output: str) -> list[list[str]]:
    """Return the places and codes of what is reported of ours."""
    return [line.split()[:2] for line in output.splitlines() if re.search(r": MLK\d{3} ", line)]


# tox.


def test_section_for_tox(distributions: Distributions, tmp_path: Path) -> None:
    """Real tox, which gets the extension from the wheel that was just built."""
    text = block("tox.md", "lint")
    parser = configparser.ConfigParser()
    parser.read_string(text)
    assert parser["testenv:lint"]["commands"] == "flake8 {posargs:tests}"
    project = {"tox.ini": text, "test-requirements.txt": "testtools\n", "tests/test_price.py": LEAKING}
    write(tmp_path, {**project, "setup.py": "from setuptools import setup\nsetup(name='shop', py_modules=['shop'])\n"})
    write(tmp_path, {"shop.py": "rate = 2\n"})
    tox = [sys.executable, "-m", "tox", "run", "--quiet", "-e", "lint"]
    links = str(distributions.directory)
    result = run(*tox, directory=tmp_path, PIP_FIND_LINKS=links)
    assert result.returncode != 0
    assert places(result.stdout) == [["tests/test_price.py:5:5:", "MLK101"]]
    write(tmp_path, {"tests/test_price.py": CLEAN})
    result = run(*tox, directory=tmp_path, PIP_FIND_LINKS=links)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"flake8-mockleak: {__version__}" in " ".join(
        succeed(next((tmp_path / ".tox/lint").glob("*/flake8")), "--version", directory=tmp_path).split()
    )


# pre-commit.


@pytest.fixture(scope="module")
def git() -> Callable[..., str]:
    """Git with an author and without the configuration of this machine."""
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    who = {f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def call(*arguments: str, directory: Path) -> str:
        return succeed("git", *arguments, directory=directory, **who, **alone).strip()

    return call


@pytest.fixture(scope="module")
def repository(checkout: Path, git: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as a repository that hooks can be taken from."""
    copy = tmp_path_factory.mktemp("repository") / "flake8-mockleak"
    shutil.copytree(checkout, copy, ignore=shutil.ignore_patterns("*.egg-info", "build"))
    git("init", "--quiet", directory=copy)
    git("add", "--all", directory=copy)
    git("commit", "--quiet", "--message", "all", directory=copy)
    git("tag", f"v{__version__}", directory=copy)
    return copy


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where pre-commit keeps its environments: one for the tests of this module."""
    return str(tmp_path_factory.mktemp("pre-commit"))


def pre_commit(config: Any, repository: Path, directory: Path, home: str, git: Callable[..., str]) -> tuple[int, str]:
    """Run the hooks of a configuration over all files of a new repository in a directory."""
    config["repos"][0]["repo"] = str(repository)
    write(directory, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    git("init", "--quiet", directory=directory)
    git("add", "--all", directory=directory)
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never"]
    result = run(*command, directory=directory, PRE_COMMIT_HOME=home, GIT_CONFIG_GLOBAL=os.devnull)
    return result.returncode, result.stdout + result.stderr


def config(*hook: str) -> Any:
    """Return the configuration that the documentation shows, or with another of its hooks in it."""
    loaded = yaml.safe_load(block("pre-commit.md", "config"))
    for marker in hook:
        loaded["repos"][0]["hooks"] = yaml.safe_load(block("pre-commit.md", marker))
    return loaded


def test_hook_of_pre_commit(index: None, repository: Path, home: str, git: Callable[..., str], tmp_path: Path) -> None:
    write(tmp_path, {"tests/test_price.py": LEAKING, "README.md": "mock.patch('shop.rate').start()\n"})
    status, output = pre_commit(config(), repository, tmp_path, home, git)
    assert status == 1, output
    assert "flake8-mockleak" in output and "Failed" in output
    assert places(output) == [["tests/test_price.py:5:5:", "MLK101"]]
    write(tmp_path, {"tests/test_price.py": CLEAN})
    status, output = pre_commit(config(), repository, tmp_path, home, git)
    assert (status, "Passed" in output) == (0, True), output


BELOW_A_LIBRARY = """\
from unittest import mock

from fixtures.testcase import TestWithFixtures


class TestPrice(TestWithFixtures):
    def test_price(self):
        mock.patch("shop.rate").start()
"""

STOPPED_IN_TEARDOWN = """\
import unittest
from unittest import mock


class TestPrice(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch("shop.rate")
        self.patcher.start()

    def test_price(self):
        pass

    def tearDown(self):
        self.patcher.stop()
"""


def test_dependencies_of_the_hook(
    index: None, repository: Path, home: str, git: Callable[..., str], tmp_path: Path
) -> None:
    """A base class of a library is read where the library is, and the linter is silent where it is not."""
    write(tmp_path, {"tests/test_price.py": BELOW_A_LIBRARY})
    status, output = pre_commit(config(), repository, tmp_path, home, git)
    assert status == 0, output
    status, output = pre_commit(config("dependencies"), repository, tmp_path, home, git)
    assert (status, places(output)) == (1, [["tests/test_price.py:8:9:", "MLK101"]]), output


def test_arguments_of_the_hook(
    index: None, repository: Path, home: str, git: Callable[..., str], tmp_path: Path
) -> None:
    write(tmp_path, {"tests/test_price.py": STOPPED_IN_TEARDOWN})
    status, output = pre_commit(config(), repository, tmp_path, home, git)
    assert (status, places(output)) == (1, [["tests/test_price.py:8:9:", "MLK103"]]), output
    status, output = pre_commit(config("arguments"), repository, tmp_path, home, git)
    assert status == 0, output


def test_hook_is_declared_for_what_it_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["language"], hook["types"]) == ("flake8-mockleak", "python", ["python"])
    assert hook["require_serial"] is True  # flake8 shares the work itself
    assert config()["repos"][0]["rev"] == f"v{__version__}"
