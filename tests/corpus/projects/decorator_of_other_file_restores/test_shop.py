import unittest

import shop
from decorators import without_mail


class MailTest(unittest.TestCase):
    @without_mail
    def test_other_mail(self):
        shop.send = lambda text: text
        self.assertEqual(shop.send("hello"), "hello")

    @without_mail
    def test_price(self):
        shop.price = lambda: 1  # MLK204
        self.assertEqual(shop.price(), 1)
