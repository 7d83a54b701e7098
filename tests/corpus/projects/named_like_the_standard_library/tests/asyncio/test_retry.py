"""A directory of tests is named like a module of the standard library, which is the one that is meant."""

from unittest import mock


@mock.patch("asyncio.sleep")
def test_sleep(sleep):
    assert not sleep.called


@mock.patch("logging.getLogger")
def test_logger(get_logger):
    assert not get_logger.called
