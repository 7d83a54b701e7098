from contextlib import contextmanager

import shop


class Outbox(list):
    def __call__(self):
        self.append("sent")


@contextmanager
def swapped(module, name, replacement):
    original = getattr(module, name)
    setattr(module, name, replacement)
    yield original
    setattr(module, name, original)


@contextmanager
def swapped_for_sure(module, name, replacement):
    original = getattr(module, name)
    setattr(module, name, replacement)
    try:
        yield original
    finally:
        setattr(module, name, original)


@contextmanager
def outbox():
    original = shop.send
    made = shop.send = Outbox()  # MLK202
    yield made
    shop.send = original


@contextmanager
def limited(limit):
    original = shop.LIMIT
    shop.LIMIT = limit
    yield
    shop.LIMIT = original
