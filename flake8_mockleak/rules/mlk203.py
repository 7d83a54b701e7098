"""MLK203: a mock in `sys.modules` that stays there."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Facts
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.model.places import Kind
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, replacements, restore_advice, subject

WHY = """\
Whoever imports the module from then on gets the mock, and keeps it under a name of its own. Tests that need the real
module fail, or pass without having tested anything, depending on which file was imported first.
"""

BAD = """\
import importlib
import sys
import unittest
from unittest import mock


def read_temperature():
    smbus = importlib.import_module("smbus")
    return smbus.SMBus(1).read_byte(0x48) / 2


class TestSensor(unittest.TestCase):
    def setUp(self):
        sys.modules["smbus"] = mock.MagicMock()  # MLK203

    def test_reads_half_degrees(self):
        sys.modules["smbus"].SMBus.return_value.read_byte.return_value = 43
        self.assertEqual(read_temperature(), 21.5)
"""

GOOD = """\
import importlib
import sys
import unittest
from unittest import mock


def read_temperature():
    smbus = importlib.import_module("smbus")
    return smbus.SMBus(1).read_byte(0x48) / 2


class TestSensor(unittest.TestCase):
    def setUp(self):
        modules_patch = mock.patch.dict(sys.modules, {"smbus": mock.MagicMock()})
        modules_patch.start()
        self.addCleanup(modules_patch.stop)

    def test_reads_half_degrees(self):
        sys.modules["smbus"].SMBus.return_value.read_byte.return_value = 43
        self.assertEqual(read_temperature(), 21.5)
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every mock that is put in `sys.modules` and that nothing takes out again."""
    for replaced in replacements(facts, Guarantee.NEVER):
        if replaced.places[0].kind is Kind.MODULE_ENTRY:
            message = f"{subject(replaced)} is replaced and stays for every later import"
            yield finding(RULE.code, replaced.node, f"{message}; {restore_advice(replaced)}")


RULE = Rule(
    code="MLK203",
    name="sys-modules-replaced",
    summary="a mock is put in sys.modules in place of a module, and nothing removes it",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
