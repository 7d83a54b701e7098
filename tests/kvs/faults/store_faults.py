"""Faults of a store. Each class is a correct store with one change; the docstring says which."""

from __future__ import annotations

import contextlib
import threading

from dogpile.cache import make_region
from dogpile.cache.api import NO_VALUE

from .plain import (
    LockTimeout,
    NotFound,
    PlainLock,
    PlainRegistry,
    PlainStore,
    UnexpectedError,
    ValidationError,
    sha1,
)


class GetGivesNone(PlainStore):
    """get of a missing key gives None."""

    def get(self, key):
        try:
            return super().get(key)
        except NotFound:
            return None


class GetGivesNoValue(PlainStore):
    """get of a missing key gives NO_VALUE."""

    def get(self, key):
        self.need()
        return self.region.get(key)


class GetRaisesKeyError(PlainStore):
    """get of a missing key raises KeyError."""

    def get(self, key):
        try:
            return super().get(key)
        except NotFound:
            raise KeyError(key) from None


class FalsyIsMissing(PlainStore):
    """A false value is not found."""

    def get(self, key):
        got = super().get(key)
        if not got:
            raise NotFound(key)
        return got


class NoneIsMissingInMulti(PlainStore):
    """get_multi takes None for a missing key."""

    def get_multi(self, keys):
        keys = list(keys)
        got = super().get_multi(keys)
        if None in got:
            raise NotFound([key for key, value in zip(keys, got) if value is None])
        return got


class TargetIsMissing(PlainStore):
    """NotFound has no target."""

    def get(self, key):
        try:
            return super().get(key)
        except NotFound:
            raise NotFound(None) from None


class TargetIsMangled(PlainStore):
    """The target of NotFound is the mangled key."""

    def get(self, key):
        try:
            return super().get(key)
        except NotFound:
            raise NotFound(self.region.key_mangler(key) if self.region.key_mangler else key) from None


class OnlyTheFirstMissing(PlainStore):
    """get_multi names the first missing key only."""

    def get_multi(self, keys):
        try:
            return super().get_multi(keys)
        except NotFound as error:
            raise NotFound(error.target[:1]) from None


class AllAreMissing(PlainStore):
    """get_multi names all its keys as missing."""

    def get_multi(self, keys):
        keys = list(keys)
        try:
            return super().get_multi(keys)
        except NotFound:
            raise NotFound(keys) from None


class RaisesIfAllAreMissing(PlainStore):
    """get_multi raises only when all keys are missing."""

    def get_multi(self, keys):
        keys = list(keys)
        got = list(self.region.get_multi(keys))
        if keys and all(value is NO_VALUE for value in got):
            raise NotFound(keys)
        return got


class DropsMissing(PlainStore):
    """get_multi leaves missing keys out."""

    def get_multi(self, keys):
        self.need()
        return [value for value in self.region.get_multi(list(keys)) if value is not NO_VALUE]


class GetMultiSorts(PlainStore):
    """get_multi gives the values in the order of the sorted keys."""

    def get_multi(self, keys):
        return super().get_multi(sorted(keys))


class GetMultiGivesDict(PlainStore):
    """get_multi gives a dict."""

    def get_multi(self, keys):
        keys = list(keys)
        return dict(zip(keys, super().get_multi(keys)))


class SilentDelete(PlainStore):
    """delete of a missing key is silent."""

    def delete(self, key, lock=None):
        with contextlib.suppress(NotFound):
            super().delete(key, lock)


class DeleteKeeps(PlainStore):
    """delete does nothing but look."""

    def delete(self, key, lock=None):
        self.need()
        with self.action_with_lock(key, lock):
            self.get(key)


class DeleteIgnoresLock(PlainStore):
    """delete does not look at its lock."""

    def delete(self, key, lock=None):
        super().delete(key)


class SetIgnoresLock(PlainStore):
    """set does not look at its lock."""

    def set(self, key, value, lock=None):
        super().set(key, value)


class SetsBeforeTheCheck(PlainStore):
    """set stores, and looks at its lock then."""

    def set(self, key, value, lock=None):
        super().set(key, value)
        super().set(key, value, lock)


class LoudDeleteMulti(PlainStore):
    """delete_multi raises for a missing key."""

    def delete_multi(self, keys):
        keys = list(keys)
        for key in keys:
            self.get(key)
        super().delete_multi(keys)


class DeleteMultiTakesOne(PlainStore):
    """delete_multi removes the first key."""

    def delete_multi(self, keys):
        super().delete_multi(list(keys)[:1])


