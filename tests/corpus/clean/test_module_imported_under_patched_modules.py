import importlib
import unittest
from unittest import mock


class TestDriver(unittest.TestCase):
    def setUp(self):
        self.kernel = mock.MagicMock()
        modules = mock.patch.dict("sys.modules", {"kernel32": self.kernel})
        modules.start()
        self.addCleanup(modules.stop)
        self.driver = importlib.import_module("shop.windows.driver")
        self.driver.handle = mock.Mock()

    def test_handle(self):
        self.driver.open = lambda name: name
        self.assertEqual("a", self.driver.open("a"))

    def test_imported_by_a_statement(self):
        with mock.patch.dict("sys.modules", {"kernel64": mock.Mock()}):
            from shop.windows import loader
            from shop.windows.files import File

            loader.load = mock.Mock()
            File.read = mock.Mock()
            self.assertEqual(loader.load.return_value, loader.load())
