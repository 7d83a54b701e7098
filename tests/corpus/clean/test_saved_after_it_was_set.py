import os
from unittest import TestCase

import shop


class TestPaths(TestCase):
    def set_up_paths(self):
        original = os.path.realpath

        def restore():
            os.path.realpath = original

        self.addCleanup(restore)
        if os.name == "nt":
            os.path.realpath = os.path.abspath

    def test_paths(self):
        self.set_up_paths()
        self.assertTrue(shop.find())

    def test_links(self):
        self.set_up_paths()
        original = os.path.realpath

        def restore():
            os.path.realpath = original

        self.addCleanup(restore)
        os.path.realpath = lambda path: path
        self.assertTrue(shop.find())
