import unittest
from unittest.mock import patch

from shop import delivery


class TestDelivery(unittest.TestCase):
    def setUp(self):
        self.patchers = []

        weigh = patch("shop.delivery.weigh", return_value=3)
        self.weigh = weigh.start()
        self.patchers.append(weigh)

        label = patch("shop.delivery.print_label")
        self.label = label.start()  # MLK101

        route = patch("shop.delivery.find_route", return_value=["A", "B"])
        self.route = route.start()
        self.patchers.append(route)

    def tearDown(self):
        for patcher in self.patchers:
            patcher.stop()

    def test_label_is_printed(self):
        delivery.send("parcel")
        self.label.assert_called_once_with("parcel", 3)
