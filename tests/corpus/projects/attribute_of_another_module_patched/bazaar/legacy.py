import sys

from bazaar import prices

sys.modules[__name__] = prices
