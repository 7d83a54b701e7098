from shop.orders import place_order


def test_order(charge, mail):
    place_order("book")
    charge.assert_called_once_with(12)
    mail.assert_called_once_with("book")
