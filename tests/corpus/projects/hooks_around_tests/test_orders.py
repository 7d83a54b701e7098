from unittest import mock

import shop


def test_started():
    mock.patch("shop.count").start()


def test_assigned():
    shop.charge = mock.Mock()


def test_item():
    shop.RATES["book"] = mock.Mock()


def test_put_back_with_the_report():
    shop.refund = mock.Mock()


def test_other():
    shop.weigh = mock.Mock()  # MLK201
