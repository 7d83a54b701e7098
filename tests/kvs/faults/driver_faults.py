"""Faults of a pivot over a driver. Each class is a correct pivot with one change; the docstring says which."""

from __future__ import annotations

from dogpile.cache.api import NO_VALUE

from .plain import PlainPivot, PlainPivotMutex, UnexpectedError


class NoTimeInSet(PlainPivot):
    """set does not pass the time."""

    def set(self, key, value):
        self.driver.client.set(key, value, **self.without_time())


class NoTimeInSetMulti(PlainPivot):
    """set_multi does not pass the time."""

    def set_multi(self, mapping):
        if mapping:
            self.driver.client.set_multi(mapping, **self.without_time())


class TimeOffByOne(PlainPivot):
    """The time is a second short."""

    def __init__(self, arguments):
        super().__init__(arguments)
        if "time" in self.driver.set_arguments:
            self.driver.set_arguments["time"] -= 1


class SetIgnoresNoExpiry(PlainPivot):
    """set passes the time for keys without expiry."""

    def set(self, key, value):
        self.driver.set(key, value)


class SetMultiIgnoresNoExpiry(PlainPivot):
    """set_multi passes the time for keys without expiry."""

    def set_multi(self, mapping):
        if mapping:
            self.driver.set_multi(mapping)


class OneKeySpoilsAll(PlainPivot):
    """set_multi with one key without expiry passes the time for none."""

    def set_multi(self, mapping):
        if any(key in self.no_expiry_hashed_keys for key in mapping):
            self.driver.client.set_multi(mapping, **self.without_time())
        elif mapping:
            self.driver.set_multi(mapping)


class AllOrTime(PlainPivot):
    """set_multi spares the time only when all keys are without expiry."""

    def set_multi(self, mapping):
        if mapping and all(key in self.no_expiry_hashed_keys for key in mapping):
            self.driver.client.set_multi(mapping, **self.without_time())
        elif mapping:
            self.driver.set_multi(mapping)


class LosesTheOthers(PlainPivot):
    """A mixed set_multi stores only the keys without expiry."""

    def set_multi(self, mapping):
        stays = {key: value for key, value in mapping.items() if key in self.no_expiry_hashed_keys}
        super().set_multi(stays or mapping)


class OneByOne(PlainPivot):
    """set_multi is a call for each key."""

    def set_multi(self, mapping):
        for key, value in mapping.items():
            self.set(key, value)


class NoArguments(PlainPivot):
    """Keys without expiry are written without any argument."""

    def without_time(self):
        return {}


class ChangesArguments(PlainPivot):
    """The driver's set_arguments lose their time."""

    def without_time(self):
        self.driver.set_arguments.pop("time", None)
        return dict(self.driver.set_arguments)


class RestoresArguments(PlainPivot):
    """The driver gets new set_arguments."""

    def without_time(self):
        made = super().without_time()
        self.driver.set_arguments = dict(self.driver.set_arguments)
        return made


class PopsFromTheMapping(PlainPivot):
    """A mixed set_multi takes keys out of the caller's mapping."""

    def set_multi(self, mapping):
        stays = {key: mapping.pop(key) for key in list(mapping) if key in self.no_expiry_hashed_keys}
        if stays:
            self.driver.client.set_multi(stays, **self.without_time())
        if mapping:
            self.driver.set_multi(mapping)


class RawKeysOnly(PlainPivot):
    """Keys without expiry are compared raw."""

    def rehash(self):
        self.no_expiry_hashed_keys = set(self.raw_no_expiry_keys)


class HashesHashed(PlainPivot):
    """Hashed keys are made from the hashed ones."""

    def rehash(self):
        source = self.no_expiry_hashed_keys or self.raw_no_expiry_keys
        self.no_expiry_hashed_keys = {self._mangler(key) if self._mangler else key for key in source}


class RehashesRaw(PlainPivot):
    """The raw keys are replaced by the hashed ones."""

    def rehash(self):
        super().rehash()
        self.raw_no_expiry_keys = self.no_expiry_hashed_keys


class HashesOnce(PlainPivot):
    """Hashed keys are not made anew."""

    def rehash(self):
        if not self.no_expiry_hashed_keys:
            super().rehash()


class HashesTheFirst(PlainPivot):
    """Of several keys one is hashed."""

    def rehash(self):
        super().rehash()
        self.no_expiry_hashed_keys = set(sorted(self.no_expiry_hashed_keys)[:1])


class KeepsOldHashes(PlainPivot):
    """Hashed keys of earlier manglers stay."""

    def rehash(self):
        old = self.no_expiry_hashed_keys
        super().rehash()
        self.no_expiry_hashed_keys = old | self.no_expiry_hashed_keys


