from shop import mail
from shop.money import Decimal
from shop.money import rounded as as_money
from shop.money import unused
from shop.rates import rate


def price():
    return as_money(Decimal("9.994"))


def remind():
    return mail.send("ada@example.org", "We are out of paper")


def tax():
    return price() * rate()
