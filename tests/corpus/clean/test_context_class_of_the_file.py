"""A context manager of the file keeps what its body replaces, and stops what it started."""

import logging.config
import unittest
from unittest import mock

import shop


class KeepLogging:
    def __init__(self):
        self.basic_config = logging.basicConfig
        self.dict_config = logging.config.dictConfig

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        logging.basicConfig = self.basic_config
        logging.config.dictConfig = self.dict_config


class Closed:
    def __enter__(self):
        self.patcher = mock.patch("shop.is_open", return_value=False)
        return self.patcher.start()

    def __exit__(self, *exc_info):
        self.patcher.stop()


class TestShop(unittest.TestCase):
    def test_logging_is_kept(self):
        def configure(level):
            return level

        with KeepLogging():
            logging.basicConfig = configure
            logging.config.dictConfig = mock.Mock()
            shop.start()

    def test_closed(self):
        with Closed() as is_open:
            self.assertFalse(shop.enter())
        is_open.assert_called_once_with()
