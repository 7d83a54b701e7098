"""Replacements by hand: which line, which test, and what is none. Each case stands for one met in a real suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runtime.running import Run, pytest_run, write

PRODUCT = """\
import functools

registry = {}
handler = None


class Channel:
    def sqs(self):
        return 1

    @staticmethod
    def make():
        return 2

    @classmethod
    def create(cls):
        return cls()


class Sub(Channel):
    pass


def launch():
    return 3


def configure(value):
    global handler
    handler = value
"""

HEAD = """\
import unittest
from unittest import mock

import product
"""


def run_tests(directory: Path, body: str, **others: str) -> Run:
    write(directory, product=PRODUCT, test_a=HEAD + body, **others)
    return pytest_run(directory)


def line_of(body: str, mark: str = "# here") -> int:
    return next(n for n, line in enumerate((HEAD + body).splitlines(), start=1) if line.endswith(mark))


CASES = {
    # An instance's attribute of the same name is another place.
    "instance": """
class TestIt:
    def setup_method(self):
        def sqs(self):
            return 4

        product.Channel.sqs = sqs  # here

    def test_1(self):
        channel = product.Channel()
        channel.sqs = mock.Mock()

    def test_2(self):
        self.channel = product.Channel()
        self.channel.sqs = mock.Mock()
""",
    "alias": """
def test_1():
    cls = product.Channel
    cls.sqs = mock.Mock()  # here
""",
    "import in the function": """
def test_1():
    import product as p
    from product import Channel as C
    C.sqs = mock.Mock()  # here
""",
    "setattr": """
def test_1():
    setattr(product, "launch", mock.Mock())  # here
""",
    "tuple": """
def test_1():
    product.launch, other = mock.Mock(), 1  # here
""",
    "first of two, the second puts something else back": """
def test_1():
    original = product.launch
    product.launch = mock.Mock()  # here
    assert product.launch is not original
""",
    "of a shadowed name": """
def test_0():
    product = mock.Mock()
    product.launch = mock.Mock()


def test_1():
    product.launch = mock.Mock()  # here
""",
    "in a class that is patched meanwhile": """
def test_0():
    with mock.patch.object(product.Channel, "sqs"):
        product.Channel.sqs = mock.Mock()


def test_1():
    product.Channel.sqs = mock.Mock()  # here
""",
    "after the same name of another object": """
def test_1():
    with mock.patch.object(product.Sub, "sqs"):
        product.Sub.sqs = mock.Mock()
    product.Channel.sqs = mock.Mock()  # here
""",
    "sys.modules, which is a copy by now": """
import sys


def test_1():
    before = sys.modules.copy()
    sys.modules["smbus"] = mock.Mock()  # here
    sys.modules = before
    import smbus
    assert smbus not in before.values()
""",
    "type of a local mock": """
def test_0():
    fake = mock.Mock()
    type(fake).sqs = mock.PropertyMock()


def test_1():
    cls = product.Channel
    cls.sqs = mock.PropertyMock()  # here
""",
    "a local mock": """
def test_1():
    fake = mock.Mock()
    product.launch = fake  # here
    other = fake
    other.launch = mock.Mock()
""",
    "an instance of the test's over what is inherited": """
class Client:
    pass


def test_1():
    product.Sub.sqs = Client()  # here
""",
    "lambda": """
class TestIt(unittest.TestCase):
    def test_1(self):
        product.launch = lambda: 5  # here
""",
    "method of a test's own class": """
class Fake:
    def sqs(self):
        return 6


def test_1():
    product.Channel.sqs = Fake.sqs  # here
