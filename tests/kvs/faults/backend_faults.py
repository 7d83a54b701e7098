"""Faults of a backend. Each class is a correct backend with one change; the docstring says which."""

from __future__ import annotations

import copy
import json
import time
import unicodedata
from collections import OrderedDict

from dogpile.cache.api import NO_VALUE

from .plain import PlainBackend, PlainMutex


class GetsNoneForAMiss(PlainBackend):
    """get gives None for a missing key."""

    def get(self, key):
        got = super().get(key)
        return None if got is NO_VALUE else got


class GetsAFalsyMiss(PlainBackend):
    """get gives False for a missing key."""

    def get(self, key):
        got = super().get(key)
        return False if got is NO_VALUE else got


class RaisesForAMiss(PlainBackend):
    """get raises KeyError for a missing key."""

    def get(self, key):
        got = super().get(key)
        if got is NO_VALUE:
            raise KeyError(key)
        return got


class LosesNone(PlainBackend):
    """None is a miss."""

    def get(self, key):
        got = super().get(key)
        return NO_VALUE if got is None else got


class DoesNotStoreFalsy(PlainBackend):
    """set ignores a value that is false."""

    def set(self, key, value):
        if value:
            super().set(key, value)


class DoesNotStoreFalsyInMulti(PlainBackend):
    """set_multi leaves false values out."""

    def set_multi(self, mapping):
        super().set_multi({key: value for key, value in mapping.items() if value or value is None})


class ReadsFalsyAsMissInMulti(PlainBackend):
    """get_multi takes a false value for a miss."""

    def get_multi(self, keys):
        return [value or NO_VALUE for value in super().get_multi(keys)]


class SetsOnlyOnce(PlainBackend):
    """set does not replace."""

    def set(self, key, value):
        if self.get(key) is NO_VALUE:
            super().set(key, value)


class SetMultiDoesNotReplace(PlainBackend):
    """set_multi does not replace."""

    def set_multi(self, mapping):
        super().set_multi({key: value for key, value in mapping.items() if self.get(key) is NO_VALUE})


class DeletesNothing(PlainBackend):
    """delete does nothing."""

    def delete(self, key):
        pass


class DeletesOnlyTheFirst(PlainBackend):
    """delete works once for each store."""

    def delete(self, key):
        if not hasattr(self, "did"):
            self.did = True
            super().delete(key)


class DeleteSetsNone(PlainBackend):
    """delete stores None."""

    def delete(self, key):
        self.set(key, None)


class DeleteRaises(PlainBackend):
    """delete raises KeyError for a missing key."""

    def delete(self, key):
        if self.get(key) is NO_VALUE:
            raise KeyError(key)
        super().delete(key)


class DeletesByPrefix(PlainBackend):
    """delete removes the keys that begin with the key."""

    def remove(self, key):
        for other in [other for other in self.data if str(other).startswith(str(key))]:
            del self.data[other]


class DeletesEverything(PlainBackend):
    """delete_multi removes all keys."""

    def delete_multi(self, keys):
        if list(keys):
            self.data.clear()


class DeletesUpToAMiss(PlainBackend):
    """delete_multi stops at a missing key."""

    def delete_multi(self, keys):
        for key in keys:
            if self.get(key) is NO_VALUE:
                break
            self.delete(key)


class DeletesAllButTheLast(PlainBackend):
    """delete_multi forgets the last of several keys."""

    def delete_multi(self, keys):
        keys = list(keys)
        super().delete_multi(keys[:-1] if len(keys) > 2 else keys)


class SortsKeys(PlainBackend):
    """get_multi gives the values in the order of the sorted keys."""

    def get_multi(self, keys):
        return super().get_multi(sorted(keys))


class WritesOrder(PlainBackend):
    """get_multi gives the values in the order of writing."""

    def get_multi(self, keys):
        keys = list(keys)
        order = list(self.data)
        return super().get_multi(sorted(keys, key=lambda key: order.index(key) if key in order else 1 << 30))


