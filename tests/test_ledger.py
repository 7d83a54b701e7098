"""The ledger sees what leaks and does not see what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger import observe

HEAD = """
import calendar, json, mimetypes, os, sys
from unittest import mock
"""

LEAKING = {
    "attribute of a module": ("json.dumps = mock.Mock()", "json.dumps"),
    "method of a class": ("json.JSONEncoder.encode = mock.Mock()", "json.encoder.JSONEncoder.encode"),
    "function of the module": ("calendar.isleap = lambda year: True", "calendar.isleap"),
    "another function of the stdlib": ("calendar.isleap = calendar.monthrange", "calendar.isleap"),
    "new attribute": ("calendar.is_odd = mock.Mock()", "calendar.is_odd"),
    "autospec": ("calendar.isleap = mock.create_autospec(calendar.isleap)", "calendar.isleap"),
    "item of a container": ("mimetypes.types_map['.x'] = mock.Mock()", "mimetypes.types_map['.x']"),
    "entry of sys.modules": ("sys.modules['smbus'] = mock.MagicMock()", "sys.modules['smbus']"),
    "environment": ("os.environ['LEDGER_LEAK'] = '1'", "os.environ['LEDGER_LEAK']"),
    "attribute of Mock": ("mock.Mock.status = 404", "unittest.mock.Mock.status"),
}
CLEAN = {
    "nothing": "pass",
    "with": "with mock.patch('json.dumps'): json.dumps({})",
    "restored": "original = json.dumps; json.dumps = mock.Mock(); json.dumps = original",
    "use of everything": "json.dumps({}); mimetypes.guess_type('a.txt'); calendar.isleap(4); mock.Mock(status=1).a.b()",
    "lazy import": "import xml.sax, ctypes, email.mime.text; email.mime.text.MIMEText('a').as_string()",
}


@pytest.mark.parametrize("case", LEAKING)
def test_sees_a_leak(case: str, tmp_path: Path) -> None:
    statement, place = LEAKING[case]
    seen = observe(f"{HEAD}\ndef test_it():\n    {statement}\n", tmp_path)
    assert place in seen.leaks
    assert (seen.passed, seen.failed) == (1, 0), seen.output


@pytest.mark.parametrize("case", CLEAN)
def test_sees_no_leak(case: str, tmp_path: Path) -> None:
    seen = observe(f"{HEAD}\ndef test_it():\n    {CLEAN[case]}\n", tmp_path)
    assert seen.leaks == ()
    assert (seen.passed, seen.failed) == (1, 0), seen.output


def test_counts_failures(tmp_path: Path) -> None:
    seen = observe("def test_a(): assert False\ndef test_b(): pass\ndef test_c(nothing): pass\n", tmp_path)
    assert (seen.passed, seen.failed) == (1, 2), seen.output


def test_does_not_call_equality_of_the_module(tmp_path: Path) -> None:
    source = """
import calendar
class Odd:
    def __eq__(self, other): raise AssertionError
    __hash__ = None
calendar.odd = Odd()
def test_it(): pass
"""
    assert observe(source, tmp_path).leaks == ("calendar.odd",)
