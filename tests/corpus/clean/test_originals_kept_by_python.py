import sys
from unittest import TestCase, mock

import shop


class TestOutput(TestCase):
    def setUp(self):
        self.addCleanup(setattr, sys, "excepthook", sys.__excepthook__)

    def tearDown(self):
        sys.stdout = sys.__stdout__

    def test_prints(self):
        sys.stdout = mock.Mock()
        shop.greet()

    def test_hook(self):
        sys.excepthook = lambda *error: None
        shop.greet()


def test_errors():
    sys.stderr = mock.Mock()
    try:
        shop.greet()
    finally:
        sys.stderr = sys.__stderr__
