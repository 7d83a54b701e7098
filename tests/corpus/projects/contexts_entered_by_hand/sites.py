from unittest import mock

import shop


class Site:
    def __init__(self, prices=None):
        self.prices = prices or {}
        # On a line that a class of tests has in the file that enters it.
        self._patcher = mock.patch.object(shop, "price", side_effect=self.prices.get)

    def __enter__(self):
        self._patcher.start()
        return self

    def __exit__(self, *exc_info):
        self._patcher.stop()
