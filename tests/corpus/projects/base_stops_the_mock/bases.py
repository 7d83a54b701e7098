import unittest
from unittest import mock


class ShopTestCase(unittest.TestCase):
    def start_patch(self, target):
        mocked = mock.patch(target).start()
        self.addCleanup(mocked.stop)  # MLK109
        return mocked

    def start_patcher(self, target):
        patcher = mock.patch(target)
        mocked = patcher.start()
        self.addCleanup(patcher.stop)
        return mocked
