def price(item):
    return 1


def rate(currency):
    return 1
