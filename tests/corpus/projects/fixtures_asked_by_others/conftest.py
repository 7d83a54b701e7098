from unittest import mock

import pytest

import depot


@pytest.fixture
def sold_out():
    with mock.patch.object(depot, "count", return_value=0) as count:
        yield count
