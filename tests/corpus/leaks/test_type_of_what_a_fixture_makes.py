import string
from string import Template
from unittest.mock import Mock

import pytest


class Greeting:
    def text(self):
        return "hello"


@pytest.fixture
def template():
    return Template("$name")


@pytest.fixture
def formatter():
    return string.Formatter()


@pytest.fixture
def greeting():
    return Greeting()


def test_name(template):
    type(template).substitute = Mock(return_value="Ada")  # MLK201
    assert template.substitute() == "Ada"


def test_format(formatter):
    formatter.__class__.vformat = Mock(return_value="Ada")  # MLK201
    assert formatter.format("{}", 1) == "Ada"


def test_object_alone(template):
    template.substitute = Mock(return_value="Ada")
    assert template.substitute() == "Ada"
