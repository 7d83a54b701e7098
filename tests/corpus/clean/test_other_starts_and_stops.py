import multiprocessing
import threading
import unittest
from unittest import mock

from shop.server import Server


class TestServer(unittest.TestCase):
    def setUp(self):
        self.server = Server(handler=mock.Mock())
        self.server.start()
        self.thread = threading.Thread(target=self.server.serve)
        self.thread.start()
        self.process = multiprocessing.Process(target=print)
        self.process.start()
        timer = threading.Timer(60, self.server.stop)
        timer.start()

    def test_is_up(self):
        self.assertTrue(self.server.is_up)
