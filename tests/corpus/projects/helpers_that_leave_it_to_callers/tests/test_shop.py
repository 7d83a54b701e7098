import unittest

import shop
from tests.helpers import ShopTestCase, patch_fetch, patch_send, store_by


class FetchTest(unittest.TestCase):
    def test_with_a_case(self):
        patch_fetch(self, return_value="1")
        self.assertEqual(shop.fetch("u"), "1")

    def test_without(self):
        patch_fetch(return_value="1")  # MLK101
        self.assertEqual(shop.fetch("u"), "1")

    def test_stopped_here(self):
        self.addCleanup(patch_send().stop)
        self.assertIsNotNone(shop.send("hello"))

    def test_stopped_there(self):
        patch_send(self)
        self.assertIsNotNone(shop.send("hello"))


class OwnStore:
    def load(self, key):
        return key


class StoreTest(unittest.TestCase):
    def test_own(self):
        store_by("own", OwnStore)  # MLK205
        self.assertEqual(shop.STORES["own"]().load(1), 1)

    def test_number(self):
        store_by("number", 1)
        self.assertEqual(shop.STORES["number"], 1)


class ReplyTest(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.start_patches()  # MLK101

    def test_reply(self):
        shop.send("hello")
        self.send.assert_called_once_with("hello")


class StoppedTest(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.start_patches()
        self.addCleanup(self.stop_patches)

    def test_reply(self):
        shop.send("hello")
        self.send.assert_called_once_with("hello")
