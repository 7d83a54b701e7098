from bazaar.prices import ask


def rate():
    return int(ask("rate? "))