class DropsMissing(PlainBackend):
    """get_multi leaves missing keys out."""

    def get_multi(self, keys):
        return [value for value in super().get_multi(keys) if value is not NO_VALUE]


class NoneInMulti(PlainBackend):
    """get_multi gives None for missing keys."""

    def get_multi(self, keys):
        return [None if value is NO_VALUE else value for value in super().get_multi(keys)]


class FoldsRepeated(PlainBackend):
    """get_multi gives a repeated key once."""

    def get_multi(self, keys):
        return super().get_multi(dict.fromkeys(keys))


class GivesATuple(PlainBackend):
    """get_multi gives a tuple."""

    def get_multi(self, keys):
        return tuple(super().get_multi(keys))


class GivesAGenerator(PlainBackend):
    """get_multi gives a generator."""

    def get_multi(self, keys):
        return (value for value in super().get_multi(keys))


class WalksKeysTwice(PlainBackend):
    """get_multi walks its keys twice."""

    def get_multi(self, keys):
        if not any(True for _ in keys):
            return []
        return super().get_multi(keys)


class WantsAList(PlainBackend):
    """get_multi slices its keys."""

    def get_multi(self, keys):
        return super().get_multi(keys[:])


class RaisesOnEmpty(PlainBackend):
    """delete_multi raises without keys."""

    def delete_multi(self, keys):
        keys = list(keys)
        if not keys:
            raise ValueError("wrong number of arguments")
        super().delete_multi(keys)


class EmptyIsNone(PlainBackend):
    """get_multi without keys gives None."""

    def get_multi(self, keys):
        return super().get_multi(keys) or None


class EmptySetMultiClears(PlainBackend):
    """set_multi of an empty mapping empties the store."""

    def set_multi(self, mapping):
        if not mapping:
            self.data.clear()
        super().set_multi(mapping)


class EmptiesTheMapping(PlainBackend):
    """set_multi pops from the caller's mapping."""

    def set_multi(self, mapping):
        while mapping:
            self.set(*mapping.popitem())


class KeepsTheMapping(PlainBackend):
    """set_multi keeps the caller's mapping and reads from it."""

    def set_multi(self, mapping):
        super().set_multi(mapping)
        self.kept = mapping

    def get(self, key):
        kept = getattr(self, "kept", {})
        return kept[key] if key in kept else super().get(key)


class SetMultiForgetsOthers(PlainBackend):
    """set_multi drops all other keys."""

    def set_multi(self, mapping):
        if mapping:
            self.data.clear()
        super().set_multi(mapping)


class SetMultiStoresTheFirst(PlainBackend):
    """set_multi stores the first fifty."""

    def set_multi(self, mapping):
        super().set_multi(dict(list(mapping.items())[:50]))


class SortsCallersKeys(PlainBackend):
    """get_multi sorts and restores the order, but in the caller's list."""

    def get_multi(self, keys):
        got = super().get_multi(keys)
        if isinstance(keys, list):
            keys.sort()
        return got


class _Alias(PlainBackend):
    def dump(self, value):
        return value

    def load(self, content):
        return content


class Aliases(_Alias):
    """The objects themselves are kept and returned."""


class AliasesOnWrite(_Alias):
    """The object given is kept; copies are returned."""

    def load(self, content):
        return copy.deepcopy(content)


class AliasesOnRead(_Alias):
    """A copy is kept, and is itself returned."""

    def dump(self, value):
        return copy.deepcopy(value)


class ShallowCopies(_Alias):
    """Copies are shallow."""

    def dump(self, value):
        return copy.copy(value)

    def load(self, content):
        return copy.copy(content)


class AliasesThroughGetMulti(PlainBackend):
    """get_multi returns what it has unpickled before."""

    def get_multi(self, keys):
        cache = self.__dict__.setdefault("cache", {})
        got = []
        for key in keys:
            entry = self.data.get(key)
            value = self.read(key)
            if value is NO_VALUE or entry is None:
                got.append(value)
            else:
                got.append(cache.setdefault((key, entry), value))
        return got


