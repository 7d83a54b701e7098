"""The ways to replace something, against the ways to put it back and to fail to: small files, written by the hundred.

Every file holds tests that fail, for a release that only the good end of a test reaches is none.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

SHOP = """\
import time

CLOSED = True
TABLE = {"a": 1}
HANDLERS = []


def rate(x=1):
    return x


def tax(x=1):
    return x


def send():
    return time.time()


class Cart:
    def total(self):
        return 3
"""

_HEAD = """\
import functools
import sys
import time
import unittest
from contextlib import ExitStack, contextmanager
from unittest import mock
from unittest.mock import Mock, patch

import pytest
import shop
from shop import Cart


def fake_rate(x=1):
    return 5


"""

# Where it is kept goes by `own.`: `self.`, `cls.`, or a local name.
ACQUIRED = {
    "a patcher": ('own.p = patch.object(shop, "rate")\nown.m = own.p.start()', "own.p.stop()"),
    "two patchers": (
        'own.a = patch("shop.rate")\nown.b = patch("shop.tax")\nown.a.start()\nown.b.start()',
        "own.a.stop()\nown.b.stop()",
    ),
    "a list": (
        'own.ps = [patch("shop.rate"), patch("shop.tax")]\nfor p in own.ps:\n    p.start()',
        "for p in own.ps:\n    p.stop()",
    ),
    "a list made in a comprehension": (
        'own.ps = [patch.object(shop, n) for n in ("rate", "tax")]\nown.ms = [p.start() for p in own.ps]',
        "for p in reversed(own.ps):\n    p.stop()",
    ),
    "a dict": (
        'own.ps = {n: patch.object(shop, n) for n in ("rate", "tax")}\n'
        "own.ms = {n: p.start() for n, p in own.ps.items()}",
        "for p in own.ps.values():\n    p.stop()",
    ),
    "a stack": (
        'own.stack = ExitStack()\nown.m = own.stack.enter_context(patch("shop.rate"))',
        "own.stack.close()",
    ),
    "entered by hand": (
        'own.p = patch("shop.rate")\nown.m = own.p.__enter__()',
        "own.p.__exit__(None, None, None)",
    ),
    "a patcher that is not kept": ('own.m = patch("shop.rate").start()', "patch.stopall()"),
    "a patch of a dict": ('own.p = patch.dict(shop.TABLE, {"a": 3})\nown.p.start()', "own.p.stop()"),
    "several attributes": (
        "own.p = patch.multiple(shop, rate=mock.DEFAULT, tax=mock.DEFAULT)\nown.ms = own.p.start()",
        "own.p.stop()",
    ),
    "a MonkeyPatch": ('own.mp = pytest.MonkeyPatch()\nown.mp.setattr(shop, "rate", lambda x: 3)', "own.mp.undo()"),
    "a function of a module": ("own.saved = shop.rate\nshop.rate = Mock()", "shop.rate = own.saved"),
    "a method of a class": ("own.saved = Cart.total\nCart.total = lambda self: 3", "Cart.total = own.saved"),
    "setattr": (
        'own.saved = getattr(shop, "rate")\nsetattr(shop, "rate", fake_rate)',
        'setattr(shop, "rate", own.saved)',
    ),
    "a module": ('own.m = Mock()\nsys.modules["shop.x"] = own.m', 'sys.modules.pop("shop.x")'),
    "an item": ('own.saved = shop.TABLE["a"]\nshop.TABLE["a"] = Mock()', 'shop.TABLE["a"] = own.saved'),
    "a registry": ("own.m = Mock()\nshop.HANDLERS.append(own.m)", "shop.HANDLERS.remove(own.m)"),
    "two at once": (
        "own.saved = shop.rate, shop.tax\nshop.rate = Mock()\nshop.tax = Mock()",
        "shop.rate, shop.tax = own.saved",
    ),
    "names in a loop": (
        'own.saved = {n: getattr(shop, n) for n in ("rate", "tax")}\nfor n in own.saved:\n    setattr(shop, n, Mock())',
        "for n, value in own.saved.items():\n    setattr(shop, n, value)",
    ),
    "the standard library": ("own.saved = time.sleep\ntime.sleep = lambda s: None", "time.sleep = own.saved"),
}
"""What acquires, and what releases it."""

WRONG = {
    "at the end of the test": """\
class TestShop(unittest.TestCase):
    def test_shop(self):
        ACQUIRE
        assert shop.send() is None
        RELEASE
""",
    "at the end of the function": """\
def test_shop():
    ACQUIRE
    assert shop.send() is None
    RELEASE
""",
    "in the handler of another error": """\
class TestShop(unittest.TestCase):
    def test_shop(self):
        ACQUIRE
        try:
            assert shop.send() is None
        except ValueError:
            RELEASE
""",
    "in the else": """\
class TestShop(unittest.TestCase):
    def test_shop(self):
        ACQUIRE
        try:
            assert shop.send() is None
        except ValueError:
            pass
        else:
            RELEASE
""",
    "under a condition": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def tearDown(self):
        if not shop.CLOSED:
            RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "behind a return": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def tearDown(self):
        if shop.CLOSED:
            return
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "behind an assertion": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def tearDown(self):
        assert shop.send() is None
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in a teardown of another spelling": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def teardown(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in a tear_down": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def tear_down(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in a helper that nothing calls": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def _restore(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "at the end of the one test": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def test_shop(self):
        assert shop.send() is None
        RELEASE
""",
    "in a cleanup that is registered too late": """\
class TestShop(unittest.TestCase):
    def test_shop(self):
        ACQUIRE
        assert shop.send() is None
        self.addCleanup(self._restore)

    def _restore(self):
        RELEASE
""",
    "in a teardown that is overridden": """\
class Base(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def tearDown(self):
        RELEASE


class TestShop(Base):
    def tearDown(self):
        pass

    def test_shop(self):
        assert shop.send() is None
""",
    "in a tearDown of pytest": """\
class TestShop:
    def setup_method(self):
        ACQUIRE

    def tearDown(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in a class teardown of another spelling": """\
