"""The extension inside flake8: codes, configuration, standard input, and where flake8 is started from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_mockleak import __version__
from tests.command import NEVER_STOPPED, Report, Result, flake8, write

STOPPED_IN_TEARDOWN = f"""\
{NEVER_STOPPED}
    def tearDown(self):
        self.rate_patch.stop()
"""

ENVIRONMENT_CHANGED = """\
import os


def test_pager():
    os.environ["PAGER"] = "most"
    assert os.environ["PAGER"] == "most"
"""

# In an application it is meant to stay; in a test it is a leak.
HOOK_SET = """\
import shop
from shop.compat import MiddlewareMixin


class Middleware(MiddlewareMixin):
    def __init__(self, get_response=None):
        super().__init__(get_response)

        def hook(request, data):
            data["url"] = request.path

        shop.HOOK = hook
        self.patch(shop.debug)  # a monkeypatch
"""

# No finding in the file itself: the base class in the other file decides.
BELOW_A_BASE = """\
from unittest import mock

from {base} import PatchingTestCase


class TestPrice(PatchingTestCase):
    def setUp(self):
        super().setUp()
        self.rate = mock.patch("shop.rate").start()

    def test_price(self):
        self.rate.assert_not_called()
"""

STOPPING_BASE = """\
import unittest
from unittest import mock


class PatchingTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
"""

LEAKING_BASE = """\
import unittest


class PatchingTestCase(unittest.TestCase):
    pass
"""


def lint(directory: Path, *arguments: str, **files: str) -> list[str]:
    """Write ``test_<name>.py`` for each file and return the codes that flake8 reports for them."""
    write(directory, {f"test_{name}.py": content for name, content in files.items()})
    return flake8("--select=MLK", *arguments, *(f"test_{name}.py" for name in files), directory=directory).leaks


# What flake8 tells about the extension.


def test_version_lists_the_extension(tmp_path: Path) -> None:
    result = flake8("--version", directory=tmp_path)
    assert result.status == 0
    assert f"flake8-mockleak: {__version__}" in " ".join(result.output.split())


def test_help_describes_the_options(tmp_path: Path) -> None:
    text = " ".join(flake8("--help", directory=tmp_path).output.split())
    assert "--mockleak-safe-bases NAMES" in text
    assert "test base classes that undo every started patch" in text
    assert "--mockleak-cleanup-methods NAMES" in text
    assert "methods that register a function to be called when the test ends" in text
    assert "--mockleak-patch-functions NAMES" in text
    assert "own functions that return a patcher" in text


def test_finding_stands_on_the_line_and_column_of_the_acquisition(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": NEVER_STOPPED})
    (report,) = flake8("test_price.py", directory=tmp_path).reports
    message = "patch of 'shop.rate' is started but never stopped; add self.addCleanup(self.rate_patch.stop)"
    assert report == Report("test_price.py", 8, 21, "MLK101", message)


def test_wrong_release_stands_on_the_line_and_column_of_the_release(tmp_path: Path) -> None:
    source = NEVER_STOPPED.replace(".start()\n", ".start()\n        self.addCleanup(self.rate_patch.stop())\n")
    write(tmp_path, {"test_price.py": source})
    (report,) = flake8("test_price.py", directory=tmp_path).reports
    line = source.splitlines()[report.line - 1]
    assert (report.code, line[report.column - 1 :]) == ("MLK104", "self.rate_patch.stop())")


def test_column_counts_characters_as_the_editor_does(tmp_path: Path) -> None:
    source = NEVER_STOPPED.replace("self.rate = self", 'self.größe, self.rate = "äöü€😀", self')
    write(tmp_path, {"test_price.py": source})
    (report,) = flake8("--select=MLK", "test_price.py", directory=tmp_path).reports
    assert source.splitlines()[report.line - 1][report.column - 1 :] == "self.rate_patch.start()"


# Choosing codes.


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["MLK101"]),
        (["--extend-select=MLK103"], ["MLK101", "MLK103"]),
        (["--extend-select=MLK103,MLK206"], ["MLK101", "MLK103", "MLK206"]),
        (["--extend-select=MLK206"], ["MLK101", "MLK206"]),
        (["--extend-ignore=MLK101"], []),
        (["--extend-ignore=MLK1", "--extend-select=MLK206"], ["MLK206"]),
        (["--select=MLK"], ["MLK101", "MLK103", "MLK206"]),
        (["--select=MLK2"], ["MLK206"]),
        (["--select=MLK1", "--ignore=MLK103"], ["MLK101"]),
        (["--select=F"], []),
    ],
    ids=" ".join,
)
def test_codes_are_selected(tmp_path: Path, arguments: list[str], expected: list[str]) -> None:
    files = {"a": NEVER_STOPPED, "b": STOPPED_IN_TEARDOWN, "c": ENVIRONMENT_CHANGED}
    write(tmp_path, {f"test_{name}.py": content for name, content in files.items()})
    assert flake8(*arguments, "-j1", directory=tmp_path).leaks == expected


def test_noqa(tmp_path: Path) -> None:
    assert lint(tmp_path, a=NEVER_STOPPED.replace(".start()", ".start()  # noqa: MLK101")) == []
    assert lint(tmp_path, b=NEVER_STOPPED.replace(".start()", ".start()  # noqa: MLK102")) == ["MLK101"]
    assert lint(tmp_path, c=NEVER_STOPPED.replace(".start()", ".start()  # noqa: MLK1")) == []


# Configuration.


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_codes_and_files_are_configured(tmp_path: Path, name: str) -> None:
    config = "[flake8]\nextend-select = MLK103\nper-file-ignores =\n    test_old.py: MLK101\n"
    write(tmp_path, {name: config, "test_old.py": NEVER_STOPPED, "test_new.py": NEVER_STOPPED})
    write(tmp_path, {"test_teardown.py": STOPPED_IN_TEARDOWN})
    found = [(report.path, report.code) for report in flake8("-j1", directory=tmp_path).reports]
    assert found == [("./test_new.py", "MLK101"), ("./test_teardown.py", "MLK103")]


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", ".flake8"])
def test_options_are_configured(tmp_path: Path, name: str) -> None:
    config = """\
