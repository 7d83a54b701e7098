import contextlib
import functools
from unittest import mock

import crawler


class crawling:
    def __enter__(self):
        self.net = mock.patch.multiple("crawler", fetch=mock.DEFAULT)
        return self.net.start()

    def __exit__(self, *error):
        self.net.stop()


@contextlib.contextmanager
def market():
    original = crawler.sell
    crawler.sell = mock.Mock()
    try:
        yield crawler.sell
    finally:
        crawler.sell = original


def with_market(test):
    @market()
    @functools.wraps(test)
    def run(self):
        return test(self)

    return run


class override_settings:
    def __init__(self, **values):
        self.values = values

    def enable(self):
        self.saved = {name: getattr(crawler.settings, name) for name in self.values}
        for name, value in self.values.items():
            setattr(crawler.settings, name, value)

    def disable(self):
        for name, value in self.saved.items():
            setattr(crawler.settings, name, value)
