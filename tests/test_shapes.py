"""Every way to acquire against every way to release, rightly and wrongly: run, and judged by the linter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checking import check, codes
from tests.linting import default_codes
from tests.shapes import ACQUIRED, RIGHT, SHOP, WRONG, files

# Tells of each file whether it has left anything in place, and puts everything back for the next.
CONFTEST = """\
import json
import sys
import time

import pytest
import shop

KEPT = {"rate": shop.rate, "tax": shop.tax}
TOTAL, SLEEP = shop.Cart.total, time.sleep
FOUND = {}


def is_changed():
    return (
        any(getattr(shop, name) is not value for name, value in KEPT.items())
        or shop.Cart.total is not TOTAL
        or time.sleep is not SLEEP
        or shop.TABLE != {"a": 1}
        or shop.HANDLERS != []
        or "shop.x" in sys.modules
    )


@pytest.fixture(scope="module", autouse=True)
def left_in_place(request):
    yield
    FOUND[request.path.name] = is_changed()
    for name, value in KEPT.items():
        setattr(shop, name, value)
    shop.Cart.total, time.sleep, shop.TABLE["a"], shop.HANDLERS[:] = TOTAL, SLEEP, 1, []
    sys.modules.pop("shop.x", None)
    from unittest import mock

    mock._patch._active_patches.clear()  # what is forgotten here, no stopall of the next file is to find


def pytest_sessionfinish():
    with open("found.json", "w") as file:
        json.dump(FOUND, file)
"""


def findings(tmp_path: Path, source: str) -> list[str]:
    """Return the codes of the leak rules that are on by default."""
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    found = codes(check(tmp_path / "test_shop.py", source))
    return [code for code in found if code.startswith(("MLK1", "MLK2")) and code in default_codes()]


@pytest.mark.parametrize("release", WRONG)
def test_wrong_release_is_found(release: str, tmp_path: Path) -> None:
    assert [name for name, source in files(WRONG[release]) if not findings(tmp_path, source)] == []


@pytest.mark.parametrize("release", RIGHT)
def test_right_release_is_not_flagged(release: str, tmp_path: Path) -> None:
    found = {name: findings(tmp_path, source) for name, source in files(RIGHT[release])}
    assert found == dict.fromkeys(ACQUIRED, [])


def test_files_do_what_they_say(tmp_path: Path) -> None:
    """Each is run by pytest, with its tests failing: the wrong ones leave something in place, the others nothing."""
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    expected = {}
    for leaks, templates in ((True, WRONG), (False, RIGHT)):
        for release, template in templates.items():
            for name, source in files(template):
                path = tmp_path / f"test_{len(expected)}.py"
                path.write_text(f"# {name}, {release}\n{source}", encoding="utf-8")
                expected[path.name] = leaks
    options = ["-q", "-p", "no:cacheprovider", "--tb=no", "-c", os.devnull, "--rootdir=."]
    command = [sys.executable, "-m", "pytest", *options]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    process = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert (process.returncode, process.stderr) == (1, ""), process.stdout[-2000:]
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    wrong = {name for name, leaks in expected.items() if found.get(name) is not leaks}
    assert sorted((tmp_path / name).read_text(encoding="utf-8").partition("\n")[0] for name in wrong) == []
