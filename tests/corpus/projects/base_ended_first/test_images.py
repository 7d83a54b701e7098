from unittest import mock

import images
from base import ImageTestCase


class TestMissing(ImageTestCase):
    def setUp(self):
        super().setUp()
        self.missing_patch = mock.patch("images.fetch", return_value=None)
        self.missing_patch.start()

    def tearDown(self):
        super().tearDown()
        self.missing_patch.stop()  # MLK110

    def test_missing(self):
        self.assertIsNone(images.fetch("a"))


class TestMissingInOrder(ImageTestCase):
    def setUp(self):
        super().setUp()
        self.missing_patch = mock.patch("images.fetch", return_value=None)
        self.missing_patch.start()

    def tearDown(self):
        self.missing_patch.stop()
        super().tearDown()

    def test_missing(self):
        self.assertIsNone(images.fetch("a"))


class TestStored(ImageTestCase):
    def setUp(self):
        super().setUp()
        self.store_patch = mock.patch("images.store")
        self.store_patch.start()

    def tearDown(self):
        super().tearDown()
        self.store_patch.stop()

    def test_stored(self):
        images.store("a", images.fetch("a"))
