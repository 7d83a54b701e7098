"""Whatever the files around the linted one are: a result or silence, never a traceback and never a hang."""

from __future__ import annotations

import ast
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_mockleak.model import files
from flake8_mockleak.model.beyond import MAX_FILES
from flake8_mockleak.model.parsed import what_matters
from flake8_mockleak.model.called_helpers import MAX_IMPORTS
from flake8_mockleak.model.files import MAX_FILE_BYTES
from flake8_mockleak.plugin import Checker
from tests.checking import check, codes
from tests.command import Result, flake8, write
from tests.test_robustness import DEEP, DEEP_SOURCES


def lint(directory: Path, content: str, name: str = "test_price.py") -> Result:
    write(directory, {name: content})
    return flake8("--select=MLK,E9,F8", name, directory=directory)


BASE = """\
import unittest


class PatchingTestCase(unittest.TestCase):
    pass
"""

TEST = """\
from unittest import mock

from base import PatchingTestCase


class TestPrice(PatchingTestCase):
    def setUp(self):
        super().setUp()
        mock.patch("shop.rate").start()
"""


def test_readable_base_file(tmp_path: Path) -> None:
    """The tests below are silent because of what they do to the base file."""
    write(tmp_path, {"base.py": BASE})
    assert lint(tmp_path, TEST).leaks == ["MLK101"]


@pytest.mark.parametrize(
    "content",
    [
        b"class PatchingTestCase(:\n",
        b"# coding: no-such-encoding\n" + BASE.encode(),
        b"# \xff\n" + BASE.encode(),
        BASE.encode() + b"\x00",
        BASE.encode("utf-16"),
        b"",
        b"x = " + b"(" * DEEP,
        b"x = " + b"-" * DEEP + b"1\n",
        b"#" * 50_000_000 + b"\n" + BASE.encode(),
        b"PatchingTestCase = PatchingTestCase\n",
        b"PatchingTestCase = 1\n",
        b"from base import PatchingTestCase\n",
        b"from base import *\n",
        b"import base\nPatchingTestCase = base.PatchingTestCase\n",
        b"class PatchingTestCase(unknown.TestCase):\n    pass\n",
        b"class PatchingTestCase(*bases, **options):\n    pass\n",
        b"def PatchingTestCase():\n    pass\n",
    ],
    ids=lambda content: repr(content[:25]),
)
def test_unusable_base_file_is_silence(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, {"base.py": content})
    assert lint(tmp_path, TEST).reports == []


