from unittest import mock

import pytest

from flags import flags, other


@pytest.fixture
def source():
    with flags.override(mock.Mock(return_value=True)) as overridden:
        yield overridden.source


def test_assigned_within(source):
    flags.source = mock.Mock(return_value=False)
    assert not flags.source("beta")


def test_other():
    with flags.override(mock.Mock(return_value=True)):
        other.source = mock.Mock(return_value=False)  # MLK201
        assert not other.source("beta")
