import logging

LOG = logging.getLogger(__name__)
RATES = {}


def rate(currency):
    return 1


def price(item):
    return 2