""",
}


@pytest.mark.parametrize("case", CASES)
def test_line_and_test_are_right(case: str, tmp_path: Path) -> None:
    body = CASES[case]
    result = run_tests(tmp_path, body)
    (leak,) = result.report["leaks"]
    assert (leak["path"], leak["line"], leak["guess"]) == ("test_a.py", line_of(body), ""), leak
    assert leak["test"].endswith("test_1")


def test_product_line_that_puts_in_place_what_it_is_given(tmp_path: Path) -> None:
    result = run_tests(tmp_path, "\ndef test_1():\n    product.configure(mock.Mock())\n")
    (leak,) = result.report["leaks"]
    assert (leak["place"], leak["path"], leak["line"]) == ("product.handler", "product.py", 30)
    assert (leak["test"], leak["guess"]) == ("test_a.py::test_1", "")


def test_guess_says_so(tmp_path: Path) -> None:
    body = """
def test_0():
    pass


def test_1():
    for holder in (product,):
        holder.launch = mock.Mock()  # here
"""
    result = run_tests(tmp_path, body)
    (leak,) = result.report["leaks"]
    assert leak["line"] == line_of(body)
    assert "line" in leak["guess"]
    assert "guess" in result.output


def test_place_that_no_line_assigns_is_looked_for_by_its_name(tmp_path: Path) -> None:
    """The other tests, which never speak of it, are not blamed."""
    body = """
class TestIt:
    def test_1(self):
        product.__dict__.update({"launch": mock.Mock()})  # here
"""
    others = "".join(f"\n\ndef test_{n}():\n    pass\n" for n in range(2, 9))
    result = run_tests(tmp_path, body + others, test_b=others, test_0=others)
    (leak,) = result.report["leaks"]
    assert (leak["path"], leak["line"], leak["test"]) == ("test_a.py", line_of(body), "test_a.py::TestIt::test_1")
    assert leak["guess"].startswith("line")


def test_code_of_a_tests_own_class_is_shared_by_its_tests(tmp_path: Path) -> None:
    body = """
class Fake:
    @property
    def running(self):
        return True


class TestIt:
    def test_1(self):
        Fake.running = mock.PropertyMock(return_value=False)  # here

    def test_2(self):
        assert not Fake().running
"""
    (leak,) = run_tests(tmp_path, body).report["leaks"]
    assert (leak["line"], leak["place"], leak["touched_count"]) == (line_of(body), "test_a.Fake.running", 1)


def test_helper_of_another_file_is_named(tmp_path: Path) -> None:
    helper = "from unittest import mock\nimport product\n\n\ndef fake():\n    product.launch = mock.Mock()\n"
    result = run_tests(tmp_path, "import helping\n\n\ndef test_1():\n    helping.fake()\n", helping=helper)
    (leak,) = result.report["leaks"]
    assert (leak["path"], leak["line"], leak["test"]) == ("helping.py", 6, "test_a.py::test_1")


def test_items_that_another_file_left_are_not_the_next_files(tmp_path: Path) -> None:
    other = "import product\n\n\nclass Task:\n    pass\n\n\ndef test_b():\n    store(product)\n\n\n"
    other += "def store(module):\n    held = module.registry\n    held['b'] = Task()\n"
    body = "\ndef test_1():\n    product.registry['a'] = 1\n"
    write(tmp_path, test_0=other)
    result = run_tests(tmp_path, body)
    assert [leak for leak in result.report["leaks"] if leak["test"].startswith("test_a")] == []


NO_LEAKS = {
    "restored": """
def test_1():
    original = product.launch
    product.launch = mock.Mock()
    product.launch = original
""",
    "in tearDown": """
class TestIt(unittest.TestCase):
    def setUp(self):
        self.original = product.launch
        product.launch = mock.Mock()

    def tearDown(self):
        product.launch = self.original

    def test_1(self):
        pass
""",
    "in tearDownClass": """
class TestIt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.original = product.launch
        product.launch = mock.Mock()

    @classmethod
    def tearDownClass(cls):
        product.launch = cls.original

    def test_1(self):
        pass

    def test_2(self):
        pass
""",
    "in tearDownModule": """
def setUpModule():
    product.original = product.launch
    product.launch = mock.Mock()


def tearDownModule():
    product.launch = product.original


def test_1():
    pass