class AliasesOnSetMulti(_Alias):
    """set_multi keeps the objects given."""

    def set(self, key, value):
        super().set(key, copy.deepcopy(value))

    def load(self, content):
        return copy.deepcopy(content)


class Json(PlainBackend):
    """Values go through JSON."""

    def dump(self, value):
        return json.dumps(value, default=repr)

    def load(self, content):
        return json.loads(content)


class Texts(PlainBackend):
    """A str of digits comes back as a number."""

    def load(self, content):
        value = super().load(content)
        return int(value) if isinstance(value, str) and value.isdigit() else value


class DecodesBytes(PlainBackend):
    """bytes come back as str."""

    def load(self, content):
        value = super().load(content)
        try:
            return value.decode() if isinstance(value, bytes) else value
        except UnicodeDecodeError:
            return value


class StripsText(PlainBackend):
    """Texts lose the spaces at their ends."""

    def load(self, content):
        value = super().load(content)
        return value.strip() if isinstance(value, str) else value


class BoolsAreInts(PlainBackend):
    """True comes back as 1."""

    def load(self, content):
        value = super().load(content)
        return int(value) if isinstance(value, bool) else value


class CutsText(PlainBackend):
    """Text ends at a NUL."""

    def load(self, content):
        value = super().load(content)
        return value.split("\x00")[0] if isinstance(value, str) else value


class SwallowsUnserialisable(PlainBackend):
    """set of a value that cannot be pickled does nothing."""

    def set(self, key, value):
        try:
            super().set(key, value)
        except Exception:
            pass


class ForgetsOnError(PlainBackend):
    """A set that raises removes the earlier value."""

    def set(self, key, value):
        self.delete(key)
        super().set(key, value)


class WritesOneByOne(PlainBackend):
    """set_multi pickles and stores one by one."""

    def set_multi(self, mapping):
        for key, value in mapping.items():
            self.set(key, value)


class DropsLarge(PlainBackend):
    """A value of more than 1 MB is not stored, the old one stays."""

    def write(self, key, content):
        if len(content) <= 1_000_000:
            super().write(key, content)


class RefusesLarge(PlainBackend):
    """A value of more than 1 MiB raises."""

    def dump(self, value):
        content = super().dump(value)
        if len(content) > 1 << 20:
            raise ValueError("too large")
        return content


class DropsLargeAndOld(PlainBackend):
    """A value of more than 1 MB is not stored, and the old one goes."""

    def write(self, key, content):
        super().write(key, content)
        if len(content) > 1_000_000:
            self.remove(key)


class FoldsCase(PlainBackend):
    """Keys are lower-cased."""

    def name(self, key):
        return key.lower() if isinstance(key, str) else key


class StripsKeys(PlainBackend):
    """Keys lose the spaces at their ends."""

    def name(self, key):
        return key.strip() if isinstance(key, str) else key


class CutsKeys(PlainBackend):
    """Keys are cut to 200 characters."""

    def name(self, key):
        return key[:200] if isinstance(key, str) else key


class CutsLongKeys(PlainBackend):
    """Keys are cut to 250 characters."""

    def name(self, key):
        return key[:250] if isinstance(key, str) else key


class NormalisesKeys(PlainBackend):
    """Keys are brought to the form NFC."""

    def name(self, key):
        return unicodedata.normalize("NFC", key) if isinstance(key, str) else key


class MixesBytes(PlainBackend):
    """A bytes key is that of its text."""

    def name(self, key):
        return key.decode("latin-1") if isinstance(key, bytes) else key


class MixesNumbers(PlainBackend):
    """Keys are turned into str."""

    def name(self, key):
        return str(key) if isinstance(key, int) else key


class CutsAtSpace(PlainBackend):
    """A key ends at its first space."""

    def name(self, key):
        return key.split(" ")[0] if isinstance(key, str) else key


class FoldsSeparators(PlainBackend):
    """'/' and ':' are one."""

    def name(self, key):
        return key.replace("/", ":") if isinstance(key, str) else key


class RefusesEmptyKey(PlainBackend):
    """The empty key is a miss."""

    def write(self, key, content):
        if key:
            super().write(key, content)