class SetMultiEmpties(PlainStore):
    """set_multi empties the mapping."""

    def set_multi(self, mapping):
        super().set_multi(dict(mapping))
        if isinstance(mapping, dict):
            mapping.clear()


class Caches(PlainStore):
    """get keeps what it has read."""

    def get(self, key):
        cache = self.__dict__.setdefault("cache", {})
        if key not in cache:
            cache[key] = super().get(key)
        return cache[key]

    def set(self, key, value, lock=None):
        super().set(key, value, lock)
        self.__dict__.setdefault("cache", {}).pop(key, None)

    def set_multi(self, mapping):
        super().set_multi(mapping)
        self.__dict__["cache"] = {}

    def delete(self, key, lock=None):
        self.need()
        with self.action_with_lock(key, lock):
            self.get(key)
            self.region.delete(key)
            self.cache.pop(key, None)

    def delete_multi(self, keys):
        super().delete_multi(keys)
        self.__dict__["cache"] = {}


class ConfiguresTwice(PlainStore):
    """A second configure is accepted."""

    def configure(self, backing_store, *args, **kwargs):
        if self.is_configured:
            del self.region.__dict__["backend"]
        super().configure(backing_store, *args, **kwargs)


class SecondConfigureIsSilent(PlainStore):
    """A second configure does nothing."""

    def configure(self, backing_store, *args, **kwargs):
        if not self.is_configured:
            super().configure(backing_store, *args, **kwargs)


class SecondConfigureChangesLocking(PlainStore):
    """A second configure raises, after it has changed how locks work."""

    def configure(self, backing_store, key_mangler=None, proxy_list=None, locking=True, *args, **kwargs):
        self.locking = locking
        super().configure(backing_store, key_mangler, proxy_list, locking, *args, **kwargs)


class SecondConfigureHasNoName(PlainStore):
    """The error of a second configure does not name the region."""

    def configure(self, *args, **kwargs):
        if self.is_configured:
            raise RuntimeError("configured already")
        super().configure(*args, **kwargs)


class UnconfiguredRaisesOther(PlainStore):
    """A call before configure raises AttributeError."""

    def need(self):
        if not self.is_configured:
            raise AttributeError("backend")


class UnconfiguredSetMultiIsSilent(PlainStore):
    """set_multi before configure does nothing."""

    def set_multi(self, mapping):
        if self.is_configured:
            super().set_multi(mapping)


class AlwaysConfigured(PlainStore):
    """is_configured is true."""

    is_configured = True

    def configure(self, *args, **kwargs):
        type(self).is_configured = False
        try:
            super().configure(*args, **kwargs)
        finally:
            type(self).is_configured = True


class NoWindow(PlainStore):
    """The backend gets the lock timeout as it is."""

    def arguments(self, arguments):
        return {**super().arguments(arguments), "lock_timeout": self.lock_timeout}


class WindowOnZero(PlainStore):
    """The backend gets a lock timeout of 0 as 1."""

    def arguments(self, arguments):
        return {**super().arguments(arguments), "lock_timeout": arguments.get("lock_timeout", 5) + 1}


class DefaultTimeoutIsTen(PlainStore):
    """The lock timeout is 10 s unless given."""

    def arguments(self, arguments):
        return super().arguments({"lock_timeout": 10, **arguments})


class NoDistributedLock(PlainStore):
    """distributed_lock is not added."""

    def arguments(self, arguments):
        made = super().arguments(arguments)
        if "distributed_lock" not in arguments:
            del made["distributed_lock"]
        return made


class AlwaysDistributedLock(PlainStore):
    """distributed_lock is always True."""

    def arguments(self, arguments):
        return {**super().arguments(arguments), "distributed_lock": True}


class DropsArguments(PlainStore):
    """Arguments that are false do not reach the backend."""

    def arguments(self, arguments):
        return super().arguments({name: value for name, value in arguments.items() if value or name == "lock_timeout"})


class CopiesArguments(PlainStore):
    """Arguments that are lists reach the backend as copies."""

    def arguments(self, arguments):
        copies = {name: list(value) if isinstance(value, list) else value for name, value in arguments.items()}
        return super().arguments(copies)


class SharedLocking(PlainStore):
    """locking=False holds for all stores."""

    off = False

    def configure(self, *args, **kwargs):
        super().configure(*args, **kwargs)
        if not self.locking:
            type(self).off = True

    def get_lock(self, key):
        return PlainLock(self.mutex(key), key, not self.off, self.lock_timeout)


