from unittest import mock

from shop import mirror


def test_pick():
    patcher = mock.patch("shop.mirror.up", return_value=True)
    try:
        patcher.start()
        assert mirror.pick("a") == "a"
        patcher.stop()
        patcher = mock.patch("shop.mirror.up", return_value=False)
        patcher.start()
        assert mirror.pick("a") is None
        patcher.stop()
        patcher = mock.patch("shop.mirror.up", side_effect=OSError)
        patcher.start()
        assert mirror.pick("a") is None
    finally:
        patcher.stop()
