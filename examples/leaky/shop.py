"""A shop that sells in two currencies and prints its receipts."""

import printer

RATES = {"EUR": 1.0, "USD": 1.25}


class Till:
    """Where the money goes."""

    def __init__(self):
        self.total = 0.0

    def charge(self, amount):
        """Take the money and return what the till now holds."""
        self.total += amount
        return self.total


def rate(currency):
    """Return what one euro costs in a currency."""
    return RATES[currency]


def price(euros, currency):
    """Return a price in euros as one in a currency."""
    return round(euros * rate(currency), 2)


def receipt(euros, currency):
    """Print a receipt and return its text."""
    return printer.line(f"{price(euros, currency)} {currency}")
