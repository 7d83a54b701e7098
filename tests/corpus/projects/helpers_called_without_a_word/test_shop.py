import time
import unittest

import helpers
from cases import LineCase, StoppingCase
from helpers import charge_quietly, closed, count, fake_prices, freeze, freeze_for, good_weather, no_receipts, quiet, restore, silence
from shop import Bell


class TestPrices(unittest.TestCase):
    def test_sum(self):
        prices = helpers.fake_prices(1, 2)  # MLK101
        prices.assert_not_called()

    def test_sum_of_none(self):
        fake_prices()  # MLK101

    def test_time(self):
        patcher = freeze(3)
        self.addCleanup(patcher.stop)
        self.assertEqual(time.time(), 3)

    def test_time_again(self):
        freeze_for(self, 3)
        self.assertEqual(time.time(), 3)

    def test_time_stopped_last(self):
        patcher = freeze(3)  # MLK102
        self.assertEqual(time.time(), 3)
        patcher.stop()

    def test_helper_that_stops_too_late_itself(self):
        charge_quietly()
        no_receipts()
        self.assertEqual(count([]), 0)

    def test_closed(self):
        with closed():
            self.assertEqual(count([]), 0)

    def test_object_of_the_test(self):
        self.bell = self.make_bell()
        quiet(self.bell.client)
        self.assertIsNone(self.bell.client.send())


class TestPricesOfASafeCase(StoppingCase):
    def test_sum(self):
        prices = fake_prices(1, 2)
        prices.assert_not_called()
        freeze(3)


class TestLine(LineCase):
    def test_dials(self):
        self.start_line()  # MLK102
        self.dial.assert_not_called()
        self.stop_line()

    def test_dials_and_cleans_up(self):
        self.start_line()
        self.addCleanup(self.stop_line)
        self.dial.assert_not_called()


def test_weather():
    stack = good_weather()  # MLK101
    assert stack


def test_weather_closed_last():
    stack = good_weather()  # MLK102
    assert count([stack]) == 1
    stack.close()


def test_weather_left():
    with good_weather():
        assert count([]) == 0


def test_bell():
    saved = silence(Bell)  # MLK202
    assert not Bell.ring.called
    restore(Bell, saved)


def test_bell_restored():
    saved = silence(Bell)
    try:
        assert not Bell.ring.called
    finally:
        restore(Bell, saved)
