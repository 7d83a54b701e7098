import unittest
from unittest import mock

from shop import texts


class TestTexts(unittest.TestCase):
    def setUp(self):
        for name in ("title", "label"):
            patcher = mock.patch.object(texts, name, lambda text: text)
            patcher.start()
            self.addCleanup(lambda p=patcher: p.stop())

        original = texts.language

        def put_back(language=original):
            texts.language = language

        texts.language = mock.Mock()
        self.addCleanup(put_back)

    def test_title(self):
        self.assertEqual("Tea", texts.title("Tea"))
