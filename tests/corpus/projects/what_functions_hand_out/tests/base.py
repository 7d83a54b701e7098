import unittest

import rpc


class RenewingCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(rpc.forget)
