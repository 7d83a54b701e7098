import unittest
from unittest import mock

from shop import queue


class TestQueue(unittest.TestCase):
    def setUp(self):
        self.patcher = mock.patch.object(queue, "pop")
        self.patcher.start()
        self.addCleanup(self.patcher.stop)

    def test_is_empty(self):
        pop = self.patcher.start()  # MLK106
        pop.return_value = None
        self.assertEqual(queue.drain(), [])
