RATES = {}


def price():
    raise OSError
