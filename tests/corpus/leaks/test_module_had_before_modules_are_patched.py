import importlib
import unittest
from unittest import mock

from shop.windows import driver


class TestDriver(unittest.TestCase):
    def setUp(self):
        modules = mock.patch.dict("sys.modules", {"kernel32": mock.MagicMock()})
        modules.start()
        self.addCleanup(modules.stop)
        self.driver = importlib.import_module("shop.windows.driver")
        self.driver.handle = mock.Mock()  # MLK201
        driver.size = mock.Mock()  # MLK201

    def test_handle(self):
        from shop.windows.driver import Driver

        Driver.open = lambda self, name: name  # MLK204
        self.assertEqual("a", Driver().open("a"))
