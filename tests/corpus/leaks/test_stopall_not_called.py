import unittest
from unittest import mock

from shop import queue


class TestQueue(unittest.TestCase):
    def setUp(self):
        self.pop = mock.patch.object(queue, "pop").start()

    def tearDown(self):
        mock.patch.stopall  # MLK105

    def test_is_empty(self):
        self.pop.return_value = None
        self.assertEqual(queue.drain(), [])
