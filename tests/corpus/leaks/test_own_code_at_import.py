import unittest

from shop import bluetooth, timing


class FakeBluetooth:
    def lookup(self, address):
        return "phone"


def _now():
    return 0


bluetooth.library = FakeBluetooth()  # MLK204
bluetooth.Error = FakeBluetooth  # MLK204
timing.now = _now  # MLK204
timing.sleep = lambda seconds: None  # MLK204


class TestBluetooth(unittest.TestCase):
    def test_lookup(self):
        self.assertEqual("phone", bluetooth.find("00:11"))
