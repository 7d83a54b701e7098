"""The project, packed as its users get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integrations.needs import REQUIRED
from tests.integrations.pages import ROOT

PACKED = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@dataclass(frozen=True)
class Distributions:
    """What was built."""

    wheel: Path
    sdist: Path

    @property
    def directory(self) -> Path:
        """Where both are."""
        return self.wheel.parent


def run(*command: str | Path, directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program and return what it ended with; what pip and git say beside their work is kept short."""
    return subprocess.run(
        list(map(str, command)),
        cwd=directory,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=600,
    )


def succeed(*command: str | Path, directory: Path, **environment: str) -> str:
    """Run a program that must not fail, and return its output."""
    result = run(*command, directory=directory, **environment)
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result.stdout


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where pip reaches no index: what is installed anew has to come from one."""
    scratch = tmp_path_factory.mktemp("index")
    process = run(
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--dest", scratch, "setuptools"),
        directory=scratch,
        PIP_RETRIES="0",
    )
    if process.returncode:
        reason = f"pip reaches no package index: {process.stderr.strip().splitlines()[-1]}"
        if os.environ.get(REQUIRED):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packed of this project: built where it stands, it could take in an older build."""
    copy = tmp_path_factory.mktemp("checkout") / "flake8-mockleak"
    caches = shutil.ignore_patterns("__pycache__", ".*_cache")
    shutil.copytree(ROOT / "flake8_mockleak", copy / "flake8_mockleak", ignore=caches)
    for name in PACKED:
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture(scope="session")
def distributions(index: None, checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """The sdist, and the wheel that is built from it."""
    directory = tmp_path_factory.mktemp("dist")
    succeed(sys.executable, "-m", "build", "--outdir", directory, checkout, directory=directory)
    (wheel,) = directory.glob("*.whl")
    (sdist,) = directory.glob("*.tar.gz")
    return Distributions(wheel, sdist)


@pytest.fixture(scope="session")
def installed(distributions: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the programs of a clean environment in which the wheel is installed, and nothing else."""
    directory = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(directory, with_pip=True)
    programs = directory / ("Scripts" if sys.platform == "win32" else "bin")
    succeed(programs / "python", "-m", "pip", "install", "--quiet", distributions.wheel, directory=directory)
    return programs
