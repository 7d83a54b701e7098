"""A builder and a value extend other modules for good; they are no tests, though one has a method of such a name."""

import datetime
import doctest
from unittest import mock

from shop import Builder


class DocTestBuilder(Builder):
    def init(self):
        doctest.compile = self.compile

    def compile(self, code, name, kind, flags, dont_inherit):
        return compile(code, name, self.kind, flags, dont_inherit)

    def test_group(self, group):
        self.kind = group.kind


class NewDate(datetime.date):
    pass


class Next:
    def __init__(self):
        datetime.date = NewDate


def test_kind():
    builder = DocTestBuilder(mock.Mock())
    builder.test_group(mock.Mock(kind="exec"))
    assert builder.kind == "exec"
