from unittest import mock

from shop.orders import place_order


class no_charge:
    def __enter__(self):
        self.patcher = mock.patch("shop.orders.charge", return_value=True)
        return self.patcher.start()

    def __exit__(self, *exc_info):
        self.patcher.stop()


def test_order():
    with no_charge() as charge:
        place_order("book")
        assert charge.called
