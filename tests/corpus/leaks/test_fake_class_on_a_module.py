from shop import payment


class FakeGateway:
    def charge(self, amount):
        return "paid"


def test_pays():
    payment.Gateway = FakeGateway  # MLK204
    assert payment.pay(3) == "paid"
