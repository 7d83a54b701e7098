import pytest

from fakes import register_quiet_till
from shop import TILLS


@pytest.fixture
def quiet_till():
    return register_quiet_till()  # MLK205


def test_pay(quiet_till):
    assert TILLS["quiet"]().pay()


@pytest.fixture
def quiet_till_for_a_while():
    yield register_quiet_till()
    del TILLS["quiet"]


def test_pay_for_a_while(quiet_till_for_a_while):
    assert TILLS["quiet"]().pay()
