RATES = None


def price(item):
    return 1


def convert(amount):
    return amount
