import unittest
from unittest import mock

import images


class ListTestCase(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.patchers = []
        self.fetch = self.replace("fetch", return_value={})
        self.store = self.replace("store")

    def replace(self, name, **options):
        patcher = mock.patch.object(images, name, **options)
        self.patchers.append(patcher)
        return patcher.start()

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()
        super().tearDown()
