import fixtures
import rates


class Rates(fixtures.Fixture):
    def _setUp(self):
        self.addCleanup(rates.cleanup)
        rates.load()


class Loader(fixtures.Fixture):
    def _setUp(self):
        self.addCleanup(setattr, rates, "load", rates.load)
