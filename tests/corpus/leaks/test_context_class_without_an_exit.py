"""A context manager of the file that puts back one of two."""

import logging
import unittest
from unittest import mock

import shop


class KeepLogging:
    def __enter__(self):
        self.basic_config = logging.basicConfig

    def __exit__(self, *exc_info):
        logging.basicConfig = self.basic_config


class TestShop(unittest.TestCase):
    def test_logging(self):
        with KeepLogging():
            logging.basicConfig = mock.Mock()
            logging.getLogger = mock.Mock()  # MLK201
            shop.start()