class NoneKeepsMangler(PlainPivot):
    """key_mangler = None changes nothing."""

    @property
    def key_mangler(self):
        return self._mangler

    @key_mangler.setter
    def key_mangler(self, mangler):
        if mangler is not None:
            PlainPivot.key_mangler.fset(self, mangler)
        elif self._mangler is None:
            self.rehash()


class NoneKeepsHashes(PlainPivot):
    """key_mangler = None empties the hashed keys."""

    def rehash(self):
        super().rehash()
        if self._mangler is None:
            self.no_expiry_hashed_keys = set()


class TakesAnyMangler(PlainPivot):
    """Any key_mangler is accepted."""

    @property
    def key_mangler(self):
        return self._mangler

    @key_mangler.setter
    def key_mangler(self, mangler):
        self._mangler = mangler
        if mangler is None or callable(mangler):
            self.rehash()


class ManglerIsValueError(PlainPivot):
    """A key_mangler that is not callable raises ValueError."""

    @property
    def key_mangler(self):
        return self._mangler

    @key_mangler.setter
    def key_mangler(self, mangler):
        try:
            PlainPivot.key_mangler.fset(self, mangler)
        except TypeError as error:
            raise ValueError(str(error)) from None


class FalsyManglerIsNone(PlainPivot):
    """A key_mangler that is false is taken for None."""

    @property
    def key_mangler(self):
        return self._mangler

    @key_mangler.setter
    def key_mangler(self, mangler):
        PlainPivot.key_mangler.fset(self, mangler or None)


class SetsManglerThenRaises(PlainPivot):
    """A key_mangler that is not callable raises, and is set all the same."""

    @property
    def key_mangler(self):
        return self._mangler

    @key_mangler.setter
    def key_mangler(self, mangler):
        self._mangler = mangler
        PlainPivot.key_mangler.fset(self, mangler)


class SixteenAttempts(PlainPivot):
    """max_lock_attempts is 16 unless given."""

    def __init__(self, arguments):
        super().__init__({"max_lock_attempts": 16, **arguments})


class _Mutexes(PlainPivot):
    mutex = PlainPivotMutex

    def get_mutex(self, key):
        return self.mutex(self, key)


class OneAttemptMore(_Mutexes):
    """A waiter tries once more."""

    class mutex(PlainPivotMutex):
        def acquire(self, wait=True):
            try:
                return super().acquire(wait)
            except UnexpectedError:
                if self.add():
                    return True
                raise


class OneAttemptLess(_Mutexes):
    """A waiter tries once less."""

    class mutex(PlainPivotMutex):
        def acquire(self, wait=True):
            pivot = self.pivot
            for _ in range(max(1, pivot.max_lock_attempts - 1)):
                if self.add():
                    return True
                if not wait:
                    return False
                pivot.sleep(0.1)
            raise UnexpectedError("gave up")


class GivesUpWithFalse(_Mutexes):
    """A waiter that gives up returns False."""

    class mutex(PlainPivotMutex):
        def acquire(self, wait=True):
            try:
                return super().acquire(wait)
            except UnexpectedError:
                return False


class GivesUpWithTimeout(_Mutexes):
    """A waiter that gives up raises TimeoutError."""

    class mutex(PlainPivotMutex):
        def acquire(self, wait=True):
            try:
                return super().acquire(wait)
            except UnexpectedError:
                raise TimeoutError(self.key) from None


class SleepsLong(_Mutexes):
    """A waiter sleeps 2 s between its attempts."""

    class mutex(PlainPivotMutex):
        def acquire(self, wait=True):
            for _ in range(self.pivot.max_lock_attempts):
                if self.add():
                    return True
                if not wait:
                    return False
                self.pivot.sleep(2)
            raise UnexpectedError("gave up")


class NoWaitTriesAll(_Mutexes):
    """acquire(False) tries as often as a waiter."""

    class mutex(PlainPivotMutex):
        def acquire(self, wait=True):
            try:
                return super().acquire(True)
            except UnexpectedError:
                if wait:
                    raise
                return False


class NoWaitRaises(_Mutexes):
    """acquire(False) of a held mutex raises."""

    class mutex(PlainPivotMutex):
        def acquire(self, wait=True):
            if not super().acquire(wait):
                raise UnexpectedError("held")
            return True


class AddsThenSets(_Mutexes):
    """acquire overwrites the entry."""

    class mutex(PlainPivotMutex):
        def add(self):
            self.pivot.driver.client.set(self.key, 1, self.pivot.lock_timeout)
            return True


class LooksThenSets(_Mutexes):
    """acquire looks, and sets then."""

    class mutex(PlainPivotMutex):
        def add(self):
            client = self.pivot.driver.client
            if client.get(self.key) is not None:
                return False
            client.set(self.key, 1, self.pivot.lock_timeout)
            return True


