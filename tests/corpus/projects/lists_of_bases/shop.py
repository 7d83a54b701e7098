def rate():
    return 7


def price(amount):
    return amount * rate()
