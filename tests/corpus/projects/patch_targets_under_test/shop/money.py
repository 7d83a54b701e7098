from decimal import Decimal


def rounded(amount):
    return round(Decimal(amount), 2)


def unused():
    return 0
