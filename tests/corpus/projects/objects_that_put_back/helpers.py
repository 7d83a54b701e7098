import shop


class Kept:
    def __enter__(self):
        self._rate = shop.rate
        return self

    def __exit__(self, *exc):
        shop.rate = self._rate


class Keeper:
    def start(self):
        self._rate = shop.rate

    def stop(self):
        shop.rate = self._rate
