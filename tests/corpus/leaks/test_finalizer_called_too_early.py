from unittest import mock

import pytest
from shop.queue import drain


@pytest.fixture
def pop(request):
    patcher = mock.patch("shop.queue.pop", side_effect=[1, 2, None])
    pop = patcher.start()
    request.addfinalizer(patcher.stop())  # MLK104
    return pop


def test_drains(pop):
    assert drain() == [1, 2]