class HashesKeys(PlainBackend):
    """Keys are hashed to 16 bits."""

    def name(self, key):
        return hash(key) & 0xFFFF


class Evicts(PlainBackend):
    """Of more than 1,000 keys the oldest goes."""

    limit = 1_000

    def write(self, key, content):
        super().write(key, content)
        if len(self.data) > self.limit:
            del self.data[next(iter(self.data))]


class EvictsLater(Evicts):
    """Of more than 10,000 keys the oldest goes."""

    limit = 10_000


class EvictsSoon(Evicts):
    """Of more than 64 keys the oldest goes."""

    limit = 64


class SharesData(PlainBackend):
    """All stores have one dict."""

    common: dict = {}

    def __init__(self, options):
        super().__init__(options)
        self.data = self.common


class SharesMutexes(PlainBackend):
    """All stores have one set of mutexes."""

    common: dict = {}

    def __init__(self, options):
        super().__init__(options)
        self.holders = self.common


class SharesOptions(PlainBackend):
    """The time to expire stays from store to store."""

    kept: dict = {}

    def __init__(self, options):
        self.kept.update(options)
        super().__init__(self.kept)


class _Mutex(PlainBackend):
    mutex = PlainMutex

    def get_mutex(self, key):
        return self.mutex(self, key)


class Reentrant(_Mutex):
    """The object that holds a mutex acquires it again."""

    class mutex(PlainMutex):
        def take(self):
            return self.holder() is self or super().take()


class Ownerless(_Mutex):
    """Any object releases a mutex."""

    class mutex(PlainMutex):
        def release(self):
            self.backend.holders.pop(self.key, None)


class SilentRelease(_Mutex):
    """release of what is not held raises nothing."""

    class mutex(PlainMutex):
        def release(self):
            if self.holder() is self:
                super().release()


class LateReleaseFrees(_Mutex):
    """A late release frees the next owner."""

    class mutex(PlainMutex):
        def take(self):
            self.took = super().take() or getattr(self, "took", False)
            return self.holder() is self

        def release(self):
            if not getattr(self, "took", False):
                raise RuntimeError("not held")
            self.took = False
            self.backend.holders.pop(self.key, None)

        def acquire(self, wait=True):
            return False if self.holder() is self and not wait else super().acquire(wait)


class NeverFrees(_Mutex):
    """A mutex has no timeout."""

    class mutex(PlainMutex):
        def holder(self):
            return self.backend.holders.get(self.key, (None, 0))[0]


class FreesLate(_Mutex):
    """A mutex frees itself a second late."""

    class mutex(PlainMutex):
        def holder(self):
            owner, since = self.backend.holders.get(self.key, (None, 0))
            timeout = self.backend.lock_timeout
            return None if owner and timeout and self.backend.clock() - since >= timeout + 1 else owner


class AttemptRenews(_Mutex):
    """A failed attempt begins the time of the holder anew."""

    class mutex(PlainMutex):
        def take(self):
            if super().take():
                return True
            self.backend.holders[self.key] = (self.backend.holders[self.key][0], self.backend.clock())
            return False


class ZeroFreesAtOnce(_Mutex):
    """With a lock timeout of 0 a mutex is never held."""

    class mutex(PlainMutex):
        def holder(self):
            return None if self.backend.lock_timeout == 0 else super().holder()


class WholeSecondsOnly(_Mutex):
    """A fractional lock timeout is rounded down, and 0 is for ever."""

    def __init__(self, options):
        super().__init__(options)
        self.lock_timeout = int(self.lock_timeout or 0)


class OneMutexForAll(_Mutex):
    """There is one mutex for the whole store."""

    class mutex(PlainMutex):
        def __init__(self, backend, key):
            super().__init__(backend, "")


class MutexPerObject(_Mutex):
    """Each mutex object is a mutex of its own."""

    class mutex(PlainMutex):
        def __init__(self, backend, key):
            super().__init__(backend, (key, id(self)))


