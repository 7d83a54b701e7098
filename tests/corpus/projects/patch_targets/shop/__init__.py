"""A shop."""

from shop.stock import Stock
