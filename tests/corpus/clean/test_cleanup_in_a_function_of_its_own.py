import os
import sys
from importlib import reload
from unittest import TestCase

import pytest

import shop
from shop import stock


class Finder:
    """Finds nothing."""


class TestFinder(TestCase):
    def test_module_taken_from_sys_modules(self):
        module = sys.modules["shop.basket"]
        original = module.price

        def restore():
            module.price = original

        self.addCleanup(restore)

        def price():
            return 1

        module.price = price
        self.assertEqual(shop.total(), 1)

    def test_entry_deleted_by_name(self):
        key = os.path.abspath("nowhere")
        self.addCleanup(lambda: sys.path_importer_cache.__delitem__(key))
        sys.path_importer_cache[key] = Finder()
        shop.find()


def set_up():
    global before
    before = (os.name, stock.count)


def tear_down():
    (os.name, stock.count) = before
    reload(stock)


@pytest.fixture
def environment():
    set_up()
    yield
    tear_down()


with_environment = pytest.mark.usefixtures("environment")


@with_environment
def test_count():
    stock.count = lambda: 3
    assert shop.is_open()
