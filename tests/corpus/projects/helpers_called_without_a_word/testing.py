from unittest import mock


def start_order_patch(result):
    patcher = mock.patch("shop.order", return_value=result)
    patcher.start()
    return patcher
