import functools


class Client:
    def __init__(self, address):
        self.address = address

    def call(self, name):
        raise OSError(self.address)


class Pool:
    def take(self):
        return Client("pool")


_client = None
_pool = Pool()
_renewed = None
_latest = None
BACKENDS = {"plain": Client, "pool": Pool}


def get_client():
    global _client
    if _client is None:
        _client = Client("tcp://rpc")
    return _client


def get_pool():
    return _pool


def backend(name):
    return BACKENDS[name]


def get_renewed():
    global _renewed
    if _renewed is None:
        _renewed = Client("renewed")
    return _renewed


def forget():
    global _renewed
    _renewed = None


def connect(address="tcp://rpc"):
    return Client(address)


def latest():
    global _latest
    _latest = Client("latest")
    return _latest


def either(is_new):
    if is_new:
        return Client("new")
    return _pool


def own(_pool):
    return _pool


def clients():
    for _client in (Client("a"), Client("b")):
        return _client


@functools.lru_cache(maxsize=None)
def kept(address="tcp://kept"):
    return Client(address)


@functools.cache
def emptied():
    return Client("tcp://emptied")


def chosen(name):
    if name == "pool":
        return Pool
    return Client


def pool_or_none(name):
    if name == "pool":
        return Pool
    return None
