from unittest import TestCase, mock


class TestCatalogue(TestCase):
    def setUp(self):
        self.fetch_patcher = mock.patch("shop.catalogue.fetch")
        self.fetch = self.fetch_patcher.start()  # MLK101

    def teardown(self):
        self.fetch_patcher.stop()

    def test_is_empty(self):
        from shop.catalogue import Catalogue

        self.fetch.return_value = []
        self.assertEqual(len(Catalogue()), 0)
