from unittest import mock

import pytest
from shop import session
from shop.greeting import greet


@pytest.fixture(name="session")
def make_session():
    return session.Session(user="ada")


def test_greets(session):
    session.load = mock.Mock(return_value={"name": "Ada"})
    assert greet(session) == "Hello, Ada"
