RATES = None
TABLE = {}


def price(item):
    return 1


def order(item):
    return item
