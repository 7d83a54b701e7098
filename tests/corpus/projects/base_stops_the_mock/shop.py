def price():
    return 1


def rate():
    return 1
