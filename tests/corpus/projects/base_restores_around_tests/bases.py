import unittest

import shop


class RestoringTestCase(unittest.TestCase):
    def run(self, result=None):
        rate = shop.rate
        try:
            return super().run(result)
        finally:
            shop.rate = rate
