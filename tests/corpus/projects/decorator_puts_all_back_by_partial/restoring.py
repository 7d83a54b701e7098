import functools
import itertools

import shop

NAMES = [name for name in dir(shop) if not name.startswith("_")]


def restored(function):
    @functools.wraps(function)
    def run(*arguments):
        before = [(name, getattr(shop, name)) for name in NAMES]
        put = functools.partial(setattr, shop)
        try:
            return function(*arguments)
        finally:
            list(itertools.starmap(put, before))

    return run
