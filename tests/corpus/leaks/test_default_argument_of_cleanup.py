import unittest
from unittest import mock

from shop import texts


class TestTexts(unittest.TestCase):
    def setUp(self):
        title = mock.patch.object(texts, "title")
        label = mock.patch.object(texts, "label")
        title.start()
        label.start()  # MLK101
        self.addCleanup(lambda p=title: p.stop())

    def test_title(self):
        self.assertEqual(texts.title.return_value, texts.title("Tea"))
