import unittest


class ClusterTestCase(unittest.TestCase):
    def setUp(self):
        self.patchers = []

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()