class LockingIgnored(PlainStore):
    """locking=False is ignored."""

    def configure(self, *args, **kwargs):
        super().configure(*args, **kwargs)
        self.locking = True


class ProxiesReversed(PlainStore):
    """The last proxy is outermost."""

    def wrap(self, proxy_list):
        super().wrap(list(reversed(proxy_list or [])))


class ProxiesOnlyFirst(PlainStore):
    """Only the first proxy is used."""

    def wrap(self, proxy_list):
        super().wrap((proxy_list or [])[:1])


class ProxiesStopAtWrong(PlainStore):
    """What is no proxy ends the list."""

    def wrap(self, proxy_list):
        from dogpile.cache.proxy import ProxyBackend

        good = []
        for item in proxy_list or []:
            if isinstance(item, type) and not issubclass(item, ProxyBackend):
                break
            good.append(item)
        super().wrap(good)


class ProxiesRaiseAtWrong(PlainStore):
    """What is no proxy raises."""

    def wrap(self, proxy_list):
        for item in proxy_list or []:
            self.region.wrap(item) if isinstance(item, type) and not hasattr(item, "wrap") else None
        super().wrap(proxy_list)


class NoDottedProxies(PlainStore):
    """Dotted names of proxies are ignored."""

    def wrap(self, proxy_list):
        super().wrap([item for item in proxy_list or [] if not isinstance(item, str)])


class MultiBypassesProxies(PlainStore):
    """get_multi goes to the backend directly."""

    def get_multi(self, keys):
        self.need()
        keys = list(keys)
        mangler = self.region.key_mangler or (lambda key: key)
        got = [value if value is NO_VALUE else value.payload for value in self.backend().get_multi(map(mangler, keys))]
        missing = [key for key, value in zip(keys, got) if value is NO_VALUE]
        if missing:
            raise NotFound(missing)
        return got


class DeleteMultiBypassesProxies(PlainStore):
    """delete_multi goes to the backend directly."""

    def delete_multi(self, keys):
        self.need()
        mangler = self.region.key_mangler or (lambda key: key)
        self.backend().delete_multi([mangler(key) for key in keys])


class MutexBypassesProxies(PlainStore):
    """mutex goes to the backend directly."""

    def mutex(self, key):
        return self.backend().get_mutex(key) or self.mutexes.get(key)


class NoSha1(PlainStore):
    """Without a mangler keys go as they are."""

    def choose(self, key_mangler):
        return None if super().choose(key_mangler) is sha1 else super().choose(key_mangler)


class Sha256(PlainStore):
    """The default mangler is another hash."""

    def choose(self, key_mangler):
        import hashlib

        chosen = super().choose(key_mangler)
        return (lambda key: hashlib.sha256(key.encode()).hexdigest()[:40]) if chosen is sha1 else chosen


class BackendBeatsGiven(PlainStore):
    """The backend's own mangler always wins."""

    def choose(self, key_mangler):
        return (self.own if self.mangling else None) or super().choose(key_mangler)


class GivenBeatsInsisting(PlainStore):
    """A given mangler wins over a backend that insists."""

    def choose(self, key_mangler):
        return key_mangler if key_mangler and self.mangling else super().choose(key_mangler)


class Sha1BeatsOwn(PlainStore):
    """Without a given mangler sha1 wins over the backend's own."""

    def choose(self, key_mangler):
        return super().choose(key_mangler or sha1)


class ManglingCannotBeDisabled(PlainStore):
    """enable_key_mangler is ignored when a mangler is given."""

    def choose(self, key_mangler):
        return key_mangler or super().choose(key_mangler)


class DisabledOnRegionOnly(PlainStore):
    """With enable_key_mangler=False the backend keeps its mangler."""

    def set_key_mangler(self, key_mangler):
        own = self.backend().key_mangler
        super().set_key_mangler(key_mangler)
        if not self.mangling:
            self.backend().key_mangler = own


class ManglerNotTold(PlainStore):
    """The backend is not told the mangler."""

    def set_key_mangler(self, key_mangler):
        own = self.backend().key_mangler
        super().set_key_mangler(key_mangler)
        self.backend().key_mangler = own


class LaterManglerNotTold(PlainStore):
    """The backend is not told a later mangler."""

    def set_key_mangler(self, key_mangler):
        had = self.region.key_mangler, self.backend().key_mangler
        super().set_key_mangler(key_mangler)
        if had[0] is not None:
            self.backend().key_mangler = had[1]


