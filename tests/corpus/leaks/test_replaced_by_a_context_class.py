"""A context manager of the file replaces by its own code, and its exit forgets to put the original back."""

import shop


class Closed:
    def __enter__(self):
        shop.is_open = lambda: False  # MLK204
        return self

    def __exit__(self, *exc_info):
        shop.lock()


class TestShop:
    def test_closed(self):
        with Closed():
            assert not shop.enter()
