# select: MLK602


class FakeRedis:
    def get(self, key):
        return None

    def set(self, name, value, ex=None, px=None, nx=False):
        return True

    def setex(self, name, value, time):  # MLK602
        return True

    def psetex(self, name, milliseconds, value):
        return True

    def expire(self, name):  # MLK602
        return True

    def hget(self, key, field):
        return None

    def lrem(self, name, value, count):  # MLK602
        return 0

    def zadd(self, name, score, member):  # MLK602
        return 1

    def delete(self, *names):
        return 0

    def lrange(self, *args):
        return []

    def sort(self):
        return []


class StubMemcacheClient:
    def get(self, key, default=None):
        return default

    def set(self, key, val, time=0, min_compress_len=0):
        return True

    def set_multi(self, mapping, time=0, key_prefix=""):
        return []

    def add(self, val, key):  # MLK602
        return True


class FakePymemcacheClient:
    def cas(self, key, value):  # MLK602
        return True

    def touch(self, key, expire=0):
        return True

    def incr(self, key, value, noreply=False):
        return 1


class FakeRedisServer:
    def get(self):
        return None

    def set(self):
        return None


def setex(name, value, time):
    return True


def test_clients():
    assert FakeRedis().set("a", 1) and StubMemcacheClient().set("a", 1)