class TestShop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        ACQUIRE

    @classmethod
    def teardownClass(cls):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "behind an assertion of a fixture": """\
@pytest.fixture
def kept(request):
    ACQUIRE
    yield
    assert shop.send() is None
    RELEASE


def test_shop(kept):
    assert shop.send() is None
""",
    "under a condition of a fixture": """\
@pytest.fixture
def kept(request):
    ACQUIRE
    yield
    if request.node.name == 'x':
        RELEASE


def test_shop(kept):
    assert shop.send() is None
""",
    "behind the yield of a context manager": """\
@contextmanager
def kept():
    ACQUIRE
    yield
    RELEASE


def test_shop():
    with kept():
        assert shop.send() is None
""",
    "in an exit without an error": """\
class Kept:
    def __enter__(self):
        ACQUIRE
        return self


    def __exit__(self, kind, error, traceback):
        if kind is None:
            RELEASE


def test_shop():
    with Kept():
        assert shop.send() is None
""",
    "behind the call of a decorator": """\
def deco(function):
    @functools.wraps(function)
    def inner(*args):
        ACQUIRE
        function(*args)
        RELEASE
    return inner


@deco
def test_shop():
    assert shop.send() is None
""",
}
"""Where the release stands, and does not do, or is not reached; the words are put in by :func:`files`."""

RIGHT = {
    "in the teardown": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def tearDown(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in a finally": """\
class TestShop(unittest.TestCase):
    def test_shop(self):
        ACQUIRE
        try:
            assert shop.send() is None
        finally:
            RELEASE
""",
    "in a cleanup": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE
        self.addCleanup(self._restore)

    def _restore(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in a cleanup that is registered before": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        self.addCleanup(self._restore)
        ACQUIRE

    def _restore(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in a local function": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        ACQUIRE
        def restore():
            RELEASE
        self.addCleanup(restore)

    def test_shop(self):
        assert shop.send() is None
""",
    "in the teardown of a base": """\
class Base(unittest.TestCase):
    def setUp(self):
        ACQUIRE

    def tearDown(self):
        RELEASE


class TestShop(Base):
    def tearDown(self):
        super().tearDown()

    def test_shop(self):
        assert shop.send() is None
""",
    "by helpers": """\
class TestShop(unittest.TestCase):
    def _begin(self):
        ACQUIRE

    def _end(self):
        RELEASE

    def setUp(self):
        self._begin()

    def tearDown(self):
        self._end()

    def test_shop(self):
        assert shop.send() is None
""",
    "in the teardown of pytest": """\
class TestShop:
    def setup_method(self):
        ACQUIRE

    def teardown_method(self):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "in the class teardown": """\
class TestShop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        ACQUIRE

    @classmethod
    def tearDownClass(cls):
        RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "under the same condition": """\
class TestShop(unittest.TestCase):
    def setUp(self):
        if shop.CLOSED:
            ACQUIRE

    def tearDown(self):
        if shop.CLOSED:
            RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "around the run": """\
class TestShop(unittest.TestCase):
    def run(self, result=None):
        ACQUIRE
        try:
            super().run(result)
        finally:
            RELEASE

    def test_shop(self):
        assert shop.send() is None
""",
    "behind the yield of a fixture": """\
@pytest.fixture
def kept(request):
    ACQUIRE
    yield
    RELEASE


def test_shop(kept):
    assert shop.send() is None
""",
    "in a finalizer": """\
@pytest.fixture
def kept(request):
    ACQUIRE

    def restore():
        RELEASE
    request.addfinalizer(restore)


def test_shop(kept):
    assert shop.send() is None
""",
    "in a finally of a context manager": """\
@contextmanager
def kept():
    ACQUIRE
    try:
        yield
    finally:
        RELEASE


def test_shop():
    with kept():
        assert shop.send() is None
""",
    "in an exit": """\
class Kept:
    def __enter__(self):
        ACQUIRE
        return self


    def __exit__(self, *error):
        RELEASE


def test_shop():
    with Kept():
        assert shop.send() is None
""",
    "in a finally of a decorator": """\
def deco(function):
    @functools.wraps(function)
    def inner(*args):
        ACQUIRE
        try:
            function(*args)
        finally:
            RELEASE
    return inner


@deco
def test_shop():
    assert shop.send() is None
""",
}
"""Where it stands and is sure to be reached."""


def files(template: str) -> Iterator[tuple[str, str]]:
    """Yield what is acquired and the file for it."""
    for name, (acquire, release) in ACQUIRED.items():
        own = "cls." if "(cls)" in template else "self." if template.startswith("class") else "kept_"
        text = template
        for word, statements in (("ACQUIRE", acquire), ("RELEASE", release)):
            lines = []
            for line in text.splitlines():
                is_it = line.strip() == word
                indent = line[: len(line) - len(line.lstrip())]
                lines.append(textwrap.indent(statements.replace("own.", own), indent) if is_it else line)
            text = "\n".join(lines)
        yield name, f"{_HEAD}{text}\n"
