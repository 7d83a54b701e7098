import functools
from unittest import mock

import shop


def without_mail(test):
    @functools.wraps(test)
    def wrapper(*args, **kwargs):
        send = shop.send
        try:
            shop.send = mock.Mock()
            return test(*args, **kwargs)
        finally:
            shop.send = send

    return wrapper
