import sys

from bazaar import prices

sys.modules[__name__] = prices


class Legacy:
    def ask(self):
        return "1"