class NoLockTimeout(_Mutexes):
    """The entry of a lock has no time."""

    class mutex(PlainPivotMutex):
        def add(self):
            return self.pivot.driver.client.add(self.key, 1)


class OtherPrefix(_Mutexes):
    """The entry of a lock is under 'lock' and its key."""

    class mutex(PlainPivotMutex):
        def __init__(self, pivot, key):
            super().__init__(pivot, key)
            self.key = "lock" + key


class OtherValue(_Mutexes):
    """The entry of a lock has the value 'locked'."""

    class mutex(PlainPivotMutex):
        def add(self):
            return self.pivot.driver.client.add(self.key, "locked", self.pivot.lock_timeout)


class MangledLock(_Mutexes):
    """The entry of a lock is under the mangled key."""

    class mutex(PlainPivotMutex):
        def __init__(self, pivot, key):
            super().__init__(pivot, pivot.key_mangler(key) if pivot.key_mangler else key)


class OneLock(_Mutexes):
    """All keys have one lock."""

    class mutex(PlainPivotMutex):
        def __init__(self, pivot, key):
            super().__init__(pivot, "")


class ReleaseDoesNothing(_Mutexes):
    """release does nothing."""

    class mutex(PlainPivotMutex):
        def release(self):
            pass


class ReleaseSets(_Mutexes):
    """release sets the entry to 0."""

    class mutex(PlainPivotMutex):
        def release(self):
            self.pivot.driver.client.set(self.key, 0)


class _Leaks(PlainPivot):
    leak = ""

    def __init__(self, arguments):
        super().__init__(arguments)
        if self.leak in arguments:
            self.driver.arguments[self.leak] = arguments[self.leak]


class LeaksLockTimeout(_Leaks):
    """lock_timeout reaches the driver."""

    leak = "lock_timeout"


class LeaksNoExpiryKeys(_Leaks):
    """no_expiry_keys reach the driver."""

    leak = "no_expiry_keys"


class LeaksBackend(_Leaks):
    """memcached_backend reaches the driver."""

    leak = "memcached_backend"


class KeepsExpireTime(PlainPivot):
    """memcached_expire_time does not reach the driver."""

    def __init__(self, arguments):
        arguments = dict(arguments)
        arguments.pop("memcached_expire_time", None)
        super().__init__(arguments)


class NoForwarding(PlainPivot):
    """Attributes of the driver are not forwarded."""

    def __getattr__(self, name):
        raise AttributeError(name)


class ForwardsEverything(PlainPivot):
    """An attribute that nobody has is None."""

    def __getattr__(self, name):
        return getattr(self.__dict__.get("driver"), name, None)


class UnknownIsDefault(PlainPivot):
    """An unknown driver is the default one."""

    def find(self, name):
        return self.drivers["probe"]


class UnknownIsKeyError(PlainPivot):
    """An unknown driver raises KeyError."""

    def find(self, name):
        return self.drivers[name]


class UnknownIsNotNamed(PlainPivot):
    """The error about an unknown driver does not name it."""

    def find(self, name):
        return super().find(name if name in self.drivers else "unknown one")


class ValidNotListed(PlainPivot):
    """The error about an unknown driver does not list the valid ones."""

    def find(self, name):
        if name not in self.drivers:
            raise ValueError(f"unknown driver {name}")
        return super().find(name)


class SharesDriver(PlainPivot):
    """All pivots have one driver."""

    common: list = []

    def find(self, name):
        driver = super().find(name)
        if not self.common:
            self.common.append(driver({}))
        return lambda arguments: self.common[0]


class GetLosesNone(PlainPivot):
    """get takes None for a miss."""

    def get(self, key):
        got = super().get(key)
        return NO_VALUE if got is None else got


class GetMultiSorts(PlainPivot):
    """get_multi gives the values in the order of the sorted keys."""

    def get_multi(self, keys):
        return super().get_multi(sorted(keys))


class GetMultiGivesFound(PlainPivot):
    """get_multi leaves missing keys out."""

    def get_multi(self, keys):
        return [value for value in super().get_multi(keys) if value is not NO_VALUE]


class DeleteMultiTakesOne(PlainPivot):
    """delete_multi removes the first key."""

    def delete_multi(self, keys):
        for key in keys:
            self.driver.delete(key)
            break


class DeleteDoesNothing(PlainPivot):
    """delete does nothing."""

    def delete(self, key):
        pass


class SharesNoExpiryKeys(PlainPivot):
    """Keys without expiry are those of all pivots."""

    common: set = set()

    def rehash(self):
        self.common |= self.raw_no_expiry_keys
        self.no_expiry_hashed_keys = {self._mangler(key) if self._mangler else key for key in self.common}
