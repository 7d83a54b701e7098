from unittest.mock import Mock

import pytest

import depot


@pytest.fixture
def plenty():
    depot.count = Mock(return_value=99)  # MLK201
    return depot.count


@pytest.fixture
def few(sold_out):
    depot.count = Mock(return_value=2)
    return depot.count


def test_nothing_left(sold_out):
    assert depot.count("chair") == 0


def test_plenty(plenty):
    assert depot.count("chair") == 99


def test_few(few):
    assert depot.count("chair") == 2


def test_by_itself():
    depot.count = Mock(return_value=5)  # MLK201
    assert depot.count("chair") == 5


def test_within(sold_out):
    depot.count = Mock(return_value=5)
    assert depot.count("chair") == 5