def make_directory(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_broken_link(path: Path) -> None:
    path.symlink_to("nowhere.py")


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_unreadable(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root can read everything")
    path.write_text(BASE, encoding="utf-8")
    path.chmod(0)


PLACES = ["base.py", "conftest.py", "base/__init__.py", "setup.cfg"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
@pytest.mark.parametrize("make", [make_directory, make_pipe, make_loop, make_broken_link, make_device, make_unreadable])
def test_base_that_is_no_file_is_silence(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """One project for each place, and one run of flake8 over them all."""
    for place in PLACES:
        path = tmp_path / place.replace("/", "-") / "tests" / place
        path.parent.mkdir(parents=True)
        make(path)
        write(path.parents[place.count("/")], {"test_price.py": TEST})
    assert (
        flake8("--select=MLK,E9", *map(str, tmp_path.glob("*/tests/test_price.py")), directory=tmp_path).reports == []
    )


def test_package_that_is_a_link_to_its_own_parent(tmp_path: Path) -> None:
    write(tmp_path, {"pkg/__init__.py": "", "pkg/base.py": BASE})
    (tmp_path / "pkg" / "again").symlink_to(tmp_path / "pkg", target_is_directory=True)
    path = "pkg/" + "again/" * 10
    assert lint(tmp_path, TEST.replace("from base", "from .base"), name=f"{path}test_price.py").leaks in (
        [],
        ["MLK101"],
    )
    deep = ".".join(["pkg", *["again"] * 10, "base"])
    assert lint(tmp_path, TEST.replace("from base", f"from {deep}")).leaks == ["MLK101"]


STOPS_ALL = """\
from unittest import mock

import pytest


@pytest.fixture(autouse=True)
def stop():
    yield
    mock.patch.stopall()
"""
LEAK = "from unittest import mock\n\n\ndef test_price():\n    mock.patch('shop.rate').start()\n"


@pytest.mark.parametrize(
    "files",
    [
        {"conftest.py": f"{STOPS_ALL}{'#' * MAX_FILE_BYTES}\n"},
        {"conftest.py": f"{STOPS_ALL}print 'Python 2'\n"},
        {"conftest.py": f"{STOPS_ALL}# \0\n"},
        {"conftest.py": "pytest_plugins = 'plugin'\n", "plugin.py": f"{STOPS_ALL}{'#' * MAX_FILE_BYTES}\n"},
        {
            "conftest.py": "".join(f"from m{n} import *\n" for n in range(MAX_FILES)) + "from last import *\n",
            **{f"m{n}.py": "" for n in range(MAX_FILES)},
            "last.py": STOPS_ALL,
        },
    ],
    ids=["size", "syntax", "null byte", "plugin", "number"],
)
def test_conftest_that_cannot_be_read_is_silence(tmp_path: Path, files: dict[str, str]) -> None:
    """It may stop the patch: that a bound is hit must not make a finding."""
    write(tmp_path, files)
    assert lint(tmp_path, LEAK).leaks == []
    write(tmp_path, {name: "" for name in files})
    assert lint(tmp_path, LEAK).leaks == ["MLK101"]


def test_conftest_many_directories_above(tmp_path: Path) -> None:
    write(tmp_path, {"setup.cfg": "", "conftest.py": STOPS_ALL})
    assert lint(tmp_path, LEAK, name=f"{'d/' * 60}test_price.py").leaks == []


HELPER = """\
from unittest import mock


def freeze(at):
    mock.patch("time.time", return_value=at).start()
"""
CALLER = "from helpers import freeze\n\n\ndef test_time():\n    freeze(3)\n"


@pytest.mark.parametrize(
    "content",
    [
        f"{HELPER}{'#' * MAX_FILE_BYTES}\n",
        f"# \0\n{HELPER}",
        f"{HELPER}print 'Python 2'\n",
    ],
    ids=["size", "null byte", "syntax"],
)
def test_helper_that_cannot_be_read_is_silence(tmp_path: Path, content: str) -> None:
    write(tmp_path, {"helpers.py": content})
    assert lint(tmp_path, CALLER).leaks == []
    write(tmp_path, {"helpers.py": HELPER})
    assert lint(tmp_path, CALLER).leaks == ["MLK101"]


OUTBOX = """\
from contextlib import contextmanager

import shop


class Outbox(list):
    def __call__(self, message):
        self.append(message)


@contextmanager
def outbox():
    original = shop.send
    made = shop.send = Outbox()
    yield made
    shop.send = original
"""

USES_OUTBOX = """\
import unittest

import shop
from helpers import outbox


class TestSend(unittest.TestCase):
    def test_send(self):
        with outbox() as sent:
            shop.send("hello")
            self.assertEqual(sent, ["hello"])
"""


def test_context_manager_is_reported_where_a_test_uses_it(tmp_path: Path) -> None:
    """In its own file nothing is said, for that does not look like one of tests."""
    write(tmp_path, {"helpers.py": OUTBOX})
    assert lint(tmp_path, USES_OUTBOX).leaks == ["MLK202"]
    assert lint(tmp_path, OUTBOX, "helpers.py").leaks == []


def test_helper_behind_many_imports_is_silence(tmp_path: Path) -> None:
    others = ", ".join(f"name_{n}" for n in range(MAX_IMPORTS))
    write(tmp_path, {"helpers.py": HELPER})
    assert lint(tmp_path, f"from others import {others}  # noqa: F401\n{CALLER}").leaks == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_helper_that_is_a_pipe_is_silence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "helpers.py")
    assert lint(tmp_path, CALLER).leaks == []


FAKE = """\
class FakeCache:
    def get(self, key):
        return None

    def set(self, key, value):
        pass

    def delete(self, key):
        pass
"""


@pytest.mark.parametrize(
    "files",
    [{f"test_{n}.py": "" for n in range(201)}, {"test_a.py": "#" * (MAX_FILE_BYTES + 1)}],
    ids=["number", "size"],
)
def test_conformance_may_stand_in_what_is_not_read(tmp_path: Path, files: dict[str, str]) -> None:
    assert codes(check(write(tmp_path, {"test_price.py": FAKE}) / "test_price.py")) == ["MLK601"]
    write(tmp_path, files)
    assert codes(check(tmp_path / "test_price.py")) == []


PROJECTS: dict[str, tuple[dict[str, str], list[str]]] = {
    "import cycle": (
        {
            "a.py": "from b import PatchingTestCase\n",
            "base.py": "from a import PatchingTestCase\n",
            "b.py": "import base\n",
        },
        [],
    ),
    "import cycle around a class": (
        {
            "base.py": f"import a\n{BASE}",
            "a.py": "from base import PatchingTestCase\nfrom test_price import TestPrice\n",
        },
        ["MLK101"],
    ),
    "names in a circle": (
        {"base.py": "from a import PatchingTestCase\n", "a.py": "from base import PatchingTestCase\n"},
        [],
    ),
    "stars in a circle": (
        {"base.py": "from a import *\n", "a.py": "from b import *\n", "b.py": "from base import *\n"},
        [],
    ),
    "stars in a circle around a class": (
        {
            "base.py": "from a import *\n",
            "a.py": "from b import *\nfrom base import *\n",
            "b.py": f"from a import *\n{BASE}",
        },
        ["MLK101"],
    ),
    "many stars": (
        {
            "base.py": "".join(f"from m{n} import *\n" for n in range(30)),
            **{f"m{n}.py": "".join(f"from m{k} import *\n" for k in range(30)) for n in range(30)},
        },
        [],
    ),
    "class inherits from itself": ({"base.py": "class PatchingTestCase(PatchingTestCase):\n    pass\n"}, []),
    "classes in a circle": (
        {"base.py": "class A(PatchingTestCase):\n    pass\n\n\nclass PatchingTestCase(A):\n    pass\n"},
        ["MLK101"],
    ),
    "classes in a circle of files": (
        {
            "base.py": "import a\n\n\nclass PatchingTestCase(a.A):\n    pass\n",
            "a.py": "import base\n\n\nclass A(base.PatchingTestCase):\n    pass\n",
        },
        ["MLK101"],
    ),
    "class inherits from the one below it": (
        {"base.py": "import test_price\n\n\nclass PatchingTestCase(test_price.TestPrice):\n    pass\n"},
        ["MLK101"],
    ),
    "package of many directories": (
        {
            "base/__init__.py": "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
            "__path__ += ['/', '/proc', '.', '..', None, 1]\nfrom .inner import *\n",
            "base/inner.py": BASE,
        },
        ["MLK101"],
    ),
    "relative import beyond the top": (
        {"base.py": "from ........ import x\nfrom .....x import PatchingTestCase\nfrom . import *\n"},
        [],
    ),
    "constants in a circle": (
        {"base.py": "import a\nPatchingTestCase = a.X\n", "a.py": "import base\nX = base.PatchingTestCase\n"},
        [],
    ),
    "a thousand levels": (
        {
            "base.py": f"{BASE.replace('PatchingTestCase', 'C0')}\n\n"
            + "".join(f"class C{n}(C{n - 1}):\n    pass\n\n\n" for n in range(1, 1000))
            + "class PatchingTestCase(C999):\n    pass\n"
        },
        [],
    ),
    "diamonds upon diamonds": (
        {
            "base.py": f"{BASE.replace('PatchingTestCase', 'C0')}\n\n"
            + "".join(
                f"class A{n}(C{n - 1}): pass\nclass B{n}(C{n - 1}): pass\nclass C{n}(A{n}, B{n}): pass\n"
                for n in range(1, 40)
            )
            + "class PatchingTestCase(C39):\n    pass\n"
        },
        ["MLK101"],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_files_that_import_each_other(tmp_path: Path, name: str) -> None:
    files, expected = PROJECTS[name]
    write(tmp_path, files)
    result = flake8(
        "--select=MLK", "-", "--stdin-display-name=test_price.py", directory=tmp_path, stdin=TEST, timeout=20
    )
    assert result.leaks in (expected, [])  # silence is allowed, but not a guess
    write(tmp_path, {"test_price.py": TEST})
    assert flake8("--select=MLK", "-j1", directory=tmp_path, timeout=20).leaks in (expected, [])


def test_deep_package(tmp_path: Path) -> None:
    packages = [f"p{n}" for n in range(60)]
    files = {"/".join([*packages[:n], "__init__.py"]): "" for n in range(1, 61)}
    write(tmp_path, {**files, "/".join([*packages, "base.py"]): BASE})
    for name, base in (
        ("/".join([*packages, "test_price.py"]), ".base"),
        ("test_price.py", f"{'.'.join(packages)}.base"),
    ):
        source = TEST.replace("from base", f"from {base}")
        assert lint(tmp_path, source, name=name).leaks in ([], ["MLK101"])


def test_name_of_the_buffer_is_no_path(tmp_path: Path) -> None:
    for name in (
        "/",
        "//x//../test_a.py",
        "test_" + "a" * 5000 + ".py",
        "a\nb.py",
        "test_é\udc80.py",
        " ",
        "~/test.py",
    ):
        # Not through the command: a name with a line end makes output that cannot be told apart.
        assert codes(check(Path(name), TEST)) in ([], ["MLK101"])
        tree = ast.parse(TEST)
        assert list(Checker(tree, name, TEST.splitlines(keepends=True)).run()) is not None


@pytest.mark.parametrize("name", ["binary", "attributes", "chained-calls", "elif"])
def test_deep_base_file(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"base.py": f"{BASE}{DEEP_SOURCES[name]}"})
    assert lint(tmp_path, TEST).leaks in (["MLK101"], [])


LARGE_BASE = '''\
import unittest
from unittest import mock


class PatchingTestCase(unittest.TestCase):
    def test_text(
        self,
    ):
        expected = """
def setUp(self):
  no code
"""
        self.assertTrue(expected)

    @mock.patch("shop.rate")
    def test_decorated(self, rate):
        rate.return_value = [
]

    async def test_other_quotes(self):
        """Say \'\'\'this\'\'\'."""

    def helper(self) -> dict[
        str, str
    ]:
        return {}

    def setUp(self):
        super().setUp()
        self.addCleanup(mock.patch.stopall)
'''


def test_set_up_behind_tests_of_all_shapes(tmp_path: Path) -> None:
    """Of a base file only what matters is parsed; where the tests in it end is found in its text."""
    write(tmp_path, {"base.py": LARGE_BASE})
    assert lint(tmp_path, TEST).leaks == []
    write(tmp_path, {"base.py": LARGE_BASE.replace("mock.patch.stopall", "print")})
    assert lint(tmp_path, TEST).leaks == ["MLK101"]


@pytest.mark.parametrize(
    "text", [LARGE_BASE, "def f(): pass", "", "\n@x\ndef f(): ...", "def f():\n    pass\n\n\nx = 1\n"]
)
def test_cut_is_clean_and_keeps_the_numbers_of_lines(text: str) -> None:
    cut = what_matters(text)
    assert cut.count("\n") == text.count("\n")
    ast.parse(cut)
    assert "no code" not in cut
    for whole, kept in zip(text.split("\n"), cut.split("\n")):
        assert kept in {whole, "pass", "    pass", ""}


HANDLERS = """\
_registries = []


class Handlers(Base):
    def __setitem__(self, name, handler):
        register(name, handler)


def registered(registry):
    _registries.append(registry)
    return registry


handlers = registered(Handlers())
"""

SETS_ITEM = """\
from unittest import mock

from handlers import handlers


def test_handler():
    handlers["term"] = mock.Mock()
"""


def test_result_of_a_call_is_known_without_astroid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To import it and have it read a file takes longer than most files do."""
    for name in {"astroid", *(name for name in sys.modules if name.startswith("astroid."))}:
        monkeypatch.setitem(sys.modules, name, None)
    write(tmp_path, {"handlers.py": HANDLERS, "test_handlers.py": SETS_ITEM})
    assert check(tmp_path / "test_handlers.py") == []
    write(tmp_path, {"handlers.py": "def registered(registry):\n    return registry\n\n\nhandlers = registered({})\n"})
    assert codes(check(tmp_path / "test_handlers.py")) == ["MLK205"]


def test_base_that_changed_is_read_anew(tmp_path: Path) -> None:
    """As in an editor, whose server keeps what it has read."""
    restores = "        self.addCleanup(setattr, shop, 'rate', shop.rate)\n"
    base = "import unittest\n\nimport shop\n\n\nclass Base(unittest.TestCase):\n    def setUp(self):\n        pass\n"
    test = "import shop\nfrom unittest import mock\n\nfrom base import Base\n\n\nclass TestRate(Base):\n"
    test += "    def test_rate(self):\n        shop.rate = mock.Mock()\n"
    write(tmp_path, {"base.py": base, "test_rate.py": test})
    assert codes(check(tmp_path / "test_rate.py")) == ["MLK201"]
    write(tmp_path, {"base.py": base + restores})
    assert check(tmp_path / "test_rate.py") == []


def test_teardown_that_nobody_awaits_is_all_there_is(tmp_path: Path) -> None:
    """The base has no set-up either, so that unittest runs nothing of either class."""
    write(tmp_path, {"base.py": BASE})
    content = TEST.replace("    def setUp(self):\n        super().setUp()\n", "    async def tearDown(self):\n")
    assert "async def tearDown" in content
    assert lint(tmp_path, content).leaks == []


def test_what_stands_where_is_asked_once_a_second(tmp_path: Path) -> None:
    """A run asks for the same few files again and again."""
    path = tmp_path / "base.py"
    assert not files.is_file(str(path))
    path.write_text("x = 1\n")
    (tmp_path / "setup.cfg").touch()
    assert not files.is_file(str(path)) and files.stamp_of(str(path)) is None
    files.forget_what_stands_where()
    assert files.is_file(str(path)) and files.stamp_of(str(path)) is not None
    assert files.has_project_mark(str(tmp_path)) and not files.is_file(str(tmp_path))
    path.unlink()
    assert files.is_file(str(path))
    time.sleep(files.TAKEN_TO_STAY + 0.05)
    assert not files.is_file(str(path))
