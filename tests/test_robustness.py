"""Whatever the file consists of, however deep or long it is: a result or silence, and never a traceback."""

from __future__ import annotations

import ast
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.checking import check, check_tree, codes
from tests.command import Result, flake8, write

T = TypeVar("T")
CORPUS = Path(__file__).parent / "corpus"
DEEP = 20_000

LEAK = """\
from unittest import mock


def test_price():
    mock.patch("shop.rate").start()
"""


def lint(directory: Path, content: str | bytes, *arguments: str, name: str = "test_price.py") -> Result:
    write(directory, {name: content})
    return flake8(SELECT, *arguments, name, directory=directory)


# What a file may consist of.


# Which of them flake8 gives, and what it says besides, differs between its versions and those of Python.
BROKEN = {"E902", "E999", "F821"}

CONTENTS: list[tuple[bytes, set[str]]] = [
    (b"", set()),
    (b"\n", set()),
    (b"# mock.patch\n", set()),
    (b'"""mock.patch"""\n', set()),
    (b"mock", {"F821"}),
    (b"\xef\xbb\xbf" + LEAK.encode(), {"MLK101"}),
    (b"\xef\xbb\xbf", set()),
    (b"# coding: latin-1\nname = '\xe9'\n" + LEAK.encode(), {"MLK101"}),
    (b"name = '\xe9'\n" + LEAK.encode(), BROKEN | {"MLK101"}),
    (b"# coding: no-such-encoding\n" + LEAK.encode(), BROKEN | {"MLK101"}),
    (LEAK.replace("\n", "\r\n").encode(), {"MLK101"}),
    (LEAK.replace("\n", "\r").encode(), {"MLK101"}),
    (LEAK.replace("\n\n\n", "\n\x0c\n").encode(), {"MLK101"}),
    (LEAK.replace("\n\n\n", "\n\n\n\x0c").encode(), {"MLK101"}),
    (LEAK.replace('"shop.rate"', '"shop.rate\x0c\x1c\x85\u2028"').encode(), {"MLK101"}),
    (LEAK.rstrip().encode(), {"MLK101"}),
    (LEAK.encode() + b"    \\\n", BROKEN | {"MLK101"}),
    (LEAK.encode() + "\udc80".encode(errors="surrogatepass"), BROKEN),
    (LEAK.replace("test_price", "tést_ﬁ").encode(), {"MLK101"}),
]
SELECT = "--select=MLK,E9,F8"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What one run of flake8 says about all of the contents, by the name of the file."""
    directory = tmp_path_factory.mktemp("contents")
    write(directory, {f"test_{number}.py": content for number, (content, _) in enumerate(CONTENTS)})
    found: dict[str, set[str]] = {}
    for report in flake8(SELECT, directory=directory).reports:
        found.setdefault(Path(report.path).name, set()).add(report.code)
    return found


def fits(found: set[str], expected: set[str]) -> bool:
    return found <= expected if "E999" in expected else found == expected


@pytest.mark.parametrize("number", range(len(CONTENTS)))
def test_content(number: int, reported: dict[str, set[str]]) -> None:
    assert fits(reported.get(f"test_{number}.py", set()), CONTENTS[number][1])


@pytest.mark.parametrize("number", range(0, len(CONTENTS), 2))
def test_content_of_standard_input(number: int, tmp_path: Path) -> None:
    content, expected = CONTENTS[number]
    if not is_decodable(content):
        pytest.skip("flake8 by itself does not survive a buffer that it cannot decode")
    result = flake8(SELECT, "-", "--stdin-display-name=test_a.py", directory=tmp_path, stdin=content)
    assert fits({report.code for report in result.reports}, expected)


@pytest.mark.parametrize(
    "content",
    [LEAK.encode() + b"\x00", LEAK.encode() + b"\x00\n", b"\x00" * 100, bytes(range(256)), LEAK.encode("utf-16")],
    ids=["last", "line", "only", "all-bytes", "utf-16"],
)
def test_null_byte(tmp_path: Path, content: bytes) -> None:
    """flake8 by itself does not survive it on every Python; where it does, so do we."""
    result = lint(tmp_path, content)
    if "Traceback" in result.errors:
        assert "flake8_mockleak" not in result.errors
    else:
        assert {report.code for report in result.reports} <= BROKEN


def is_decodable(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return b"coding: latin-1" in content
    return True


def test_half_typed_buffer(tmp_path: Path) -> None:
    """A real file, cut off at many places: each cut is a file, for one run of flake8 over them all."""
    source = max(CORPUS.rglob("*.py"), key=lambda path: path.stat().st_size).read_text(encoding="utf-8")
    cuts = [*range(0, len(source), 23), len(source)]
    write(tmp_path, {f"test_{cut}.py": source[:cut] for cut in cuts})
    reports = flake8("--select=MLK,E9", "-j2", directory=tmp_path).reports
    assert {report.code[:3] for report in reports} <= {"MLK", "E99", "E90"}
    for cut in cuts[:: len(cuts) // 4]:
        buffer = source[:cut]
        assert flake8("--select=MLK,E9", "-", directory=tmp_path, stdin=buffer).status in (0, 1)


def test_line_deleted_or_doubled(tmp_path: Path) -> None:
    """Files that parse, and mean something odd."""
    for number, path in enumerate(sorted(CORPUS.rglob("*.py"))):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        line = number % max(len(lines), 1)
        for changed in ([*lines[:line], *lines[line + 1 :]], [*lines[: line + 1], *lines[line:]]):
            try:
                check(path, "".join(changed))
            except SyntaxError:
                pass


# Depth.


def deep_sources() -> dict[str, str]:
    elifs = "".join(f"    elif a == {n}:\n        pass\n" for n in range(DEEP))
    return {
        "binary": f"    x = {'+'.join(['a'] * DEEP)}\n",
        "attributes": f"    x = a{'.b' * DEEP}\n",
        "attributes-set": f"    a{'.b' * DEEP} = mock.Mock()\n",
        "calls": f"    x = {'a(' * DEEP}{')' * DEEP}\n",
        "chained-calls": f"    x = a{'.b()' * DEEP}\n",
        "patcher-calls": f"    x = mock.patch('a.b'){'.start()' * DEEP}\n",
        "parentheses": f"    x = {'(' * DEEP}a{')' * DEEP}\n",
        "lists": f"    x = {'[' * DEEP}{']' * DEEP}\n",
        "subscripts": f"    a{'[0]' * DEEP} = mock.Mock()\n",
        "conditions": f"    x = {'a if b else ' * DEEP}c\n",
        "not": f"    x = {'not ' * DEEP}a\n",
        "minus": f"    x = {'-' * DEEP}a\n",
        "lambdas": f"    x = {'lambda: ' * DEEP}a\n",
        "strings": "    x = (" + "\n'a'" * DEEP + ")\n",
        "booleans": f"    x = {' and '.join(['a'] * DEEP)}\n",
        "comparisons": f"    x = {' < '.join(['a'] * DEEP)}\n",
        "targets": f"    {' = '.join(f'a{n}' for n in range(DEEP))} = mock.patch('a.b')\n",
        "elif": f"    if a:\n        pass\n{elifs}",
        "blocks": "".join(f"{'    ' * (n + 1)}if a:\n" for n in range(90)) + "    " * 91 + "pass\n",
    }


DEEP_SOURCES = {
    name: f"{LEAK.replace('test_price()', 'test_price(a, b, c)')}{text}" for name, text in deep_sources().items()
}


@pytest.mark.parametrize("name", DEEP_SOURCES)
def test_deep_file_in_flake8(tmp_path: Path, name: str) -> None:
    """Where flake8 cannot take it by itself, the error is not ours; where it can, there is no error."""
    result = lint(tmp_path, DEEP_SOURCES[name], "-j1")
    assert "flake8_mockleak" not in result.errors + result.output
    if result.status not in (0, 1) or "Traceback" in result.errors:
        write(tmp_path, {"test_price.py": DEEP_SOURCES[name].replace("mock", "nock")})  # the gate lets nothing pass
        without = flake8("--select=E9,F8", "-j1", "test_price.py", directory=tmp_path)
        assert (without.status, without.errors[-200:]) == (result.status, result.errors[-200:])


@pytest.mark.parametrize("name", DEEP_SOURCES)
def test_deep_tree_in_the_checker(tmp_path: Path, name: str) -> None:
    """With any limit that another plugin, or the host, may have set."""
    source = DEEP_SOURCES[name]
    try:
        tree = ast.parse(source)
    except (RecursionError, MemoryError, SyntaxError):
        pytest.skip("this Python cannot parse it")
    path = tmp_path / "test_price.py"
    assert set(codes(check_tree(tree, path, source))) <= {"MLK101"}
    assert set(codes(with_room(lambda: check_tree(tree, path, source)))) <= {"MLK101"}


def with_room(function: Callable[[], T]) -> T:
    """Call a function with a recursion limit that no reasonable program runs into, on a stack large enough for it."""
    results: list[T] = []

    def run() -> None:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(10 * DEEP)
        try:
            results.append(function())
        finally:
            sys.setrecursionlimit(limit)

    size = threading.stack_size(512 * 1024 * 1024)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    threading.stack_size(size)
    return results[0]


# Size.


def many_tests(tests: int) -> str:
    test = """
    def test_{n}(self):
        patcher = mock.patch("shop.rate{n}")
        patcher.start()
        shop.tax_{n} = mock.Mock()
        self.assertEqual(shop.price({n}), {n})
        patcher.stop()
