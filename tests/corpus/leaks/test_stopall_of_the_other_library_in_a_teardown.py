from unittest.mock import patch

import mock

from shop import worker


def setup_function(function):
    patch("shop.worker.enqueue").start()  # MLK101


def teardown_function(function):
    mock.patch.stopall()


def test_nightly():
    assert worker.nightly()
