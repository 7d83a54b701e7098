import time
from unittest import mock

from shop import rules


class TestRules:
    def setup_method(self):
        self.saved = list(rules.RULES)
        rules.RULES += [mock.Mock()]
        rules.TOTAL += 3

    def teardown_method(self):
        rules.RULES[:] = self.saved
        rules.TOTAL -= 3

    def test_rules(self):
        naps = []
        with mock.patch("time.sleep", naps.append):
            time.sleep(3)
        own = rules.copy()
        own.RULES += [mock.Mock()]
        assert naps == [3]
