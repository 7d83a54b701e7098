import dice


class LoadedDice:
    def setUp(self):
        super().setUp()
        self.rolled = []

        def roll(sides=6):
            self.rolled.append(sides)
            return sides

        dice.roll = roll  # MLK204
