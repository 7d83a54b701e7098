"""Correct stores, written plainly, of the layers 'backend', 'store' and 'driver'. The faults are changes of them.

Nothing here is taken from the package: what the suite says about these says that it does not just fit our own stores.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import random
import threading
import time
import uuid
import weakref

from dogpile.cache import make_region
from dogpile.cache.api import NO_VALUE
from dogpile.cache.proxy import ProxyBackend
from dogpile.util import NameRegistry

from flake8_mockleak.kvs.probes import ProbeDriver


class PlainBackend:
    """A backend in memory. Each step is a method, so that a fault is a change of one."""

    def __init__(self, options):
        self.ttl = options.get("expiration_time")
        self.lock_timeout = options.get("lock_timeout")
        self.attempts = options.get("max_lock_attempts")
        self.no_expiry = set(options.get("no_expiry_keys") or ())
        self.clock = options.get("clock") or time.monotonic
        self.sleep = options.get("sleep") or time.sleep
        self.guard = threading.RLock()
        self.data = {}
        self.holders = {}

    def name(self, key):
        return key

    def dump(self, value):
        return pickle.dumps(value)

    def load(self, content):
        return pickle.loads(content)

    def expired(self, key, written):
        return bool(self.ttl) and key not in self.no_expiry and self.clock() - written >= self.ttl

    def read(self, key):
        entry = self.data.get(self.name(key))
        if entry is None or self.expired(self.name(key), entry[1]):
            return NO_VALUE
        return self.load(entry[0])

    def write(self, key, content):
        self.data[self.name(key)] = (content, self.clock())

    def remove(self, key):
        self.data.pop(self.name(key), None)

    def get(self, key):
        with self.guard:
            return self.read(key)

    def get_multi(self, keys):
        with self.guard:
            return [self.read(key) for key in keys]

    def set(self, key, value):
        content = self.dump(value)
        with self.guard:
            self.write(key, content)

    def set_multi(self, mapping):
        contents = {key: self.dump(value) for key, value in mapping.items()}
        with self.guard:
            for key, content in contents.items():
                self.write(key, content)

    def delete(self, key):
        with self.guard:
            self.remove(key)

    def delete_multi(self, keys):
        with self.guard:
            for key in keys:
                self.remove(key)

    def get_mutex(self, key):
        return PlainMutex(self, key)


class PlainMutex:
    """A mutex that knows its owner, and frees itself."""

    def __init__(self, backend, key):
        self.backend = backend
        self.key = key

    def holder(self):
        owner, since = self.backend.holders.get(self.key, (None, 0))
        timeout = self.backend.lock_timeout
        return None if owner and timeout and self.backend.clock() - since >= timeout else owner

    def take(self):
        with self.backend.guard:
            if self.holder() is not None:
                return False
            self.backend.holders[self.key] = (self, self.backend.clock())
            return True

    def acquire(self, wait=True):
        tries = 0
        while not self.take():
            tries += 1
            if not wait or tries == self.backend.attempts:
                return False
            self.backend.sleep(0.005)
        return True

    def release(self):
        with self.backend.guard:
            if self.holder() is not self:
                raise RuntimeError("released by an object that does not hold it")
            del self.backend.holders[self.key]

    def locked(self):
        with self.backend.guard:
            return self.holder() is not None


class NotFound(Exception):
    def __init__(self, target):
        super().__init__(target)
        self.target = target


class UnexpectedError(Exception):
    pass


class ValidationError(Exception):
    pass


class LockTimeout(UnexpectedError):
    pass


def sha1(key):
    return hashlib.sha1(key.encode()).hexdigest()


class PlainLock:
    """The lock of a PlainStore."""

    def __init__(self, mutex, key, locking_enabled=True, lock_timeout=0):
        self.mutex = mutex
        self.key = key
        self.enabled = locking_enabled
        self.timeout = lock_timeout
        self.active = False
        self.acquire_time = None

    def now(self):
        return time.time()

    @property
    def expired(self):
        return bool(self.timeout) and self.now() - self.acquire_time + 1 > self.timeout

    def take(self):
        if self.enabled and not self.mutex.acquire():
            raise UnexpectedError("the lock is not to be had")

    def __enter__(self):
        self.take()
        self.acquire_time = self.now()
        self.active = True
        return self

    def __exit__(self, *_):
        self.active = False
        if self.enabled:
            self.mutex.release()


class PlainStore:
    """A store over a dogpile region."""

    lock_class = PlainLock

    def __init__(self, region):
        self.region = region
        self.locking = True
        self.lock_timeout = 5
        self.mutexes = NameRegistry(lambda key: threading.Lock())

    @property
    def is_configured(self):
        return "backend" in self.region.__dict__

    def need(self):
        if not self.is_configured:
            raise UnexpectedError(f"{self.region.name} is not configured")

    def wrap(self, proxy_list):
        for item in reversed(proxy_list or []):
            proxy = item
            if isinstance(item, str):
                module, _, name = item.rpartition(".")
                proxy = getattr(__import__(module, fromlist=[name]), name)
            if issubclass(proxy, ProxyBackend):
                self.region.wrap(proxy)

    def arguments(self, arguments):
        self.lock_timeout = arguments.get("lock_timeout", 5)
        window = 1 if self.lock_timeout > 0 else 0
        return {"distributed_lock": True, **arguments, "lock_timeout": self.lock_timeout + window}

    def configure(
        self,
        backing_store,
        key_mangler=None,
        proxy_list=None,
        locking=True,
        enable_key_mangler=True,
        **backend_arguments,
    ):
        if self.is_configured:
            raise RuntimeError(f"the region {self.region.name} is configured already")
        if key_mangler is not None and not callable(key_mangler):
            raise ValidationError("the key mangler is not callable")
        self.locking = locking
        self.region.configure(backing_store, arguments=self.arguments(backend_arguments))
        self.own = self.backend().key_mangler
        self.mangling = enable_key_mangler
        self.wrap(proxy_list)
        self.set_key_mangler(key_mangler)

    def backend(self):
        layer = self.region.backend
        while isinstance(layer, ProxyBackend):
            layer = layer.proxied
        return layer

    def choose(self, key_mangler):
        if not self.mangling:
            return None
        if self.own and getattr(self.backend(), "use_backend_key_mangler", False):
            return self.own
        return key_mangler or self.own or sha1

    def set_key_mangler(self, key_mangler):
        if key_mangler is not None and not callable(key_mangler):
            raise ValidationError("the key mangler is not callable")
        self.region.key_mangler = self.backend().key_mangler = self.choose(key_mangler)

    def get(self, key):
        self.need()
        value = self.region.get(key)
        if value is NO_VALUE:
            raise NotFound(key)
        return value

    def get_multi(self, keys):
        self.need()
        keys = list(keys)
        values = list(self.region.get_multi(keys))
        missing = [key for key, value in zip(keys, values) if value is NO_VALUE]
        if missing:
            raise NotFound(missing)
        return values

    def set(self, key, value, lock=None):
        self.need()
        with self.action_with_lock(key, lock):
            self.region.set(key, value)

    def set_multi(self, mapping):
        self.need()
        if mapping:
            self.region.set_multi(mapping)

    def delete(self, key, lock=None):
        self.need()
        with self.action_with_lock(key, lock):
            self.get(key)
            self.region.delete(key)

    def delete_multi(self, keys):
        self.need()
        keys = list(keys)
        if keys:
            self.region.delete_multi(keys)

    def mutex(self, key):
        mutex = self.region.backend.get_mutex(key)
        return self.mutexes.get(key) if mutex is None else mutex

    def get_lock(self, key):
        return self.lock_class(self.mutex(key), key, self.locking, self.lock_timeout)

    @contextlib.contextmanager
    def action_with_lock(self, key, lock=None):
        if lock is not None:
            self.check(key, lock)
        yield

    def check(self, key, lock):
        if lock.key != key:
            raise ValueError("the lock is for another key")
        if not lock.active:
            raise ValidationError("the lock is not held")
        if lock.expired:
            raise LockTimeout("the lock has expired")


class PlainRegistry:
    """The stores by name."""

    def __init__(self, store_class):
        self.store_class = store_class
        self.stores = weakref.WeakValueDictionary()

    def make(self, name=None, region=None, **_):
        name = name or uuid.uuid4().hex
        store = self.stores.get(name)
        if store is None:
            store = self.store_class(make_region(name=name) if region is None else region)
            self.stores[name] = store
        return store


class PlainPivot:
    """A pivot over a driver."""

    drivers = {"memcached": None, "probe": ProbeDriver}

    def __init__(self, arguments):
        arguments = dict(arguments)
        self.lock_timeout = arguments.pop("lock_timeout", 0)
        self.max_lock_attempts = arguments.pop("max_lock_attempts", 15)
        self.raw_no_expiry_keys = set(arguments.pop("no_expiry_keys", ()))
        self.no_expiry_hashed_keys = set()
        self.sleep = arguments.pop("sleep", time.sleep)
        arguments.pop("clock", None)
        arguments.pop("distributed_lock", None)
        self.driver = self.find(arguments.pop("memcached_backend", "memcached"))(arguments)
        self._mangler = None

    def find(self, name):
        if name not in self.drivers:
            raise ValueError(f"{name} is not one of {', '.join(sorted(self.drivers))}")
        return self.drivers[name]

    def __getattr__(self, name):
        return getattr(self.driver, name)

    @property
    def key_mangler(self):
        return self._mangler

    @key_mangler.setter
    def key_mangler(self, mangler):
        if mangler is not None and not callable(mangler):
            raise TypeError("a key mangler has to be callable")
        self._mangler = mangler
        self.rehash()

    def rehash(self):
        mangler = self._mangler
        self.no_expiry_hashed_keys = {mangler(key) if mangler else key for key in self.raw_no_expiry_keys}

    def without_time(self):
        arguments = dict(self.driver.set_arguments)
        arguments.pop("time", None)
        return arguments

    def get(self, key):
        return self.driver.get(key)

    def get_multi(self, keys):
        return self.driver.get_multi(keys)

    def set(self, key, value):
        if key in self.no_expiry_hashed_keys:
            self.driver.client.set(key, value, **self.without_time())
        else:
            self.driver.set(key, value)

    def set_multi(self, mapping):
        stays = {key: value for key, value in mapping.items() if key in self.no_expiry_hashed_keys}
        goes = {key: value for key, value in mapping.items() if key not in self.no_expiry_hashed_keys}
        if stays:
            self.driver.client.set_multi(stays, **self.without_time())
        if goes:
            self.driver.set_multi(goes)

    def delete(self, key):
        self.driver.delete(key)

    def delete_multi(self, keys):
        self.driver.delete_multi(keys)

    def get_mutex(self, key):
        return PlainPivotMutex(self, key)


class PlainPivotMutex:
    """A mutex that is an entry in memcached."""

    def __init__(self, pivot, key):
        self.pivot = pivot
        self.key = "_lock" + key

    def add(self):
        return self.pivot.driver.client.add(self.key, 1, self.pivot.lock_timeout)

    def acquire(self, wait=True):
        for attempt in range(self.pivot.max_lock_attempts):
            if self.add():
                return True
            if not wait:
                return False
            self.pivot.sleep(random.random())
        raise UnexpectedError(f"gave up on {self.key}")

    def release(self):
        self.pivot.driver.client.delete(self.key)


def pivot_maker(pivot_class):
    """Return a make for a class of pivots."""

    def make(**options):
        if "expiration_time" in options:
            options["memcached_expire_time"] = options.pop("expiration_time")
        return pivot_class({"memcached_backend": "probe", **options})

    return make
