import sys
import unittest
from unittest import mock

import shop


class TestPlot(unittest.TestCase):
    NAMES = ("fastplot", "fastplot.axes")

    def setUp(self):
        self.addCleanup(self.take_out)
        for name in self.NAMES:
            sys.modules[name] = mock.MagicMock(name=name)

    def take_out(self):
        for name in self.NAMES:
            del sys.modules[name]

    def test_size(self):
        import fastplot

        fastplot.size = mock.Mock(return_value=3)
        self.assertEqual(shop.plot(), 3)


class TestCode(unittest.TestCase):
    def setUp(self):
        patch = mock.patch.dict(sys.modules)
        patch.start()
        self.addCleanup(patch.stop)
        sys.modules["barcode"] = mock.Mock()

    def test_code(self):
        import barcode

        barcode.draw = mock.Mock(return_value="|||")
        self.assertEqual(shop.code(), "|||")
