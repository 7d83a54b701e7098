import images
from lists import ListTestCase


class TestFetch(ListTestCase):
    def test_fetched(self):
        self.assertEqual({}, images.fetch("a"))

    def test_replaced_again(self):
        self.replace("fetch", side_effect=OSError)  # MLK110
        self.assertRaises(OSError, images.fetch, "a")
        # Some lines further down, where the other file has the stop.
        self.store.assert_not_called()
        self.fetch.assert_not_called()
