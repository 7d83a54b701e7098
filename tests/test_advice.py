"""What a message says to write fits the place: it names what is in reach there, and would do what it should."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.checking import check

_IMPORTS = """\
import unittest
from contextlib import AsyncExitStack, ExitStack
from unittest import mock

import pytest
from shop import orders, stock

"""

CASES = {
    "entered by hand in a test case": (
        """
        class TestCount(unittest.TestCase):
            def setUp(self):
                self.patcher = mock.patch.object(stock, "count")
                self.patcher.__enter__()
        """,
        "add self.addCleanup(self.patcher.__exit__, None, None, None)",
    ),
    "entered by hand in a function": (
        """
        def test_count():
            patcher = mock.patch.object(stock, "count")
            patcher.__enter__()
        """,
        "call patcher.__exit__(None, None, None) in a finally",
    ),
    "an exit stack": (
        """
        class TestCount(unittest.TestCase):
            def setUp(self):
                self.stack = ExitStack()
                self.stack.enter_context(mock.patch.object(stock, "count"))
        """,
        "add self.addCleanup(self.stack.close)",
    ),
    "an asynchronous exit stack": (
        """
        class TestCount(unittest.IsolatedAsyncioTestCase):
            async def asyncSetUp(self):
                stack = AsyncExitStack()
                stack.enter_context(mock.patch.object(stock, "count"))
        """,
        "add self.addAsyncCleanup(stack.aclose)",
    ),
    "setUpModule": (
        """
        def setUpModule():
            patcher = mock.patch.object(stock, "count")
            patcher.start()
        """,
        "call patcher.stop() in tearDownModule, or add unittest.addModuleCleanup(patcher.stop)",
    ),
    "the body of a module": (
        """
        patcher = mock.patch.object(stock, "count")
        patcher.start()
        """,
        "start it in setUpModule and call patcher.stop() in tearDownModule, or start it in a fixture that yields",
    ),
    "setup_method of a class that is no test case": (
        """
        class TestCount:
            def setup_method(self):
                self.patcher = mock.patch.object(stock, "count")
                self.patcher.start()

            def test_count(self):
                stock.count("book")
        """,
        "call self.patcher.stop() in teardown_method, or start it in a fixture that yields",
    ),
    "setup_class of a class that is no test case": (
        """
        class TestCount:
            @classmethod
            def setup_class(cls):
                cls.patcher = mock.patch.object(stock, "count")
                cls.patcher.start()

            def test_count(self):
                stock.count("book")
        """,
        "call cls.patcher.stop() in teardown_class",
    ),
    "a mixin": (
        """
        class CountMixin:
            def setUp(self):
                self.patcher = mock.patch.object(stock, "count")
                self.patcher.start()

        class TestCount(CountMixin, unittest.TestCase):
            def test_count(self):
                stock.count("book")
        """,
        "add self.addCleanup(self.patcher.stop)",
    ),
    "a patcher of the class": (
        """
        class TestCount(unittest.TestCase):
            patcher = mock.patch.object(stock, "count")

            def setUp(self):
                self.patcher.start()
        """,
        "add self.addCleanup(self.patcher.stop)",
    ),
    "a patcher of the class, started for the class": (
        """
        class TestCount(unittest.TestCase):
            patcher = mock.patch.object(stock, "count")

            @classmethod
            def setUpClass(cls):
                cls.patcher.start()
        """,
        "add cls.addClassCleanup(cls.patcher.stop)",
    ),
    "the body of a class": (
        """
        class TestCount(unittest.TestCase):
            count = mock.patch.object(stock, "count").start()
        """,
        "start it in setUpClass with cls.addClassCleanup(patcher.stop)",
    ),
    "a method that the test calls": (
        """
        class TestCount(unittest.TestCase):
            def fake(this, name):
                return mock.patch.object(stock, name).start()

            def test_count(self):
                self.fake("count")
        """,
        "add this.addCleanup(patcher.stop)",
    ),
    "a function that the test calls": (
        """
        def fake(name):
            return mock.patch.object(stock, name).start()

        class TestCount(unittest.TestCase):
            def test_count(self):
                fake("count")
        """,
        "call patcher.stop() in a finally, or return the patcher for the caller to stop",
    ),
    "a function that takes the test case": (
        """
        def fake(test, name):
            return mock.patch.object(stock, name).start()

        class TestCount(unittest.TestCase):
            def test_count(self):
                fake(self, "count")
        """,
        "add test.addCleanup(patcher.stop)",
    ),
    "a function in the test": (
        """
        class TestCount(unittest.TestCase):
            def test_count(self):
                def fake(name):
                    return mock.patch.object(stock, name).start()

                fake("count")
        """,
        "add self.addCleanup(patcher.stop)",
    ),
    "a class method that the test calls": (
        """
        class TestCount(unittest.TestCase):
            @classmethod
            def fake(cls, name):
                return mock.patch.object(stock, name).start()

            def test_count(self):
                self.fake("count")
        """,
        "call patcher.stop() in a finally, or return the patcher",
    ),
    "a function that a fixture calls": (
        """
        def fake(name):
            return mock.patch.object(stock, name).start()

        @pytest.fixture
        def count():
            return fake("count")
        """,
        "call patcher.stop() in a finally, or return the patcher",
    ),
    "a comprehension": (
        """
        class TestCount(unittest.TestCase):
            def setUp(self):
                patchers = [mock.patch.object(stock, "count"), mock.patch.object(stock, "order")]
                self.mocks = [patcher.start() for patcher in patchers]
        """,
        "start it in a loop, and add self.addCleanup(patcher.stop)",
    ),
    "a monkeypatch of one's own": (
        """
        def test_count():
            patch = pytest.MonkeyPatch()
            patch.setattr(stock, "count", mock.Mock())
            assert stock.count("book")
            patch.undo()
        """,
        "use the fixture monkeypatch, or call patch.undo() in a finally",
    ),
    "a fixture of the class": (
        """
        @pytest.fixture(scope="class")
        def count():
            stock.count = mock.Mock()
        """,
        "never restored; use mock.patch.object in a with statement around the yield",
    ),
    "a fixture of the test": (
        """
        @pytest.fixture
        def count():
            stock.count = mock.Mock()
        """,
        "use mock.patch.object in a with statement around the yield, or monkeypatch.setattr",
    ),
    "a list": (
        """
        class TestOrders(unittest.TestCase):
            def setUp(self):
                orders.HOOKS.append(mock.Mock())
        """,
        "what is put in 'orders.HOOKS' here is never taken out; use mock.patch.object with a copy of it, or add "
        "self.addCleanup(orders.HOOKS.remove, …)",
    ),
    "a list in a registry": (
        """
        class TestOrders(unittest.TestCase):
            def setUp(self):
                orders.HOOKS["paid"].append(mock.Mock())
        """,
        "use mock.patch.dict with a copy of it, or add self.addCleanup(orders.HOOKS['paid'].remove, …)",
    ),
    "an item, where there is no fixture": (
        """
        class TestOrders(unittest.TestCase):
            def setUp(self):
                orders.HOOKS["paid"] = mock.Mock()
        """,
        "never taken out; use mock.patch.dict",
    ),
    "a stop under a condition": (
        """
        class TestCount(unittest.TestCase):
            def setUp(self):
                patcher = mock.patch.object(stock, "count")
                patcher.start()
                if stock.full:
                    self.addCleanup(patcher.stop)
        """,
        "is started but stopped in line 14 only under a condition",
    ),
}


@pytest.mark.parametrize(("source", "advice"), CASES.values(), ids=CASES)
def test_message_says_what_to_write(source: str, advice: str, tmp_path: Path) -> None:
    path = tmp_path / "test_shop.py"
    path.write_text(_IMPORTS + dedent(source), encoding="utf-8")
    messages = [text for _, _, text in check(path) if text.startswith(("MLK1", "MLK2")) and "MLK103" not in text]
    assert [message for message in messages if advice not in message] == []
    assert messages
