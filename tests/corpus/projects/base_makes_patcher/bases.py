import threading
import unittest
from unittest import mock


class ShopCase(unittest.TestCase):
    def make(self, target):
        return mock.patch(target)

    def make_stopped(self, target):
        patcher = mock.patch(target)
        self.addCleanup(patcher.stop)
        return patcher

    def make_thread(self, target):
        return threading.Thread(target=target)