class MutexIsData(_Mutex):
    """A held mutex is a value under its key."""

    class mutex(PlainMutex):
        def take(self):
            if super().take():
                self.backend.set(self.key, 1)
                return True
            return False


class MutexIsLockData(_Mutex):
    """A held mutex is a value under '_lock' and its key."""

    class mutex(PlainMutex):
        def take(self):
            if super().take():
                self.backend.set("_lock" + self.key, 1)
                return True
            return False


class DataBlocksMutex(_Mutex):
    """A value under '_lock' and the key blocks the mutex."""

    class mutex(PlainMutex):
        def holder(self):
            return self if self.backend.get("_lock" + self.key) is not NO_VALUE else super().holder()


class IgnoresWait(_Mutex):
    """acquire never waits."""

    class mutex(PlainMutex):
        def acquire(self, wait=True):
            return super().acquire(False)


class AlwaysWaits(_Mutex):
    """acquire(False) waits for a second."""

    class mutex(PlainMutex):
        def acquire(self, wait=True):
            for _ in range(200):
                if self.take():
                    return True
                self.backend.sleep(0.005)
            return super().acquire(wait)


class AcquireGivesNone(_Mutex):
    """acquire returns nothing."""

    class mutex(PlainMutex):
        def acquire(self, wait=True):
            super().acquire(wait)


class ReleaseDoesNothing(_Mutex):
    """release does nothing."""

    class mutex(PlainMutex):
        def release(self):
            pass


class LockedLies(_Mutex):
    """locked() is always false."""

    class mutex(PlainMutex):
        def locked(self):
            return False


class LockedOwn(_Mutex):
    """locked() tells of this object only."""

    class mutex(PlainMutex):
        def locked(self):
            return self.holder() is self


class DeleteFrees(_Mutex):
    """delete of a key frees its mutex."""

    def remove(self, key):
        super().remove(key)
        self.holders.pop(key, None)


class ChecksThenTakes(_Mutex):
    """acquire looks and takes in two steps."""

    class mutex(PlainMutex):
        def take(self):
            if self.holder() is not None:
                return False
            self.backend.holders[self.key] = (self, self.backend.clock())
            return True


class NoMutex(PlainBackend):
    """get_mutex gives None."""

    def get_mutex(self, key):
        return None


class GivesUpNever(_Mutex):
    """max_lock_attempts is ignored."""

    def __init__(self, options):
        super().__init__(options)
        self.attempts = None


class NeverExpires(PlainBackend):
    """The time to expire is ignored."""

    def expired(self, key, written):
        return False


class ExpiresEarly(PlainBackend):
    """Values expire a second early."""

    def expired(self, key, written):
        return bool(self.ttl) and self.clock() - written >= self.ttl - 1


class ExpiresLate(PlainBackend):
    """Values expire a second late."""

    def expired(self, key, written):
        return bool(self.ttl) and self.clock() - written >= self.ttl + 1


class GetRenews(PlainBackend):
    """get begins the time anew."""

    def get(self, key):
        got = super().get(key)
        if got is not NO_VALUE:
            self.set(key, got)
        return got


class GetMultiRenews(PlainBackend):
    """get_multi begins the time anew."""

    def get_multi(self, keys):
        keys = list(keys)
        got = super().get_multi(keys)
        self.set_multi({key: value for key, value in zip(keys, got) if value is not NO_VALUE})
        return got


class SetDoesNotRenew(PlainBackend):
    """A second set keeps the first one's time."""

    def write(self, key, content):
        written = self.data[key][1] if self.read(key) is not NO_VALUE else self.clock()
        self.data[key] = (content, written)


class SetMultiNeverExpires(PlainBackend):
    """What set_multi wrote does not expire."""

    def set_multi(self, mapping):
        super().set_multi(mapping)
        for key in mapping:
            self.data[key] = (self.data[key][0], float("inf"))


class GetMultiSeesExpired(PlainBackend):
    """get_multi does not look at the time."""

    def get_multi(self, keys):
        return [self.load(self.data[key][0]) if key in self.data else NO_VALUE for key in keys]


