import unittest

import dice
from loaded import LoadedDice


class TestDamage(LoadedDice, unittest.TestCase):
    def test_damage(self):
        self.assertEqual(dice.roll(8), 8)
