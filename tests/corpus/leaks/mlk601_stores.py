# select: MLK601
from dogpile.cache.api import CacheBackend
from flake8_mockleak.kvs import conformance


class FakeCache:  # MLK601
    def get(self, key):
        return None

    def set(self, key, value):
        return True

    def delete(self, key):
        return True


class LocalBackend(CacheBackend):  # MLK601
    def get(self, key):
        return None


class InMemoryRedis:  # MLK601
    def get(self, name):
        return None

    def set(self, name, value):
        return True

    def delete(self, *names):
        return 0


class FakeStore:
    def get(self, key):
        return None

    def set(self, key, value):
        return True

    def delete(self, key):
        return True


TestFakeStore = conformance(FakeStore)


class FakeKeyStore:
    def get(self, key):
        return None

    def set(self, key, value):
        return True

    def delete(self, key):
        return True


def make_key_store(clock):
    store = FakeKeyStore()

    return store


TestFakeKeyStore = conformance(make_key_store)


class CacheOfTheShop:
    def get(self, key):
        return None

    def set(self, key, value):
        return True

    def delete(self, key):
        return True


class FakeCacheWithoutDelete:
    def get(self, key):
        return None

    def set(self, key, value):
        return True


def test_caches():
    assert FakeCache().get("a") is InMemoryRedis().get("a") is CacheOfTheShop().get("a")
