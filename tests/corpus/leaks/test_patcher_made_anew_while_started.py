from unittest import mock

from shop import mirror


def test_pick():
    patcher = mock.patch("shop.mirror.up", return_value=True)
    try:
        patcher.start()  # MLK101
        assert mirror.pick("a") == "a"
        patcher = mock.patch("shop.mirror.down", return_value=False)
        patcher.start()
        assert mirror.pick("a") is None
    finally:
        patcher.stop()
