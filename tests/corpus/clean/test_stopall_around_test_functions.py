"""Test functions start patches, and something else stops them all."""

from unittest import mock

import pytest

import shop


def start():
    mock.patch("shop.tax").start()


def stop():
    mock.patch.stopall()


@pytest.fixture
def clean():
    yield
    mock.patch.stopall()


@pytest.fixture
def finalized(request):
    request.addfinalizer(mock.patch.stopall)


def test_fixture(clean):
    mock.patch("shop.rate").start()
    assert shop.price("tea")


@pytest.mark.usefixtures("finalized")
def test_finalizer():
    mock.patch("shop.rate").start()
    assert shop.price("tea")


def test_finally():
    mock.patch("shop.rate").start()
    try:
        assert shop.price("tea")
    finally:
        mock.patch.stopall()


def test_helpers():
    start()
    try:
        assert shop.price("tea")
    finally:
        stop()
