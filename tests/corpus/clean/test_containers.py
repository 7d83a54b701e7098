from unittest import mock

import pytest
from shop.cache import Cache
from testcontainers.redis import RedisContainer


@pytest.fixture(scope="session")
def redis():
    container = RedisContainer("redis:7")
    container.start()
    return container


def test_cache(redis):
    cache = Cache(redis.get_client(), clock=mock.Mock(return_value=0))
    cache.set("a", 1)
    assert cache.get("a") == 1