"""
    head = "import unittest\nfrom unittest import mock\n\nimport shop\n"
    return head + "".join(
        f"\n\nclass Test{n}(unittest.TestCase):\n" + "".join(test.replace("{n}", str(n + k)) for k in range(20))
        for n in range(0, tests, 20)
    )


def many_missing_targets(tests: int) -> str:
    test = """

@patch("shop.missing_{n}")
def test_{n}(missing):
    missing.assert_called()
"""
    return "from unittest.mock import patch\n" + "".join(test.replace("{n}", str(n)) for n in range(tests))


@pytest.mark.once
@pytest.mark.parametrize("big_file", [many_tests, many_missing_targets])
def test_cost_is_linear_in_the_length_of_the_file(big_file: Callable[[int], str], tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("def price(n):\n    return n\n")

    def seconds(source: str) -> float:
        tree, path = ast.parse(source), tmp_path / "test_shop.py"
        started = time.process_time()
        found = check_tree(tree, path, source)
        assert found
        return time.process_time() - started

    small, large = big_file(700), big_file(7000)
    assert large.count("\n") > 35_000
    # Ten times would be linear and a hundred quadratic; of two runs the better, for the machine may have other work.
    assert min(seconds(large), seconds(large)) < 25 * max(min(seconds(small), seconds(small)), 0.05)


def test_one_class_or_function_of_many_lines(tmp_path: Path) -> None:
    lines = "".join(
        f"    p{n} = mock.patch('a.b{n}')\n    p{n}.start()\n    a.c{n} = mock.Mock()\n" for n in range(3000)
    )
    head = "from unittest import mock\n\nimport a\n\n\n"
    methods = "".join(
        f"    def test_{n}(self):\n        a.b = mock.Mock()\n        self.help_{n - 1}()\n"
        f"    def help_{n}(self):\n        a.b{n} = mock.Mock()\n"
        for n in range(2000)
    )
    for source in (f"{head}def test():\n{lines}", f"{head}class TestA:\n{methods}"):
        started = time.process_time()
        check(tmp_path / "test_a.py", source)
        assert time.process_time() - started < 20


HALF_TYPED = """\
from unittest import mock
from unittest.mock import patch


