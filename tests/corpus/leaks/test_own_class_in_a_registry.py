import mimetypes

from shop import payments


def test_own_means_of_payment():
    class Barter:
        def pay(self, amount):
            return True

    payments.MEANS["barter"] = Barter  # MLK205
    assert payments.pay("barter", 3)


def test_plain_values():
    table = {}
    table["kind"] = Exception
    assert mimetypes.inited in (True, False)