[flake8]
select = MLK
mockleak-safe-bases =
    other.testing.TestCase,
    acme.testing.PatchingTestCase
mockleak-cleanup-methods = defer, later
mockleak-patch-functions = patch_clock
"""
    files = {
        "base": BELOW_A_BASE.format(base="acme.testing"),
        "function": PATCHED_BY_FUNCTION,
        "method": OWN_METHOD.format(stop="patcher.stop()"),
    }
    write(tmp_path, {"acme/__init__.py": "", "acme/testing.py": LEAKING_BASE})
    assert lint(tmp_path, **files) == ["MLK101"]  # of `base`; what the others call is not known
    write(tmp_path, {name: config})
    assert lint(tmp_path, **files) == ["MLK101", "MLK104"]  # of `function`, and of `method`


# The three options.

OWN_METHOD = """\
import unittest
from unittest import mock


class TestPrice(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch("shop.rate")
        self.rate = patcher.start()
        self.defer({stop})

    def test_price(self):
        self.rate.assert_not_called()
"""

PATCHED_BY_FUNCTION = """\
import unittest

from acme.clock import patch_clock


class TestPrice(unittest.TestCase):
    def setUp(self):
        self.clock = patch_clock(3).start()

    def test_price(self):
        self.clock.assert_not_called()
"""

# A base class that undoes patches in a way that no reading can tell.
ACME = {
    "acme/__init__.py": "",
    "acme/testing.py": LEAKING_BASE,
    "acme/api.py": "from acme.testing import PatchingTestCase\n",
    "acme/middle.py": "from acme import testing\n\n\nclass PatchingTestCase(testing.PatchingTestCase):\n    pass\n",
}


@pytest.mark.parametrize("base", ["acme.testing", "acme.api", "acme.middle"], ids=["direct", "re-export", "between"])
def test_safe_base_undoes_started_patches(tmp_path: Path, base: str) -> None:
    write(tmp_path, ACME)
    source = BELOW_A_BASE.format(base=base)
    assert lint(tmp_path, price=source) == ["MLK101"]
    assert lint(tmp_path, "--mockleak-safe-bases=acme.testing.PatchingTestCase", price=source) == []
    assert lint(tmp_path, "--mockleak-safe-bases=acme.testing.TestCase", price=source) == ["MLK101"]


def test_safe_base_may_be_named_by_its_re_export(tmp_path: Path) -> None:
    write(tmp_path, ACME)
    source = BELOW_A_BASE.format(base="acme.api")
    assert lint(tmp_path, "--mockleak-safe-bases=acme.api.PatchingTestCase", price=source) == []


def test_safe_base_is_found_through_a_class_of_the_same_file(tmp_path: Path) -> None:
    write(tmp_path, ACME)
    source = BELOW_A_BASE.format(base="acme.testing")
    source = source.replace("class TestPrice(P", "class Own(PatchingTestCase):\n    pass\n\n\nclass TestPrice(P")
    source = source.replace("TestPrice(PatchingTestCase)", "TestPrice(Own)")
    assert lint(tmp_path, "--mockleak-safe-bases=acme.testing.PatchingTestCase", price=source) == []


def test_safe_base_does_not_undo_what_was_not_started(tmp_path: Path) -> None:
    write(tmp_path, ACME)
    source = BELOW_A_BASE.format(base="acme.testing").replace(
        'self.rate = mock.patch("shop.rate").start()', "shop.rate = self.rate = mock.Mock()"
    )
    source = f"import shop\n{source}"
    assert lint(tmp_path, "--mockleak-safe-bases=acme.testing.PatchingTestCase", price=source) == ["MLK201"]


def test_cleanup_method_that_is_given_the_stop_releases(tmp_path: Path) -> None:
    assert lint(tmp_path, "--mockleak-cleanup-methods=defer", price=OWN_METHOD.format(stop="patcher.stop")) == []


def test_cleanup_method_that_is_given_the_result_of_the_stop_is_reported(tmp_path: Path) -> None:
    source = OWN_METHOD.format(stop="patcher.stop()")
    assert lint(tmp_path, "--mockleak-cleanup-methods=defer", price=source) == ["MLK104"]


@pytest.mark.parametrize("name", ["acme.clock.patch_clock", "patch_clock"], ids=["dotted", "plain"])
@pytest.mark.parametrize("call", ["patch_clock(3)", "clock.patch_clock(3)"])
def test_patch_function_returns_a_patcher(tmp_path: Path, name: str, call: str) -> None:
    leaking = PATCHED_BY_FUNCTION.replace("patch_clock(3)", call)
    if call.startswith("clock."):
        leaking = leaking.replace("from acme.clock import patch_clock", "from acme import clock")
    assert lint(tmp_path, price=leaking) == []
    assert lint(tmp_path, f"--mockleak-patch-functions={name}", price=leaking) == ["MLK101"]
    stopped = leaking.replace(f"self.clock = {call}.start()", "self.clock = p.start()")
    stopped = stopped.replace(
        "        self.clock", f"        p = {call}\n        self.addCleanup(p.stop)\n        self.clock"
    )
    assert lint(tmp_path, f"--mockleak-patch-functions={name}", price=stopped) == []


def test_patch_function_of_the_file_itself(tmp_path: Path) -> None:
    source = PATCHED_BY_FUNCTION.replace(
        "from acme.clock import patch_clock",
        "from acme import clock\n\n\ndef patch_clock(now):\n    return clock.Patched(now)",
    )
    assert lint(tmp_path, "--mockleak-patch-functions=patch_clock", price=source) == ["MLK101"]
    assert lint(tmp_path, "--mockleak-patch-functions=test_price.patch_clock", price=source) == ["MLK101"]


def test_patch_function_in_front_of_others_of_that_name(tmp_path: Path) -> None:
    assert lint(tmp_path, "--mockleak-patch-functions=other.patch_clock", price=PATCHED_BY_FUNCTION) == []


@pytest.mark.parametrize(
    ("option", "value", "kind"),
    [
        ("--mockleak-safe-bases", "acme.testing:TestCase", "dotted name"),
        ("--mockleak-safe-bases", "acme..TestCase", "dotted name"),
        ("--mockleak-cleanup-methods", "acme.defer", "method name"),
        ("--mockleak-patch-functions", "patch-clock", "dotted name"),
    ],
)
@pytest.mark.parametrize("configured", [False, True], ids=["argument", "config"])
def test_bad_value_is_one_clear_line(tmp_path: Path, option: str, value: str, kind: str, configured: bool) -> None:
    arguments = [] if configured else [f"{option}={value}"]
    if configured:
        write(tmp_path, {"setup.cfg": f"[flake8]\n{option.removeprefix('--')} = {value}\n"})
    result = flake8(*arguments, directory=tmp_path)
    assert result.status != 0
    (line,) = (result.output + result.errors).splitlines()
    assert option in line and line.endswith(f"is not a {kind}")


# Where the file stands, and where flake8 is started from.

PACKAGE = {
    "tests/__init__.py": "",
    "tests/base.py": STOPPING_BASE,
    "tests/unit/__init__.py": "",
    "tests/unit/test_price.py": BELOW_A_BASE.format(base="tests.base"),
    "tests/unit/test_near.py": BELOW_A_BASE.format(base="..base"),
    "tests/unit/test_leak.py": BELOW_A_BASE.format(base="..base").replace("super().setUp()", "pass"),
}


@pytest.mark.parametrize("start", [".", "tests", "tests/unit", ".."])
def test_base_class_is_found_from_anywhere(tmp_path: Path, start: str) -> None:
    root = write(tmp_path / "project", PACKAGE)
    directory = root / start
    targets = {".": "tests", "tests": "unit", "tests/unit": ".", "..": "project/tests"}
    for target in (targets[start], str(root / "tests")):
        reports = flake8("--select=MLK", target, directory=directory).reports
        assert [(Path(report.path).name, report.code) for report in reports] == [("test_leak.py", "MLK101")]


def test_source_directory_is_searched(tmp_path: Path) -> None:
    root = write(
        tmp_path / "project",
        {
            "pyproject.toml": "",
            "src/acme/__init__.py": "",
            "src/acme/testing.py": STOPPING_BASE,
            "tests/test_price.py": BELOW_A_BASE.format(base="acme.testing"),
            "tests/deep/test_price.py": BELOW_A_BASE.format(base="acme.testing"),
            "tests/test_leak.py": BELOW_A_BASE.format(base="acme.testing").replace("super().setUp()", "pass"),
        },
    )
    for directory, target in (
        (root, "tests"),
        (root / "tests", "."),
        (tmp_path, "project"),
        (root / "src", "../tests"),
    ):
        reports = flake8("--select=MLK", target, directory=directory).reports
        assert [(Path(report.path).name, report.code) for report in reports] == [("test_leak.py", "MLK101")]


def test_module_beside_the_file_comes_before_one_of_that_name_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, {"base.py": LEAKING_BASE, "tests/base.py": STOPPING_BASE})
    write(tmp_path, {"tests/test_price.py": BELOW_A_BASE.format(base="base")})
    assert flake8("--select=MLK", "tests", directory=tmp_path).leaks == []


def test_own_code_in_place_of_an_original_is_a_leak_in_tests_alone(tmp_path: Path) -> None:
    write(tmp_path, {"shop/middleware.py": HOOK_SET, "shop/tests/middleware.py": HOOK_SET})
    (report,) = flake8("--select=MLK", directory=tmp_path).reports
    assert (Path(report.path), report.code) == (Path("shop/tests/middleware.py"), "MLK204")


# Standard input.


def lint_buffer(directory: Path, buffer: str, name: str) -> Result:
    return flake8("--select=MLK", "--stdin-display-name", name, "-", directory=directory, stdin=buffer)


def test_buffer_wins_over_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"tests/test_leak.py": NEVER_STOPPED, "tests/test_clean.py": "\n"})
    assert lint_buffer(tmp_path, "\n", "tests/test_leak.py").reports == []
    (report,) = lint_buffer(tmp_path, NEVER_STOPPED, "tests/test_clean.py").reports
    assert (report.path, report.line, report.code) == ("tests/test_clean.py", 8, "MLK101")


def test_buffer_without_a_name_is_linted(tmp_path: Path) -> None:
    (report,) = flake8("--select=MLK", "-", directory=tmp_path, stdin=NEVER_STOPPED).reports
    assert (report.path, report.code) == ("stdin", "MLK101")


@pytest.mark.parametrize("base", ["tests.base", "..base"], ids=["absolute", "relative"])
@pytest.mark.parametrize("file_name", ["test_price.py", "test_not_saved_yet.py"])
def test_name_places_the_buffer_in_the_project(tmp_path: Path, base: str, file_name: str) -> None:
    root = write(tmp_path / "project", PACKAGE)
    safe = BELOW_A_BASE.format(base=base)
    leaking = safe.replace("super().setUp()", "pass")
    path = root / "tests" / "unit" / file_name
    assert lint_buffer(root, leaking, str(path)).leaks == ["MLK101"]
    assert lint_buffer(root, safe, str(path)).leaks == []
    for directory in (root, root / "tests", tmp_path):
        assert lint_buffer(directory, safe, str(path.relative_to(directory))).leaks == [], directory


def test_per_file_ignores_match_the_name_of_the_buffer(tmp_path: Path) -> None:
    write(tmp_path, {".flake8": "[flake8]\nper-file-ignores = tests/old/*: MLK101\n"})
    assert lint_buffer(tmp_path, NEVER_STOPPED, "tests/old/test_a.py").leaks == []
    assert lint_buffer(tmp_path, NEVER_STOPPED, "tests/new/test_a.py").leaks == ["MLK101"]


# Several processes.


def test_findings_of_several_processes(tmp_path: Path) -> None:
    source = NEVER_STOPPED.replace("def setUp(self):", "def setUp(self):\n        super().setUp()")
    write(tmp_path, {f"test_{number}.py": source for number in range(8)})
    write(tmp_path, {"setup.cfg": "[flake8]\nmockleak-safe-bases = unittest.TestCase\n"})
    assert flake8("-j2", directory=tmp_path).leaks == []
    write(tmp_path, {"setup.cfg": ""})
    assert flake8("-j2", directory=tmp_path).leaks == ["MLK101"] * 8


BROKEN_MODEL = """\
import sys
from flake8.main.cli import main
from flake8_mockleak.model import analysis

def fail(*arguments):
    raise ZeroDivisionError("a bug of ours")

analysis._analyse = fail
sys.exit(main(sys.argv[1:]))
"""


def test_error_of_ours_does_not_end_the_run(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": NEVER_STOPPED, "test_other.py": "import os\n"})
    command = [sys.executable, "-c", BROKEN_MODEL, "--isolated", "-j1", "test_price.py", "test_other.py"]
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert process.returncode == 1
    assert process.stdout == "test_other.py:1:1: F401 'os' imported but unused\n"
    assert f"flake8-mockleak {__version__} failed on test_price.py" in process.stderr
    assert "ZeroDivisionError: a bug of ours" in process.stderr


RUNS_TWICE = """\
import gc
import sys
from flake8.main.cli import main

for _ in range(2):
    assert main(sys.argv[1:]) == 1
    print(gc.get_freeze_count(), gc.isenabled(), flush=True)
"""


def test_what_was_imported_is_left_out_of_collections_once(tmp_path: Path) -> None:
    """A second run in the process would keep for ever what the first has left to be collected."""
    write(tmp_path, {"test_price.py": NEVER_STOPPED})
    command = [sys.executable, "-c", RUNS_TWICE, "--isolated", "-j1", "--format=%(code)s", "test_price.py"]
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert process.stderr == ""
    first, frozen, second, still = process.stdout.splitlines()
    assert (first, second) == ("MLK101", "MLK101")
    count, _, is_enabled = frozen.partition(" ")
    assert int(count) > 10_000 and is_enabled == "True"
    assert 0 < int(still.partition(" ")[0]) <= int(count)  # less, where something of it was freed