class TestIt(unittest.TestCase):
    def test_2(self):
        pass
""",
    "a class's patch with a function, in a file that also assigns": """
def fake():
    return 7


class TestIt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        patcher = mock.patch("product.launch", new=fake)
        patcher.start()
        cls.addClassCleanup(patcher.stop)

    def test_1(self):
        with mock.patch("product.handler"):
            product.launch = product.launch


def test_2():
    original = product.launch
    product.launch = mock.Mock()
    product.launch = original
""",
    "a class method, as one gets it from the class": """
class TestIt(unittest.TestCase):
    def setUp(self):
        self.original = product.Sub.create
        product.Sub.create = mock.Mock()

    def tearDown(self):
        product.Sub.create = self.original

    def test_1(self):
        pass

    def test_2(self):
        pass
""",
    "a mock that the tests keep in their class": """
import pytest

kept = None


class TestIt:
    @pytest.fixture
    def client(self, request):
        request.cls.client = mock.Mock()

    @classmethod
    def setup_class(cls):
        cls.server = mock.Mock()

    def test_1(self, client):
        global kept
        kept = mock.Mock()
        type(self).other = mock.Mock()

    def test_2(self):
        pass


def test_3():
    pass
""",
    "a module that is imported anew after it": """
import sys


def test_1():
    product.launch = mock.Mock()
    del sys.modules["product"]
    import product as again
    assert again is not product
""",
    "a plain value": """
def test_1():
    product.handler = 1
""",
    "an instance": """
def test_1():
    channel = product.Channel()
    channel.sqs = mock.Mock()
""",
    "monkeypatch": """
def test_1(monkeypatch):
    monkeypatch.setattr(product, "launch", mock.Mock())
    monkeypatch.setitem(product.registry, "a", mock.Mock())
""",
    "emptied container": """
def test_1():
    product.registry["a"] = mock.Mock()
    product.registry.clear()
""",
}


@pytest.mark.parametrize("case", NO_LEAKS)
def test_no_leak(case: str, tmp_path: Path) -> None:
    result = run_tests(tmp_path, NO_LEAKS[case])
    assert result.status == 0, result.output
    assert result.lines == []


WRONGLY_RESTORED = {
    "a static method as a function": """
class TestIt(unittest.TestCase):
    def setUp(self):
        self.original = product.Channel.make
        product.Channel.make = mock.Mock()

    def tearDown(self):
        product.Channel.make = self.original  # here

    def test_1(self):
        pass
""",
    "a class in place of a method": """
class TestIt(unittest.TestCase):
    def setUp(self):
        self.original = product.Channel
        product.Channel.sqs = mock.Mock()

    def tearDown(self):
        product.Channel.sqs = self.original  # here

    def test_1(self):
        pass
""",
}


@pytest.mark.parametrize("case", WRONGLY_RESTORED)
def test_what_comes_back_is_not_the_original(case: str, tmp_path: Path) -> None:
    body = WRONGLY_RESTORED[case]
    result = run_tests(tmp_path, body)
    assert result.lines == [("test_a.py", line_of(body), "MLK208")]


def test_lifetime_is_that_of_the_set_up(tmp_path: Path) -> None:
    body = """