class LaterManglerIgnored(PlainStore):
    """set_key_mangler does nothing after configure."""

    def set_key_mangler(self, key_mangler):
        if not getattr(self, "set_once", False):
            super().set_key_mangler(key_mangler)
        self.set_once = True


class TakesAnyMangler(PlainStore):
    """A mangler that is not callable is accepted."""

    def configure(self, backing_store, key_mangler=None, *args, **kwargs):
        super().configure(backing_store, key_mangler if callable(key_mangler) else None, *args, **kwargs)


class RaisesTypeError(PlainStore):
    """A mangler that is not callable raises TypeError at configure."""

    def configure(self, backing_store, key_mangler=None, *args, **kwargs):
        if key_mangler is not None and not callable(key_mangler):
            raise TypeError("not callable")
        super().configure(backing_store, key_mangler, *args, **kwargs)


class DeleteMultiNotMangled(PlainStore):
    """delete_multi does not mangle."""

    def delete_multi(self, keys):
        self.need()
        self.region.backend.delete_multi(list(keys))


class MutexesMangled(PlainStore):
    """Keys of mutexes are mangled."""

    def mutex(self, key):
        mangler = self.region.key_mangler
        return super().mutex(mangler(key) if mangler else key)


class OneMutex(PlainStore):
    """There is one mutex for all keys."""

    def mutex(self, key):
        return super().mutex("one")


class NoFallbackMutex(PlainStore):
    """Without mutexes in the backend each call makes a new one."""

    def mutex(self, key):
        return self.region.backend.get_mutex(key) or threading.Lock()


class OneFallbackMutex(PlainStore):
    """Without mutexes in the backend all keys have one."""

    def mutex(self, key):
        return self.region.backend.get_mutex(key) or self.mutexes.get("one")


class FallbackIsReentrant(PlainStore):
    """Without mutexes in the backend those of the store are re-entrant."""

    def mutex(self, key):
        made = self.__dict__.setdefault("made", {})
        return self.region.backend.get_mutex(key) or made.setdefault(key, threading.RLock())


class MultiTakesLocks(PlainStore):
    """set_multi takes the locks of its keys."""

    def set_multi(self, mapping):
        self.need()
        with contextlib.ExitStack() as stack:
            for key in mapping:
                stack.enter_context(self.get_lock(key))
            super().set_multi(mapping)


class SetTakesLock(PlainStore):
    """set without a lock takes one."""

    def set(self, key, value, lock=None):
        self.need()
        if lock is None:
            with self.get_lock(key) as own:
                return super().set(key, value, own)
        return super().set(key, value, lock)


class _Locks(PlainStore):
    def get_lock(self, key):
        return self.lock_class(self.mutex(key), key, self.locking, self.lock_timeout)


class StaysActive(_Locks):
    """A lock stays active after its block."""

    class lock_class(PlainLock):
        def __exit__(self, *error):
            super().__exit__(*error)
            self.active = True


class StaysActiveAfterAnError(_Locks):
    """A lock stays active after a block whose body raises."""

    class lock_class(PlainLock):
        def __exit__(self, kind, *error):
            super().__exit__(kind, *error)
            self.active = kind is not None


class NeverActive(_Locks):
    """With locking disabled a lock is not active."""

    class lock_class(PlainLock):
        def __enter__(self):
            super().__enter__()
            self.active = self.enabled
            return self


class NotReleasedAfterAnError(_Locks):
    """The mutex stays held when the body raises."""

    class lock_class(PlainLock):
        def __exit__(self, kind, *error):
            if kind is None:
                super().__exit__(kind, *error)
            self.active = False


class SwallowsErrors(_Locks):
    """The exception of the body is swallowed."""

    class lock_class(PlainLock):
        def __exit__(self, *error):
            super().__exit__(*error)
            return True


class NeverReleases(_Locks):
    """The mutex is never released."""

    class lock_class(PlainLock):
        def __exit__(self, *error):
            self.active = False


class NoMutexTaken(_Locks):
    """A lock takes no mutex."""

    class lock_class(PlainLock):
        def __init__(self, mutex, key, locking_enabled=True, lock_timeout=0):
            super().__init__(mutex, key, False, lock_timeout)


class TakesDisabledMutex(_Locks):
    """With locking disabled the mutex is taken all the same."""

    class lock_class(PlainLock):
        def __init__(self, mutex, key, locking_enabled=True, lock_timeout=0):
            super().__init__(mutex, key, True, lock_timeout)


