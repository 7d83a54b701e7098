"""``python -m flake8_mockleak doctor``: why is a base class unknown?"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_mockleak.model.beyond import MAX_BYTES, MAX_FILES, MAX_HOPS
from flake8_mockleak.model.files import MAX_FILE_BYTES
from tests.command import Result, flake8, write

pytestmark = pytest.mark.once

BASE = "import unittest\n\n\nclass Base(unittest.TestCase):\n    pass\n"

TEST = """\
from unittest import mock

{imports}


class TestPrice({base}):
    def setUp(self):
        super().setUp()
        mock.patch("shop.rate").start()

    def test_price(self):
        pass
"""


def run(directory: Path, *arguments: str) -> Result:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "flake8_mockleak", "doctor", *arguments]
    process = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in process.stderr
    return Result(process.returncode, process.stdout, process.stderr)


def source(imports: str, base: str) -> str:
    return TEST.format(imports=imports, base=base)


def is_silent(directory: Path, *arguments: str) -> bool:
    return flake8("--select=MLK", *arguments, "test_price.py", directory=directory).leaks == []


def section(output: str, title: str) -> list[str]:
    """Return the indented lines below one that starts so."""
    lines = output.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(title)) + 1
    found = []
    for line in lines[start:]:
        if not line.startswith(" "):
            break
        found.append(line)
    return found


# What is known.


def test_whole_report_of_a_class_that_is_read_in_other_files(tmp_path: Path) -> None:
    write(tmp_path, {"acme/__init__.py": "", "acme/testing.py": BASE, "conftest.py": ""})
    write(tmp_path, {"acme/api.py": "from acme.testing import Base\n"})
    write(tmp_path, {"test_price.py": source("from acme.api import Base", "Base")})
    result = run(tmp_path, "test_price.py")
    assert (result.status, result.errors) == (0, "")
    assert result.output.startswith(
        f"""\
test_price.py:6: class TestPrice
  Base
    acme.api.Base: {tmp_path}/acme/api.py imports it as acme.testing.Base
    acme.testing.Base: class in {tmp_path}/acme/testing.py, line 4
      unittest.TestCase
        unittest.TestCase: known, belongs to a framework that undoes no patch by itself
  => all base classes are read: what their set-ups and teardowns undo is taken into account

searched for modules, in this order:
  {tmp_path}
