"""Linting reads: it runs nothing of the linted project, and it writes nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from tests.command import flake8, write

ROOT = Path(__file__).parent.parent

# Runs in a process of its own, for an audit hook cannot be taken out again.
WATCHED = '''\
import importlib.machinery
import os
import sys
from pathlib import Path

from tests.checking import check

# The checker imports parts of itself, and astroid, when it first needs them.
check(Path("test_a.py"), """
from unittest import mock
import a

class Test(a.factory()):
    def test(self):
        mock.patch('a').start()
        a.b = mock.Mock()
""")
sys.dont_write_bytecode = True
linted, directory = [Path(name) for name in sys.argv[2:]], sys.argv[1]
os.chdir(directory)
sys.path.insert(0, directory)  # as `python -m flake8` has it: what is imported by mistake would come from there

FORBIDDEN = ("os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "os.startfile", "os.putenv", "os.unsetenv",
             "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.utime",
             "os.chmod", "os.chown", "subprocess.", "pty.", "socket.", "urllib.", "ftplib.", "http.", "smtplib.",
             "shutil.", "tempfile.", "webbrowser.", "ctypes.", "marshal.", "pickle.", "sqlite3.", "code.__new__")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
offences = []


def is_linted(file):
    return any(Path(file).is_relative_to(path.parent) for path in linted)


def watch(event, arguments):
    if not watching:
        return
    if event.startswith(FORBIDDEN):
        offences.append(f"{event} {arguments}")
    elif event == "open":
        path, mode, flags = arguments
        if flags & WRITES or (isinstance(mode, str) and set(mode) & set("wax+")):
            offences.append(f"open {path} to write")
    elif event == "exec":
        code = arguments[0]
        made_here = not os.path.isabs(code.co_filename) and not code.co_filename.startswith("<frozen ")
        if made_here or is_linted(code.co_filename):
            offences.append(f"exec {code.co_filename}")
    elif event == "import":
        name, file = arguments[0], arguments[1]
        found = importlib.machinery.PathFinder.find_spec(name.partition(".")[0], [directory])
        if (file and is_linted(file)) or (found and found.origin and is_linted(found.origin)):
            offences.append(f"import {name}")


watching = False
sys.addaudithook(watch)
before, path_before, environment = set(sys.modules), list(sys.path), dict(os.environ)
for file in linted:
    text = file.read_text(encoding="utf-8")
    watching = True
    check(file, text)
    watching = False
for name in set(sys.modules) - before:
    origin = getattr(sys.modules[name], "__file__", None) or ""
    if is_linted(origin):
        offences.append(f"imported {name}")
if path_before != sys.path or environment != dict(os.environ):
    offences.append("changed sys.path or the environment")
print(*dict.fromkeys(offences), sep="\\n")
'''  # noqa: E501


def offences(directory: Path, files: list[Path]) -> list[str]:
    command = [sys.executable, "-c", WATCHED, str(directory), *map(str, files)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert process.returncode == 0, process.stderr
    return [line for line in process.stdout.splitlines() if line]


TOUCH = "import pathlib\npathlib.Path(__file__).with_suffix('.touched').touch()\n"

TEST = """\
import _lsprof
import ast
import astroid
import helper
import os
from unittest import mock

from base import PatchingTestCase
from gi.repository import Gtk
from wsgiref.missing import make

os.system("touch test.touched")


class TestPrice(PatchingTestCase):
    def setUp(self):
        super().setUp()
        helper.later(self, mock.patch("shop.rate").start())
        helper.patcher(exit(1)).start()
        shop.x = mock.Mock()
        mock.patch("shop.rate").start()


class TestTax(helper.factory()):
    def test_tax(self):
        mock.patch("shop.tax").start()


class TestTime(ast.parse("").base, astroid.base(), os.base()):
    def test_time(self):
        mock.patch("time.time").start()


class TestCompiled(_lsprof.base()):
    def test_compiled(self):
        mock.patch("time.time").start()


class TestGtk(Gtk.base()):
    def test_gtk(self):
        mock.patch("time.time").start()


class TestMissing(make()):
    def test_missing(self):
        mock.patch("time.time").start()
"""

# Every name that a checker, flake8 or astroid could import by mistake.
NAMES = {*sys.stdlib_module_names, "astroid", "flake8", "flake8_mockleak", "mock", "pyflakes", "shop", "sitecustomize"}

HOSTILE = {
    **{f"{name}.py": TOUCH for name in sorted(NAMES)},
    "setup.py": TOUCH,
    # Names of the standard library, and one that astroid has a plugin for: it would import these.
    f"_lsprof{EXTENSION_SUFFIXES[0]}": "no library, and to load it would be an offence",
    "wsgiref/__init__.py": TOUCH,
    "gi/__init__.py": TOUCH,
    "gi/repository/__init__.py": TOUCH,
    # Read by Python when it starts, if it is told to by where they lie or by what is set.
    "hostile.pth": "import pathlib; pathlib.Path('pth.touched').touch()\n",
    "usercustomize.py": TOUCH,
    "conftest.py": f"{TOUCH}import pytest\n\n\n@pytest.fixture(autouse=True)\ndef price():\n    yield\n",
    "base.py": f"{TOUCH}import unittest\n\n\nclass PatchingTestCase(unittest.TestCase):\n"
    "    x = open('class.touched', 'w')\n",
    "helper.py": f"{TOUCH}\n\ndef later(test, mock):\n    open('function.touched', 'w')\n\n\n"
    "def patcher(x=open('default.touched', 'w')):\n    return x\n\n\n"
    "def factory():\n    return __import__('base').PatchingTestCase\n",
    "test_price.py": TEST,
}


def touched(directory: Path) -> list[str]:
    files = [str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()]
    return sorted(set(files) - set(HOSTILE))


@pytest.mark.parametrize("name", ["corpus/projects", "corpus/leaks", "corpus/clean", "../examples"])
def test_nothing_of_real_looking_projects_is_run(name: str) -> None:
    directory = (ROOT / "tests" / name).resolve()
    assert offences(directory, sorted(directory.rglob("*.py"))) == []


def test_nothing_of_a_hostile_project_is_run(tmp_path: Path) -> None:
    write(tmp_path, HOSTILE)
    assert offences(tmp_path, [tmp_path / "test_price.py"]) == []
    assert touched(tmp_path) == []


def test_the_watch_sees_offences(tmp_path: Path) -> None:
    """So that the tests above cannot pass for want of a working hook."""
    write(tmp_path, {"test_a.py": "x = 1\n", "hostile.py": TOUCH})
    spy = WATCHED.replace(
        "    check(file, text)\n", "    import hostile\n    os.environ['A'] = 'b'\n    os.system('')\n    exec('1')\n"
    )
    command = [sys.executable, "-c", spy, str(tmp_path), str(tmp_path / "test_a.py")]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60).stdout
    execs, others = [f"exec {tmp_path}", "exec <string>"], ["open ", "os.system", "os.putenv", "imported hostile"]
    for expected in ("import hostile", *execs, *others):
        assert expected in found, expected


def test_hostile_project_through_flake8(tmp_path: Path) -> None:
    """Started as the command ``flake8``, which unlike ``python -m flake8`` does not put the directory on the path."""
    write(tmp_path, HOSTILE)
    # An editor's plugin runs in the project's directory.
    result = flake8("--select=MLK", "test_price.py", directory=tmp_path, script=True)
    assert result.leaks
    assert touched(tmp_path) == []
