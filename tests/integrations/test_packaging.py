"""The wheel and the sdist: they build, are well formed, and install into an environment that has nothing."""

from __future__ import annotations

import configparser
import email
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from flake8_mockleak import __version__
from tests.command import write
from tests.integrations.conftest import Distributions, run, succeed
from tests.integrations.needs import need

need("build", "twine")

pytestmark = pytest.mark.once

LEAKING = "from unittest import mock\n\n\ndef test_price():\n    mock.patch('shop.rate').start()\n"


def packed(checkout: Path) -> set[str]:
    """Return the files of the package, as a wheel names them."""
    files = (path for path in (checkout / "flake8_mockleak").rglob("*") if path.is_file())
    return {path.relative_to(checkout).as_posix() for path in files}


def test_twine_finds_no_fault(distributions: Distributions) -> None:
    output = succeed(
        *(sys.executable, "-m", "twine", "check", "--strict", distributions.wheel, distributions.sdist),
        directory=distributions.directory,
    )
    assert output.count("PASSED") == 2


def test_both_hold_the_whole_package_and_no_test(distributions: Distributions, checkout: Path) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == packed(checkout)
    with tarfile.open(distributions.sdist) as sdist:
        members = {member.name.partition("/")[2] for member in sdist.getmembers() if member.isfile()}
    assert packed(checkout) <= members
    assert {"LICENSE", "README.md", "pyproject.toml", "setup.cfg"} <= members
    assert not any(name.startswith(("tests/", "docs/")) for name in members)


def test_metadata(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        (name,) = [each for each in wheel.namelist() if each.endswith(".dist-info/METADATA")]
        metadata = email.message_from_bytes(wheel.read(name))
        (points,) = [each for each in wheel.namelist() if each.endswith(".dist-info/entry_points.txt")]
        entry_points = configparser.ConfigParser()
        entry_points.read_string(wheel.read(points).decode())
    assert (metadata["Name"], metadata["Version"], metadata["Requires-Python"]) == (
        "flake8-mockleak",
        __version__,
        ">=3.10",
    )
    assert {"Framework :: Flake8", "Typing :: Typed"} <= set(metadata.get_all("Classifier", []))
    urls = dict(each.split(", ") for each in metadata.get_all("Project-URL", []))
    assert {"Documentation", "Changelog"} <= set(urls)
    assert {"flake8", "mock"} <= {word.strip() for word in metadata["Keywords"].split(",")}
    needed = [each for each in metadata.get_all("Requires-Dist", []) if "extra ==" not in each]
    assert sorted(each.partition(">")[0] for each in needed) == ["astroid", "flake8"]
    assert dict(entry_points["flake8.extension"]) == {"mlk": "flake8_mockleak.plugin:Checker"}


def test_clean_environment_has_the_plugin(installed: Path, tmp_path: Path) -> None:
    output = succeed(installed / "flake8", "--version", directory=tmp_path)
    assert f"flake8-mockleak: {__version__}" in " ".join(output.split())
    assert succeed(installed / "python", "-m", "flake8_mockleak", "--version", directory=tmp_path) == (
        f"flake8-mockleak {__version__}\n"
    )
    assert "no broken requirements" in succeed(installed / "python", "-m", "pip", "check", directory=tmp_path).lower()


def test_clean_environment_can_do_it_all(installed: Path, tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": LEAKING})
    result = run(installed / "flake8", "test_price.py", directory=tmp_path)
    assert (result.returncode, result.stdout.split()[1]) == (1, "MLK101")
    module = [installed / "python", "-m", "flake8_mockleak"]
    assert "MLK101" in succeed(*module, "rules", directory=tmp_path)
    assert "GOOD" in succeed(*module, "explain", "MLK101", directory=tmp_path).upper()
    assert "1 finding" in succeed(*module, "baseline", "test_price.py", directory=tmp_path)
    assert "no class" in succeed(*module, "doctor", "test_price.py", directory=tmp_path)
    assert succeed(installed / "flake8", "--mockleak-baseline=mockleak-baseline.jsonl", directory=tmp_path) == ""
    code = "from importlib.resources import files; print((files('flake8_mockleak') / 'data/problem-matcher.json')"
    code += ".read_text())"
    assert "problemMatcher" in json.loads(succeed(installed / "python", "-c", code, directory=tmp_path))