@patch.dict()
@patch.multiple()
@patch()
@patch.object()
@mock.patch(*a, **k)
def test_a(x, y): pass


@patch
def test_b(): pass


class TestC:
    @patch.object("a")
    def setUp(): self.x = y

    @patch("a.b", new=mock.Mock)
    def test(): yield


p = patch()
patch()
patch.object().start()
with patch.multiple() as m: m["a"]
with patch.multiple("a", b) as m: m["a"]
assert mock.Mock().called_once
mock.assert_called_once
patch("").start()
patch("a.").stop()
patch(".a")
patch.object(a.b, "")
"""


def test_half_typed_patches_are_no_error(tmp_path: Path) -> None:
    path = tmp_path / "test_half.py"
    path.write_text(HALF_TYPED, encoding="utf-8")
    assert {"MLK402", "MLK403"} <= set(codes(check(path)))


def test_many_classes_of_which_the_bases_are_not_known(tmp_path: Path) -> None:
    """As while the import is not typed yet: astroid is asked about each base, and no more than once."""
    test = """

class Test{n}(unittest.TestCase):
    @patch("shop.charge")
    def test_charge(self):
        pass

    @patch("shop.refund")
    def test_refund(self):
        pass
"""
    source = "from unittest.mock import patch\n" + "".join(test.replace("{n}", str(n)) for n in range(40))
    started = time.process_time()
    assert codes(check(tmp_path / "test_a.py", source)) == []
    assert time.process_time() - started < 8
