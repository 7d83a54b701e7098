import sys
import types
from unittest import TestCase, mock

from shop import testing

NAME = "shop_driver"


class TestDriver(TestCase):
    def test_named(self):
        with testing.uncache("shop_driver"):
            sys.modules["shop_driver"] = mock.Mock()

    def test_named_by_a_constant(self):
        with testing.uncache(NAME):
            sys.modules[NAME] = types.ModuleType(NAME)

    def test_named_by_another_module(self):
        with testing.uncache(testing.DRIVER):
            sys.modules[testing.DRIVER] = types.ModuleType("driver")

    def test_cleanup_is_told(self):
        self.addCleanup(testing.unload, NAME)
        sys.modules[NAME] = mock.Mock()
