"""Every statement that Python has, used as nobody uses it, in every kind of place."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.checking import check
from tests.command import flake8, write

TEST = """\
from unittest import mock

from base import PatchingTestCase


class TestPrice(PatchingTestCase):
    def test_price(self):
        mock.patch("shop.rate").start()
"""

SYNTAX = """\
import asyncio, contextlib, unittest
from unittest import mock
from unittest.mock import *
import a.b.c as d, a.b

a.b.c = a.b[mock.Mock():mock.Mock(), ...] = (x, *y) = [*z, w] = mock.Mock(), mock.Mock()
a.b[0], (a.c, [a.d, *a.e]), *a.f = mock.patch("a.b"), (mock.Mock(), [mock.Mock()] * 3), 1, 2
for a.b in [mock.Mock()]:
    ...
for a.b[mock.Mock()], *a.c in mock.Mock(), mock.Mock(): a.d = mock.Mock()
else: a.e = mock.Mock()
with mock.patch("a.b") as a.b, mock.patch("a.c") as (a.c, a.d[0]), mock.patch("x"): a.c.d = mock.Mock()
with (mock.patch("a.b"), mock.patch("a.c") as c,): pass
a.b: mock.Mock = mock.Mock()
a.b: "mock.Mock"
(a.b): int = mock.patch("x").start()
a.b += mock.Mock(); a.b @= mock.Mock(); a[0] |= mock.Mock(); p = mock.patch("x"); p += p; p.start()
del a.b, (a.c, [a.d]), a[0], a[1:2], p, p
f"{a.b}{mock.patch('x').start()!r:>{mock.patch('y').start()}}" "x" f"{(lambda: mock.patch('z').start())()}"
b"" if mock.patch("x").start() else mock.patch("y").start()
{**a, "x": mock.patch("x").start(), mock.patch("y"): 1}["x"].stop()
{mock.patch("x").start(), *a}
(mock.patch("x").start() for x in a if mock.patch("y").start() for y in x)
[p.start() for p in [mock.patch("x")] if (q := mock.patch("y").start())]
{p.start(): p.stop() for p in (mock.patch("x"), *a)}
(lambda *a, b=mock.patch("x").start(), **c: a.b.start())(*a, **a, b=1)
print(*mock.patch("x"), **mock.patch("y"), sep=mock.patch("z").start())
mock.patch(*a).start(); mock.patch(**a).start(); mock.patch().start(); mock.patch(1).start(); mock.patch("").start()
mock.patch("x", *a, **a).start(); mock.patch.object().start(); mock.patch.object(a).start(); mock.patch.object(*a).start()
mock.patch.dict().start(); mock.patch.dict(*a).start(); mock.patch.multiple().start(); mock.patch.multiple("a", **a).start()
mock.patch("a" "b").start(); mock.patch(f"a.{a}").start(); mock.patch("a" + a).start(); mock.patch("é.ü").start()
mock.patch("a.b.").start(); mock.patch(".a").start(); mock.patch("a b").start(); mock.patch("a\\nb").start()
setattr(); setattr(a); setattr(a, "b"); setattr(a, a, mock.Mock()); setattr(*a); setattr(a, "b", **a); delattr(a, "b")
setattr(a, "", mock.Mock()); setattr(a, "\\n", mock.Mock()); a.__dict__["b"] = mock.Mock(); vars(a)["b"] = mock.Mock()
globals()["a"] = mock.Mock(); a.__class__.b = mock.Mock(); type(a).b = mock.Mock(); type().b = mock.Mock(); type(*a).b = mock.Mock()
sys.modules["a"] = mock.Mock(); __import__("sys").modules["a"] = mock.Mock(); sys.modules[a] = sys.modules = mock.Mock()
getattr(a, "b").c = mock.Mock(); getattr(a, a).c = mock.Mock(); getattr().c = mock.Mock(); a().b().c = mock.Mock()
(a.b if a else a.c).d = mock.Mock(); (a or a.b).c = mock.Mock(); (a := a.b).c = mock.Mock(); a[0][a].b = mock.Mock()
contextlib.ExitStack().enter_context(); contextlib.ExitStack().enter_context(*a); contextlib.ExitStack(1).callback()
mock.patch.stopall; mock.patch.stopall(1, *a); patch.stopall(); p.stop; mock.patch; mock; mock.patch("x"); mock.patch("x").stop()
try: mock.patch("x").start()
except (A, B) as e: e.x = mock.Mock()
except: raise
else: pass
finally: pass
while mock.patch("x").start(): break
else: pass
assert mock.patch("x").start(), mock.patch("y").start()
if (p := mock.patch("x")).start(): p.stop()

