import unittest
from unittest import mock

import shop


def patch_fetch(case=None, **options):
    patcher = mock.patch("shop.fetch", **options)
    patcher.start()
    if case is not None:
        case.addCleanup(patcher.stop)
    return None


def patch_send(case=None):
    """Without a test case the caller stops it."""
    patcher = mock.patch("shop.send")
    patcher.start()
    if case:
        case.addCleanup(patcher.stop)
    return patcher


def store_by(name, store):
    """Make a store known."""
    shop.STORES[name] = store


class ShopTestCase(unittest.TestCase):
    """Tests that must not send anything call start_patches."""

    def start_patches(self):
        self.send_patcher = mock.patch("shop.send")
        self.send = self.send_patcher.start()

    def stop_patches(self):
        self.send_patcher.stop()
