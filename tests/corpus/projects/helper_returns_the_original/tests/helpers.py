from unittest import mock

import shop


def replace_rate():
    original = shop.rate
    shop.rate = mock.Mock(return_value=3)
    return original


def replace_both():
    originals = shop.rate, shop.tax
    shop.rate = mock.Mock(return_value=3)
    shop.tax = mock.Mock(return_value=3)
    return originals


def replace_send():
    shop.send = mock.Mock()  # MLK201
    return shop.send