@mock.patch("x").start()
@(lambda f: f)
@a[0].b(mock.patch("y"))(1)
@(yes or no) if a else mock.patch("z")
class TestA(*a, mock.Mock, a.b[0], (lambda: a)(), metaclass=mock.patch("x").start(), **a):
    a.b = mock.Mock()
    x: int
    y = z = mock.patch("x").start()
    global G
    G = mock.patch("x")
    for p in [y]: p.start()
    if x:
        def setUp(self, *, a=mock.patch("x").start(), **k) -> mock.patch("y").start(): self.p = mock.patch("z"); self.p.start()
    else:
        setUp = lambda self: mock.patch("x").start()
    class Inner:
        class setUp:
            def test(self): a.b = mock.Mock()
        def test(this, /, x, *, y): this.a.b.c = mock.Mock(); __class__.a = mock.Mock()
    def test(): a.b = mock.Mock()
    def test_2(*self): self.p = mock.patch("x").start(); self[0].p = mock.Mock()
    def test_3(*, self): self.p = mock.patch("x").start()
    def test_4(self, /): del self.p; del self; self.p.start()
    def test_5(self): self = a; self.b = mock.Mock(); self, a.c = a, mock.Mock(); super().b = mock.Mock(); super = a
    @staticmethod
    def test_6(): mock.patch("x").start()
    @classmethod
    @property
    def setUpClass(cls): cls.p = mock.patch("x").start(); return cls.p
    @a.setter
    def p(self, p): self.p = p.start()
    def addCleanup(self): self.addCleanup(); self.addCleanup(*a); self.addCleanup(mock.patch("x").start().stop)
    async def asyncSetUp(self):
        async with mock.patch("x") as p, a as a.b: await p.start()
        async for a.b in [p async for p in a if await p.start()]: a.c = mock.Mock()
        yield mock.patch("x").start()
        await asyncio.gather(*[p.start() async for p in a], (p async for p in a))
        return
    def tearDown(self): yield; x = yield mock.patch("x").start(); a.b = yield from a; return mock.patch("y").start()

def test(a, b=mock.patch("x").start(), *c: mock.patch("y").start(), d=lambda: mock.patch("z").start(), **e) -> None:
    global p, x, unknown
    p = mock.patch("x"); p.start(); unknown.a.b = mock.Mock()
    def inner():
        nonlocal a, b
        a = mock.patch("x").start(); b.c = mock.Mock()
        def setUp(self): nonlocal b; b = self.start()
        class Local(Local): a = b = mock.patch("x").start()
        return inner, inner()
    import a.b.c, a as b; a.b.c = mock.Mock(); b.c.d = mock.Mock()
    from . import x; from .. import *; from ...a import b as c; x.y = b.c = c.d = mock.Mock()
    for a.b in a: continue
    return inner()()()
    a.b = mock.Mock()

match mock.patch("x").start():
    case mock.Mock(a=p, b=[x, *y]) | {"p": p, "b": [x, *y], **z} if p.start(): p.stop(); a.b = mock.Mock()
    case [mock.Mock() as p, *_] | p: a.b = p.start()
    case -1 | 1+2j | "x" "y" | None | a.b: pass
    case _: pass
"""  # noqa: E501

NEWER = {
    (3, 11): """\
try: mock.patch("x").start()
except* (A, B) as e: e.x = a.b = mock.Mock()
finally: pass
a.b[*c] = mock.Mock()
def test(*a: *b): a.b = mock.Mock()
""",
    (3, 12): """\
type A[T: mock.patch("x").start(), *U, **V] = mock.patch("y").start()
class TestB[T](a.b[T], metaclass=M):
    type X = T
    def setUp[U: T](self, a: U): self.a.b = mock.patch("x").start(); type a = b; a.b = mock.Mock()
def test[T: (int, str)](a: T) -> T: a.b = mock.Mock()
f"{f"{mock.patch("x").start()}" + "\\n"!r:{"{"}}"
""",
    (3, 13): """\
class TestC[T = mock.patch("x").start()]: ...
type D[*T = *tuple[int]] = T
""",
    (3, 14): """\
t"{mock.patch('x').start()!r:{a.b}}"
try: mock.patch("x").start()
except A, B: a.b = mock.Mock()
""",
}


def new_syntax() -> str:
    return SYNTAX + "".join(text for version, text in NEWER.items() if version <= sys.version_info)


def test_all_syntax_in_flake8(tmp_path: Path) -> None:
    result = flake8("--select=MLK,E9", "-", "--stdin-display-name=test_a.py", directory=tmp_path, stdin=new_syntax())
    codes_found = {report.code for report in result.reports}
    assert codes_found and all(code.startswith("MLK") for code in codes_found)


@pytest.mark.parametrize(
    "place", ["module", "function", "method", "setUp", "fixture", "conftest", "environment", "base"]
)
def test_every_statement_everywhere(tmp_path: Path, place: str) -> None:
    """Each statement of the above by itself, in every kind of place."""
    heads = {
        "module": "",
        "function": "def test(a, p):\n",
        "method": "class TestA(unittest.TestCase):\n    def test(self):\n",
        "setUp": "class TestA(unittest.TestCase):\n    def setUp(self):\n",
        "fixture": "import pytest\n@pytest.fixture(autouse=True)\ndef fixture(a):\n",
        "conftest": "import pytest\n@pytest.fixture(autouse=True)\ndef fixture(a):\n",
        "environment": "def before_scenario(context, scenario):\n",
        "base": "class PatchingTestCase(unittest.TestCase):\n    def setUp(self):\n",
    }
    head = heads[place]
    indent = (len(head.splitlines()[-1]) - len(head.splitlines()[-1].lstrip()) + 4) * " " if head else ""
    imports = "import unittest\nfrom unittest import mock\nimport a\n"
    name = {"conftest": "conftest.py", "environment": "environment.py", "base": "base.py"}.get(place, "test_a.py")
    for statement in ast.parse(new_syntax()).body:
        text = "\n".join(indent + line for line in ast.unparse(statement).splitlines())
        source = f"{imports}{head}{text}\n"
        try:
            ast.parse(source)
            compile(source, name, "exec")
        except SyntaxError:
            continue
        check(tmp_path / name, source)
        if place == "base":
            write(tmp_path, {name: source})
            check(tmp_path / "test_price.py", TEST)
        elif place == "conftest":
            write(tmp_path, {name: source})
            check(tmp_path / "test_price.py", TEST)