class TestA(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        product.launch = mock.Mock()  # here

    def test_1(self):
        pass

    def test_2(self):
        pass


class TestB(unittest.TestCase):
    def test_3(self):
        product.launch()
"""
    result = run_tests(tmp_path, body)
    (leak,) = result.report["leaks"]
    assert (leak["line"], leak["after"], leak["lifetime"]) == (line_of(body), "class TestA", "class")
    assert [touch["test"] for touch in leak["touched"]] == ["test_a.py::TestB::test_3"]


def test_failed_restore_is_told_from_none(tmp_path: Path) -> None:
    body = """
def test_1():
    original = product.launch
    product.launch = mock.Mock()  # here
    assert False
    product.launch = original
"""
    assert run_tests(tmp_path, body).lines == [("test_a.py", line_of(body), "MLK202")]
    without = body.replace("    product.launch = original\n", "")
    assert run_tests(tmp_path, without).lines == [("test_a.py", line_of(without), "MLK201")]


def test_occurrences_of_each_test_are_counted(tmp_path: Path) -> None:
    body = """
class TestIt:
    def setup_method(self):
        product.launch = mock.Mock()  # here

    def test_1(self):
        pass

    def test_2(self):
        pass

    def test_3(self):
        pass
"""
    (leak,) = run_tests(tmp_path, body).report["leaks"]
    assert (leak["line"], leak["occurrences"], leak["test"]) == (line_of(body), 3, "test_a.py::TestIt::test_1")


def test_items_of_a_patched_mapping_are_the_patchs(tmp_path: Path) -> None:
    test = """\
import os
import sys
import unittest
from unittest import mock


class TestRight(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for mapping in (sys.modules, os.environ):
            patcher = mock.patch.dict(mapping, {"acme_driver": "1" if mapping is os.environ else mock.Mock()})
            patcher.start()
            cls.addClassCleanup(patcher.stop)

    def test_1(self):
        pass

    def test_2(self):
        pass


class TestWrong(unittest.TestCase):
    def test_1(self):
        mock.patch.dict(sys.modules, {"acme_driver": mock.Mock()}).start()
        mock.patch.dict(os.environ, {"acme_driver": "1"}).start()
"""
    write(tmp_path, test_a=test)
    assert pytest_run(tmp_path, "--mockleak-environment").lines == [
        ("test_a.py", 24, "MLK101"),
        ("test_a.py", 25, "MLK101"),
    ]


def test_line_that_is_a_whole_test(tmp_path: Path) -> None:
    write(tmp_path, product="registry = {}\n")
    test = "from unittest import mock\n\nimport product\n\n\n"
    write(tmp_path, test_a=test + "def test_1(): product.registry['key'] = mock.Mock()\n")
    assert pytest_run(tmp_path).lines == [("test_a.py", 6, "MLK205")]


def test_reload_puts_nothing_else_back(tmp_path: Path) -> None:
    product = "def run():\n    return 1\n"
    test = """\
import importlib
from unittest import mock

import product


def test_1():
    original = product.run
    product.run = mock.Mock()
    product.run = original


def test_2():
    importlib.reload(product)
"""
    write(tmp_path, product=product, test_a=test)
    assert pytest_run(tmp_path).lines == []


def test_entry_of_sys_modules_is_replaced_by_a_helper(tmp_path: Path) -> None:
    """The test's own text does not speak of ``sys.modules``, and there are as many entries as before."""
    helper = "import fnmatch\nimport sys\nfrom unittest import mock\n\n\ndef stub():\n"
    helper += "    sys.modules['fnmatch'] = mock.Mock()\n"
    write(tmp_path, helper=helper, test_a="import helper\n\n\ndef test_a():\n    helper.stub()\n")
    assert pytest_run(tmp_path).lines == [("helper.py", 7, "MLK203")]


SLOW_TO_SCAN = """\
globals().update({f"name_{number}": number for number in range(500_000)})


def launch():
    return 3
"""


def test_in_a_short_session_each_test_is_told_from_the_others_however_slow_a_scan_is(tmp_path: Path) -> None:
    write(
        tmp_path,
        product=SLOW_TO_SCAN,
        helpers="import sys\n\n\ndef replace(name, new):\n    setattr(sys.modules[name[:7]], name[8:], new)\n",
        test_a="import product\n\n\ndef test_a():\n    assert product.launch() == 3\n",
        test_b=HEAD + "from helpers import replace\n\n\ndef test_b():\n    replace('product.launch', mock.Mock())\n",
        test_c="def test_c():\n    pass\n",
    )
    leak = pytest_run(tmp_path).leak("product.launch")
    assert (leak["after"].rpartition("::")[2], leak["guess"]) == ("test_b", "line")
