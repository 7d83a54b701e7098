import bazaar.prices
from bazaar.prices import ask

costs = bazaar.prices
