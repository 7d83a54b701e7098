import unittest
from unittest.mock import patch


class TestSync(unittest.TestCase):
    def setUp(self):
        pull = patch("shop.sync.pull")
        push = patch("shop.sync.push")
        self.pull = pull.start()
        self.addCleanup(pull.stop)
        self.push = push.start()  # MLK101
        self.addCleanup(pull.stop)

    def test_pull_comes_first(self):
        from shop.sync import sync

        self.push.side_effect = lambda: self.assertTrue(self.pull.called)
        sync()
