"""Code that goes in circles, or grows without end when it is followed: a bound on each, and no exception."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.checking import check

# One after the other, each under its name.
WRITTEN = """\
# function:
def go(p):
    p.start()
    go(p)

go(mock.patch('a.b'))

# function returns itself:
def go():
    return go

go()()()().start()

# functions:
def one(p):
    two(p)

def two(p):
    p.start()
    one(p)

one(mock.patch('a.b'))

# branching:
def go(n):
    go(n - 1)
    go(n - 2)
    go(n - 3)
    mock.patch('a.b').start()

go(40)

# generator:
def go():
    yield from go()
    mock.patch('a.b').start()

list(go())

# method:
class TestA:
    def setup_method(self):
        self.p = mock.patch('a.b')
        self.p.start()
        self.setup_method()
        self.help()

    def help(self):
        self.help()
        self.setup_method()

# property:
class TestA:
    @property
    def p(self):
        return self.p

    def test(self):
        self.p.start()

# super:
class TestA:
    def setUp(self):
        super().setUp()
        self.setUp()
        mock.patch('a').start()

# class:
class TestA(TestA):
    def test(self):
        mock.patch('a.b').start()

# classes:
class TestA(TestB):
    def test(self):
        mock.patch('a.b').start()

class TestB(TestA):
    pass

class TestA(TestB):
    pass

# metaclass:
class TestA(metaclass=TestA):
    def test(self):
        mock.patch('a.b').start()

# container:
x = []
x.append(x)
x.extend(x)
x += x
for y in x:
    y.append(y)
    mock.patch('a.b').start()
x[0][0][0].stop()

# dict:
x = {}
x['x'] = x
x.update(x)
x['x']['x']['x'] = mock.patch('a.b').start()

# alias:
a = b
b = a
a = a.b
b = b.a
a.b.start()
a.b = mock.Mock()

# stack:
s = contextlib.ExitStack()
s.enter_context(s)
s.push(s)
s.callback(s.close)
s = s.pop_all()
s.close()

# lambda:
f = lambda: f()
f()
g = lambda g: g(g)
g(g)
mock.patch('a.b').start()

# fixture:
import pytest

@pytest.fixture
def p(p):
    yield p
    p.stop()

def test(p):
    p.start()

# decorator:
@go
def go(f):
    return go(f)

@go
@go
def test():
    mock.patch('a.b').start()

# patcher:
p = mock.patch('a.b', new=p)
p.new = p
p = mock.patch.object(p, 'p', p)
p.start()
p.p = p
"""


def written() -> dict[str, str]:
    _, *parts = re.split(r"^# (.+):\n", WRITTEN, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def repeated(head: str, line: str, times: int, tail: str = "") -> str:
    """Return a function of ``times`` lines; ``>`` in the line stands for as deep an indentation as its number."""
    lines = "".join(line.replace(">", "    " * number) for number in range(1, times + 1))
    return f"{head}\n{lines}{tail}"


FUNCTION = "def test(a):\n    p = mock.patch('a.b')"
GENERATED = {
    "ladder": "def f0():\n    mock.patch('a.b').start()\n"
    + "".join(f"def f{n + 1}():\n    f{n}()\n    f{n}()\n" for n in range(40))
    + "def test():\n    f40()\n",
    "doubled": repeated(
        "x = [mock.patch('a.b')]", "x = x + x\nx += x\nx.extend(x)\n", 9, "for p in x:\n    p.start()\n"
    ),
    "pairs": repeated("x = mock.patch('a.b')", "x = (x, x)\n", 60, "x[0].start()\n"),
    "either": repeated("x = mock.patch('a.b')", "x = [x, x] if x else (x, x, x)\n", 60, "x.start()\nx[0].start()\n"),
    "conditions": repeated(FUNCTION, "    if a:\n        p.start()\n    else:\n        p.stop()\n", 150),
    "nested conditions": repeated(FUNCTION, ">if a:\n>    p.start()\n", 60),
    "nested loops": repeated(FUNCTION, ">for x in a:\n>    p.start()\n", 18),
    "nested tries": repeated(FUNCTION, ">try:\n>    p.start()\n", 18)
    + "".join(f"{'    ' * depth}finally:\n{'    ' * depth}    p.stop()\n" for depth in range(18, 0, -1)),
}
CIRCLES = {**written(), **GENERATED}


@pytest.mark.parametrize("name", CIRCLES)
def test_circle_in_the_file(tmp_path: Path, name: str) -> None:
    started = time.process_time()
    check(tmp_path / "test_a.py", f"import contextlib\nfrom unittest import mock\n\n\n{CIRCLES[name]}")
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "circle",
    [
        "x.append(x)",
        "x.extend([x])",
        "x += [x]",
        "x[0] = x",
        "x = [x, x]\n    x[0].append(x)",
        "x.append(y)\n    y.append(x)",
    ],
)
def test_container_that_holds_itself_silences_nothing(tmp_path: Path, circle: str) -> None:
    source = f"""\
from unittest import mock


def test_price(run):
    x, y = [], []
    {circle}
    run(x)
    for z in x:
        z.stop()
    mock.patch("shop.rate").start()
"""
    assert [text.split()[0] for _, _, text in check(tmp_path / "test_a.py", source)] == ["MLK101"]