"""
    )
    assert section(result.output, "conftest.py files that are read:") == [f"  {tmp_path}/conftest.py"]
    assert "what helps" not in result.output
    assert not is_silent(tmp_path)


def test_base_class_of_a_framework(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": source("import unittest", "unittest.TestCase")})
    result = run(tmp_path, "test_price.py")
    assert (result.status, "=> no base class undoes a patch by itself" in result.output) == (0, True)


def test_base_class_that_stops_every_patch(tmp_path: Path) -> None:
    stops = BASE.replace("    pass", "    def setUp(self):\n        self.addCleanup(mock.patch.stopall)")
    write(tmp_path, {"acme.py": f"from unittest import mock\n{stops}"})
    write(tmp_path, {"test_price.py": source("from acme import Base", "Base")})
    result = run(tmp_path, "test_price.py")
    assert (result.status, "=> a base class undoes every started patch" in result.output) == (0, True)
    assert is_silent(tmp_path)


def test_base_class_that_is_known_by_name_though_not_installed(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": source("from neutron.tests import base", "base.BaseTestCase")})
    result = run(tmp_path, "test_price.py")
    assert result.status == 0
    assert (
        "neutron.tests.base.BaseTestCase: known to undo every started patch, though it cannot be read" in result.output
    )


def test_base_class_that_a_call_makes(tmp_path: Path) -> None:
    write(tmp_path, {"acme.py": BASE})
    imports = "from acme import Base\n\n\ndef made():\n    return Base"
    write(tmp_path, {"test_price.py": source(imports, "made()")})
    result = run(tmp_path, "test_price.py")
    assert result.status == 0
    assert f"    astroid infers the class in {tmp_path}/acme.py, line 4\n" in result.output


def test_mixin_is_told_apart_from_a_class_whose_base_is_not_found(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": source("", "object").replace("TestPrice", "PatchMixin")})
    result = run(tmp_path, "test_price.py")
    assert (result.status, "=> no test case by its name and bases but a mixin" in result.output) == (0, True)


def test_file_without_classes(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": "def test_price():\n    pass\n"})
    result = run(tmp_path, "test_price.py")
    assert result.status == 0
    assert result.output.startswith("test_price.py has no class with a base class\n")
    assert "no conftest.py is read\n" in result.output


def test_one_class_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": f"{BASE}\n\nclass B:\n    pass\n"})
    assert re.findall(r"class (\w+)$", run(tmp_path, "test_price.py").output, re.MULTILINE) == ["Base"]
    assert re.findall(r"class (\w+)$", run(tmp_path, "test_price.py", "--class", "B").output, re.MULTILINE) == ["B"]


# What is not, and what helps.


def test_module_that_is_not_found(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"setup.cfg": "", "tests/test_price.py": ""})
    write(root, {"tests/test_price.py": source("from vendor.testing import Base", "Base")})
    result = run(root, "tests/test_price.py")
    assert (result.status, result.errors) == (1, "")
    assert (
        "    vendor.testing.Base: UNKNOWN: there is no module vendor.testing in the directories below\n"
        in result.output
    )
    assert "=> a base class is not known and may undo patches" in result.output
    searched = section(result.output, "searched for modules")
    assert searched[:3] == [f"  {root / 'tests'}", f"  {root}", f"  {root / 'src'}"]
    helps = "\n".join(section(result.output, "what helps:"))
    assert "start flake8 in the directory that holds vendor" in helps and sys.prefix in helps
    assert "--mockleak-safe-bases=vendor.testing.Base\n" in helps


def test_module_is_found_from_the_directory_that_the_report_names(tmp_path: Path) -> None:
    """What helps, helps: the same file again, from where the package is."""
    write(tmp_path, {"elsewhere/vendor/__init__.py": "", "elsewhere/vendor/testing.py": BASE})
    path = write(tmp_path, {"a/test_price.py": source("from vendor.testing import Base", "Base")}) / "a/test_price.py"
    assert run(tmp_path, str(path)).status == 1
    assert run(tmp_path / "elsewhere", str(path)).status == 0


@pytest.mark.parametrize(
    ("files", "imports", "told"),
    [
        ({"acme.py": "class Other:\n    pass\n"}, "from acme import Base", "UNKNOWN: {root}/acme.py has no Base\n"),
        (
            {"acme.py": "from other import *\n", "other.py": ""},
            "from acme import Base",
            "{root}/acme.py has no Base, nor is it in what it imports everything from: other\n",
        ),
        (
            {"acme/__init__.py": ""},
            "from acme.testing import Base",
            "UNKNOWN: {root}/acme/__init__.py has no testing\n",
        ),
        (
            {"acme.py": "class Base(:\n"},
            "from acme import Base",
            "found in {root}/acme.py, which cannot be used: line 1: ",
        ),
        ({"acme.py": b"\xff\xfe"}, "from acme import Base", "found in {root}/acme.py, which cannot be used: "),
        (
            {"acme.py": BASE + "#" * MAX_FILE_BYTES},
            "from acme import Base",
            f"which cannot be used: it is no regular file of at most {MAX_FILE_BYTES:,} bytes\n",
        ),
        ({"acme.cpython-399-x.so": ""}, "from acme import Base", "UNKNOWN: {root}/acme.cpython-399-x.so is compiled"),
        (
            {"acme.py": "Base = globals()['x']\n"},
            "from acme import Base",
            "UNKNOWN: Base of {root}/acme.py comes down to",
        ),
        (
            {"acme.py": "from other import Base\n", "other.py": "from acme import Base\n"},
            "from acme import Base",
            "UNKNOWN: the imports go round in a circle\n",
        ),
        (
            {f"m{number}.py": f"from m{number + 1} import Base\n" for number in range(20)} | {"m20.py": BASE},
            "from m0 import Base",
            f"UNKNOWN: not followed any further: more than {MAX_HOPS} re-exports\n",
        ),
        (
            {"acme.py": "from vendor import Root\n\n\nclass Base(Root):\n    pass\n"},
            "from acme import Base",
            "        vendor.Root: UNKNOWN: there is no module vendor in the directories below\n",
        ),
    ],
    ids=[
        "name",
        "star",
        "submodule",
        "syntax",
        "bytes",
        "size",
        "compiled",
        "computed",
        "circle",
        "hops",
        "base above",
    ],
)
def test_reason_is_told_and_the_option_helps(
    tmp_path: Path, files: dict[str, str | bytes], imports: str, told: str
) -> None:
    write(tmp_path, {**files, "test_price.py": source(imports, "Base")})
    result = run(tmp_path, "test_price.py")
    assert (result.status, result.errors) == (1, "")
    assert told.format(root=tmp_path) in result.output
    assert is_silent(tmp_path)
    option = re.search(r"^ +(mockleak-safe-bases = .*)$", result.output, re.MULTILINE)
    assert option
    write(tmp_path, {"setup.cfg": f"[flake8]\n{option[1]}\n"})
    again = run(tmp_path, "test_price.py")
    assert (again.status, "undoes every started patch, says --mockleak-safe-bases" in again.output) == (0, True)


@pytest.mark.parametrize(
    ("number", "size"), [(MAX_FILES + 5, 0), (12, MAX_BYTES // 11)], ids=["many files", "much text"]
)
def test_bound_on_what_is_read(number: int, size: int, tmp_path: Path) -> None:
    """So many modules on the way, or so long ones, that those of the last base class are not read any more."""
    names = [f"root{each}" for each in range(number)]
    write(tmp_path, {f"{name}.py": BASE.replace("Base", name.title()) + f"# {'x' * size}\n" for name in names})
    imports = "\n".join(f"from {name} import {name.title()}" for name in names)
    bases = ", ".join(name.title() for name in names)
    write(tmp_path, {"base.py": f"{imports}\n\n\nclass Base({bases}):\n    pass\n"})
    write(tmp_path, {"test_price.py": source("from base import Base", "Base")})
    result = run(tmp_path, "test_price.py")
    assert result.status == 1
    assert (
        f"which cannot be used: more than {MAX_FILES} files, or {MAX_BYTES:,} characters, would have to be read\n"
        in result.output
    )
    assert is_silent(tmp_path)


def test_conftest_that_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"conftest.py": "#" * (MAX_FILE_BYTES + 1), "test_price.py": source("", "object")})
    result = run(tmp_path, "test_price.py")
    assert section(result.output, "conftest.py files that are read:") == [
        f"  {tmp_path}/conftest.py: UNKNOWN, cannot be used: it is no regular file of at most {MAX_FILE_BYTES:,} bytes",
        "  => what cannot be read may undo patches: none that is left in place is reported",
    ]
    assert is_silent(tmp_path)


def test_expression_that_comes_down_to_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"test_price.py": source("", "globals()['x']")})
    result = run(tmp_path, "test_price.py")
    assert result.status == 1
    assert "    UNKNOWN: this comes down to no single class that can be read\n" in result.output
    assert "--mockleak-safe-bases" not in result.output
    assert "Name the base class in an import or a class statement" in result.output


def test_output_that_the_documentation_shows(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "doctor.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- output -->\n```text\n(.*?)```", page, re.DOTALL)
    assert shown
    base = "from vendor.testing import VendorTestCase\n\n\nclass ShopTestCase(VendorTestCase):\n    pass\n"
    test = source("", "ShopTestCase").replace("\n\n\nclass", "from tests.base import ShopTestCase\n\n\nclass")
    write(tmp_path, {"setup.cfg": "", "tests/__init__.py": "", "tests/base.py": base, "tests/test_price.py": test})
    result = run(tmp_path, "tests/test_price.py", "--class", "TestPrice")
    printed = result.output.replace(str(tmp_path), "/home/ada/shop").replace(sys.prefix, "/home/ada/venv").splitlines()
    assert all(f"{bound:,} " in page for bound in (MAX_FILE_BYTES, MAX_FILES, MAX_HOPS))
    directory = re.compile(r"  /(?!home/ada/shop)")  # those of Python itself are elsewhere on each machine
    assert [line for line in shown[1].splitlines() if not directory.match(line)] == [
        line for line in printed if not directory.match(line)
    ]


def test_baseline_of_the_configuration_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"setup.cfg": "[flake8]\nmockleak-baseline = none.jsonl\n", "test_price.py": ""})
    assert run(tmp_path, "test_price.py").status == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["none.py"], "none.py: No such file or directory"),
        (["."], ".: Is a directory"),
        (["broken.py"], "broken.py:1: "),
        (["bytes.py"], "bytes.py"),
        (["null.py"], "null"),
        (["test_price.py", "--class", "Nope"], "test_price.py has no class Nope; it has TestPrice"),
        (["test_price.py", "--config", "none.cfg"], "none.cfg"),
        (["test_price.py", "--config", "bad.cfg"], "--mockleak-safe-bases: 'a:b' is not a dotted name"),
        ([], "required: PATH"),
    ],
    ids=" ".join,
)
def test_errors_name_what_is_wrong(tmp_path: Path, arguments: list[str], told: str) -> None:
    write(tmp_path, {"broken.py": "def (:\n", "bytes.py": b"\xff\xfe", "null.py": "x\0", "test_price.py": ""})
    write(tmp_path, {"test_price.py": source("", "object"), "bad.cfg": "[flake8]\nmockleak-safe-bases = a:b\n"})
    result = run(tmp_path, *arguments)
    assert (result.status, result.output) == (2, "")
    assert told in result.errors
