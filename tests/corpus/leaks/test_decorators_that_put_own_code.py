import functools
import unittest

import shop


def answering(answer):
    def decorate(test):
        @functools.wraps(test)
        def wrapper(*args, **kwargs):
            shop.confirm = lambda question: answer  # MLK204
            return test(*args, **kwargs)

        return wrapper

    return decorate


def without_mail(test):
    @functools.wraps(test)
    def wrapper(*args, **kwargs):
        send = shop.send
        shop.send = lambda *message: None  # MLK202
        test(*args, **kwargs)
        shop.send = send

    return wrapper


def without_sound(test):
    @functools.wraps(test)
    def wrapper(*args, **kwargs):
        beep = shop.beep
        shop.beep = lambda: None
        try:
            test(*args, **kwargs)
        finally:
            shop.beep = beep

    return wrapper


def for_good(function):
    def wrapper(*args):
        shop.colour = lambda: "red"
        return function(*args)

    return wrapper


@for_good
def paint():
    return shop.colour()


class ShopTest(unittest.TestCase):
    @answering(True)
    def test_answer(self):
        self.assertTrue(shop.confirm("really?"))

    @without_mail
    def test_mail(self):
        self.assertIsNone(shop.send("hello"))

    @without_sound
    def test_sound(self):
        self.assertIsNone(shop.beep())