class ZeroExpiresAtOnce(PlainBackend):
    """0 seconds to expire is at once."""

    def expired(self, key, written):
        return self.ttl is not None and self.clock() - written >= self.ttl


class SixtyDaysIsADate(PlainBackend):
    """More than 30 days to expire is a date, which is over."""

    def expired(self, key, written):
        return bool(self.ttl) and (self.ttl > 2_592_000 or super().expired(key, written))


class CapsAtThirtyDays(PlainBackend):
    """More than 30 days to expire is 30 days."""

    def expired(self, key, written):
        return bool(self.ttl) and self.clock() - written >= min(self.ttl, 2_592_000)


class WholeSeconds(PlainBackend):
    """The time to expire is cut to whole seconds, and 0 is for ever."""

    def expired(self, key, written):
        return bool(int(self.ttl or 0)) and self.clock() - written >= int(self.ttl)


class DeadlineInWholeSeconds(PlainBackend):
    """The moment of expiry is cut to a whole second."""

    def expired(self, key, written):
        return bool(self.ttl) and self.clock() >= int(written + self.ttl)


class NegativeIsForEver(PlainBackend):
    """A negative time to expire is for ever."""

    def expired(self, key, written):
        return bool(self.ttl) and self.ttl > 0 and self.clock() - written >= self.ttl


class ExpiresUnasked(PlainBackend):
    """Without a time to expire values live for an hour."""

    def expired(self, key, written):
        return self.clock() - written >= (3600 if self.ttl is None else self.ttl or float("inf"))


class OneTimeForAll(PlainBackend):
    """A write begins the time of all keys anew."""

    def write(self, key, content):
        super().write(key, content)
        for other, (old, _) in self.data.items():
            self.data[other] = (old, self.clock())


class ExpiredKeysAreRaised(PlainBackend):
    """get_multi raises when a key has expired."""

    def get_multi(self, keys):
        keys = list(keys)
        if any(key in self.data and self.read(key) is NO_VALUE for key in keys):
            raise KeyError("expired")
        return super().get_multi(keys)


class TornSetMulti(PlainBackend):
    """set_multi stores one by one, without a lock."""

    def set_multi(self, mapping):
        contents = {key: self.dump(value) for key, value in mapping.items()}
        for key, content in contents.items():
            self.write(key, content)


class TornDeleteMulti(PlainBackend):
    """delete_multi removes one by one, without a lock."""

    def delete_multi(self, keys):
        for key in keys:
            self.remove(key)


class DeletesBeforeItSets(PlainBackend):
    """set removes the earlier value before it stores the new one, without a lock."""

    def set(self, key, value):
        content = self.dump(value)
        self.remove(key)
        self.write(key, content)


class CopiesAll(PlainBackend):
    """set replaces the whole dict, without a lock."""

    def write(self, key, content):
        changed = dict(self.data)
        changed[key] = (content, self.clock())
        self.data = changed

    def set(self, key, value):
        self.write(key, self.dump(value))


class MixesThreads(PlainBackend):
    """get hands its key over in an attribute."""

    def get(self, key):
        self.wanted = key
        time.sleep(0)
        return self.read(self.wanted)


class ThreadLocal(PlainBackend):
    """Each thread has data of its own."""

    def __init__(self, options):
        import threading

        super().__init__(options)
        self.__dict__.pop("data")
        self.local = threading.local()

    @property
    def data(self):
        return self.local.__dict__

    @data.setter
    def data(self, value):
        pass


class ReadsLeaveAKey(PlainBackend):
    """The second get of a missing key gives None."""

    def get(self, key):
        seen = self.__dict__.setdefault("seen", set())
        got = super().get(key)
        if got is NO_VALUE and key in seen:
            return None
        seen.add(key)
        return got


class ForgetsAfterReads(PlainBackend):
    """A value can be read twice."""

    def get(self, key):
        reads = self.__dict__.setdefault("reads", OrderedDict())
        reads[key] = reads.get(key, 0) + 1
        if reads[key] > 2 and self.read(key) is not NO_VALUE:
            self.remove(key)
        return super().get(key)