class NoWindowInLock(_Locks):
    """A lock expires at its timeout, not 1 s before."""

    class lock_class(PlainLock):
        @property
        def expired(self):
            return bool(self.timeout) and self.now() - self.acquire_time > self.timeout


class TwiceTheWindow(_Locks):
    """A lock expires 2 s before its timeout."""

    class lock_class(PlainLock):
        @property
        def expired(self):
            return bool(self.timeout) and self.now() - self.acquire_time + 2 > self.timeout


class ZeroExpires(_Locks):
    """A lock with timeout 0 is expired."""

    class lock_class(PlainLock):
        @property
        def expired(self):
            return self.now() - self.acquire_time + 1 > self.timeout


class NeverExpired(_Locks):
    """A lock never expires."""

    class lock_class(PlainLock):
        expired = False


class IgnoresTimeout(PlainStore):
    """Locks have a timeout of 5 s whatever was configured."""

    def get_lock(self, key):
        return PlainLock(self.mutex(key), key, self.locking, 5)


class GivesUpSilently(_Locks):
    """A lock whose mutex is not to be had is entered all the same."""

    class lock_class(PlainLock):
        def take(self):
            with contextlib.suppress(Exception):
                self.got = self.mutex.acquire()

        def __exit__(self, *error):
            self.active = False
            if self.enabled and getattr(self, "got", False):
                self.mutex.release()

    def get_lock(self, key):
        return self.lock_class(self.mutex(key), key, self.locking, self.lock_timeout)


class OtherKeyIsFine(PlainStore):
    """A lock for another key is accepted."""

    def check(self, key, lock):
        super().check(lock.key, lock)


class PrefixIsFine(PlainStore):
    """A lock for a key that begins with this one is accepted."""

    def check(self, key, lock):
        super().check(lock.key if lock.key.startswith(key) else key, lock)


class OtherKeyIsWrongError(PlainStore):
    """A lock for another key raises UnexpectedError."""

    def check(self, key, lock):
        if lock.key != key:
            raise UnexpectedError("another key")
        super().check(key, lock)


class InactiveIsFine(PlainStore):
    """A lock that is not held is accepted."""

    def check(self, key, lock):
        if lock.key == key and not lock.active:
            return
        super().check(key, lock)


class InactiveIsWrongError(PlainStore):
    """A lock that is not held raises ValueError."""

    def check(self, key, lock):
        if lock.key == key and not lock.active:
            raise ValueError("not held")
        super().check(key, lock)


class ExpiredIsFine(PlainStore):
    """An expired lock is accepted."""

    def check(self, key, lock):
        with contextlib.suppress(LockTimeout):
            super().check(key, lock)


class TimeoutIsOther(PlainStore):
    """An expired lock raises ValidationError."""

    def check(self, key, lock):
        try:
            super().check(key, lock)
        except LockTimeout:
            raise ValidationError("expired") from None


class ActionReleases(PlainStore):
    """action_with_lock releases the lock."""

    @contextlib.contextmanager
    def action_with_lock(self, key, lock=None):
        with super().action_with_lock(key, lock):
            yield
        if lock is not None:
            lock.active = False


class StrongRegistry(PlainStore):
    """Stores are kept for ever."""

    class registry(PlainRegistry):
        def __init__(self, store_class):
            super().__init__(store_class)
            self.stores = {}


class NoRegistry(PlainStore):
    """Each call makes a new store."""

    class registry(PlainRegistry):
        def make(self, **options):
            self.stores.clear()
            return super().make(**options)


class OneStore(PlainStore):
    """Names are not told apart by more than four characters."""

    class registry(PlainRegistry):
        def make(self, name=None, **options):
            return super().make(name and name[:4], **options)


class NamelessRegion(PlainStore):
    """The region has no name."""

    class registry(PlainRegistry):
        def make(self, name=None, region=None, **options):
            return super().make(name, region or make_region(), **options)


class ForgetsRegion(PlainStore):
    """A region that is given is not used."""

    class registry(PlainRegistry):
        def make(self, name=None, region=None, **options):
            return super().make(name, **options)


class SharedData(PlainStore):
    """All stores have the data of the first."""

    first = None

    def configure(self, *args, **kwargs):
        super().configure(*args, **kwargs)
        backend = self.backend()
        if type(self).first is None:
            type(self).first = backend.memory
        backend.memory = type(self).first
