import pytest
import store


class DictBackend(dict):
    def put(self, key, value):
        self[key] = value


@pytest.fixture(autouse=True)
def dict_backend():
    store.BACKENDS.update({"redis": DictBackend, "dict": DictBackend})  # MLK205
    yield
    store.BACKENDS.pop("dict")


def test_redis_is_faked():
    assert isinstance(store.make("redis"), DictBackend)
