from unittest import mock


def fixed_rate(rate):
    return mock.patch("shop.rate", return_value=rate)


def rates(**known):
    def answer(price):
        return known[str(price)]

    return mock.patch("shop.rate", side_effect=answer).start()
