"""The memory backend as a reference: what it keeps apart, what it refuses, when it forgets."""

from __future__ import annotations

import sys
import threading
import time
from decimal import Decimal

import pytest
from dogpile.cache.api import NO_VALUE, CachedValue

from flake8_mockleak.kvs import LockTimeout, MemoryBackend, UnexpectedError, ValidationError
from tests.kvs.stand_ins import FakeClock


def timed(**arguments):
    clock = FakeClock()
    return MemoryBackend({"clock": clock, "sleep": clock.sleep, **arguments}), clock


def run(*targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Point:
    def __init__(self, x):
        self.x = x


def test_two_backends_share_nothing():
    one, other = MemoryBackend({}), MemoryBackend({})
    one.set("k", 1)
    with_lock = one.get_mutex("k")
    assert with_lock.acquire()
    assert other.get("k") is NO_VALUE
    assert other.get_mutex("k").acquire(False)


def test_types_survive():
    backend = MemoryBackend({})
    values = [None, 0, "", (1,), frozenset({1}), {1: {2}}, b"b", Decimal("1.10"), "a|\0\n\U0001f600", True]
    backend.set_multi(dict(enumerate(values)))
    found = backend.get_multi(range(len(values)))
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]
    backend.set("point", Point(7))
    assert backend.get("point").x == 7
    circle: list = []
    circle.append(circle)
    backend.set("circle", circle)
    assert backend.get("circle")[0] is not circle
    assert backend.get("circle")[0][0][0] != []


def test_large_values_survive():
    backend = MemoryBackend({})
    backend.set("k", "x" * 1_500_000)
    assert backend.get("k") == "x" * 1_500_000


def test_keys_of_several_types_are_distinct():
    backend = MemoryBackend({})
    backend.set_multi({"1": "str", 1: "int", b"1": "bytes", "é": "composed", "e\u0301": "decomposed", "K": 1, "k": 2})
    assert backend.get_multi(["1", 1, b"1", "é", "e\u0301", "K", "k"]) == [
        "str", "int", "bytes", "composed", "decomposed", 1, 2
    ]  # fmt: skip


@pytest.mark.parametrize("value", [NO_VALUE, CachedValue(NO_VALUE, {})])
def test_no_value_is_refused(value):
    backend = MemoryBackend({})
    backend.set("k", 1)
    with pytest.raises(ValidationError, match="'k'"):
        backend.set("k", value)
    with pytest.raises(ValidationError, match="'k'"):
        backend.set_multi({"l": 1, "k": value})
    assert backend.get_multi(["k", "l"]) == [1, NO_VALUE]


@pytest.mark.parametrize("value", [lambda: None, threading.Lock(), (x for x in "a")])
def test_what_cannot_be_pickled_is_refused_and_changes_nothing(value):
    backend = MemoryBackend({})
    backend.set("k", 1)
    with pytest.raises(ValidationError, match="'k' cannot be pickled"):
        backend.set("k", value)
    with pytest.raises(ValidationError, match="'k' cannot be pickled"):
        backend.set_multi({"l": 1, "k": value, "m": 1})
    assert backend.get_multi(["k", "l", "m"]) == [1, NO_VALUE, NO_VALUE]


@pytest.mark.parametrize("duration", [2, 0.5])
def test_values_expire(duration):
    backend, clock = timed(expiration_time=duration)
    backend.set("k", 1)
    backend.set_multi({"l": 2})
    clock.advance(duration * 0.99)
    assert backend.get_multi(["k", "l"]) == [1, 2]
    clock.advance(duration * 0.01)
    assert backend.get_multi(["k", "l"]) == [NO_VALUE, NO_VALUE]


def test_set_renews_and_get_does_not():
    backend, clock = timed(expiration_time=2)
    backend.set_multi({"k": 1, "l": 1})
    clock.advance(1.5)
    assert backend.get_multi(["k", "l"]) == [1, 1]
    backend.set("k", 2)
    clock.advance(1.5)
    assert backend.get_multi(["k", "l"]) == [2, NO_VALUE]
    clock.advance(0.5)
    assert backend.get("k") is NO_VALUE


@pytest.mark.parametrize("arguments", [{}, {"expiration_time": 0}, {"expiration_time": None}])
def test_without_an_expiration_time_values_stay(arguments):
    backend, clock = timed(**arguments)
    backend.set("k", 1)
    clock.advance(10**10)
    assert backend.get("k") == 1


def test_a_long_expiration_time_is_kept():
    backend, clock = timed(expiration_time=60 * 86400)
    backend.set("k", 1)
    clock.advance(60 * 86400 - 1)
    assert backend.get("k") == 1


def test_expired_values_take_no_memory():
    backend, clock = timed(expiration_time=2)
    for number in range(1000):
        backend.set_multi({"often": number, number: number})
        clock.advance(0.5)
    assert len(backend._entries) <= 6


def test_values_expire_on_a_real_clock():
    backend = MemoryBackend({"expiration_time": 0.2, "lock_timeout": 0.2})
    backend.set("k", 1)
    assert backend.get_mutex("k").acquire()
    before = time.monotonic()
    assert backend.get("k") == 1
    assert backend.get_mutex("k").acquire()
    assert 0.15 < time.monotonic() - before < 2
    assert backend.get("k") is NO_VALUE


@pytest.mark.parametrize("name", ["expiration_time", "lock_timeout"])
@pytest.mark.parametrize("wrong", [-1, "5", True, float("nan"), float("inf")])
def test_what_is_no_duration_is_refused(name, wrong):
    with pytest.raises(ValidationError, match=f"{name} must be a number of seconds"):
        MemoryBackend({name: wrong})


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "3", True])
def test_what_is_no_number_of_attempts_is_refused(wrong):
    with pytest.raises(ValidationError, match="max_lock_attempts must be a whole number"):
        MemoryBackend({"max_lock_attempts": wrong})


def test_a_mutex_is_not_reentrant_and_has_its_key_for_itself():
    backend = MemoryBackend({})
    mutex, again, other = backend.get_mutex("k"), backend.get_mutex("k"), backend.get_mutex("l")
    assert mutex.acquire() is True
    assert mutex.acquire(False) is again.acquire(False) is False
    assert mutex.locked() is again.locked() is True
    assert other.locked() is False
    assert other.acquire(False) is True
    mutex.release()
    assert mutex.locked() is again.locked() is False
    assert again.acquire(False) is True


def test_only_its_owner_releases_a_mutex():
    backend = MemoryBackend({})
    owner, other = backend.get_mutex("k"), backend.get_mutex("k")
    with pytest.raises(UnexpectedError, match="does not hold it"):
        owner.release()
    owner.acquire()
    with pytest.raises(UnexpectedError, match="does not hold it"):
        other.release()
    assert owner.locked()
    run(owner.release)  # from whatever thread
    assert not owner.locked()
    with pytest.raises(UnexpectedError, match="does not hold it"):
        owner.release()


@pytest.mark.parametrize("timeout", [1, 0.5])
def test_a_mutex_frees_itself(timeout):
    backend, clock = timed(lock_timeout=timeout)
    late, following = backend.get_mutex("k"), backend.get_mutex("k")
    late.acquire()
    clock.advance(timeout * 0.99)
    assert following.acquire(False) is False
    assert following.acquire() is True
    with pytest.raises(LockTimeout, match=f"{timeout} s"):
        late.release()
    assert following.locked()
    following.release()
    assert not following.locked()


def test_an_expired_mutex_is_not_locked():
    backend, clock = timed(lock_timeout=1)
    mutex = backend.get_mutex("k")
    mutex.acquire()
    clock.advance(1)
    assert mutex.locked() is False
    with pytest.raises(LockTimeout):
        mutex.release()


def test_the_backend_tells_whether_mutexes_free_themselves():
    assert MemoryBackend({"lock_timeout": 1}).has_lock_timeout() is True
    assert MemoryBackend({"lock_timeout": 0}).has_lock_timeout() is MemoryBackend({}).has_lock_timeout() is False


def test_a_waiting_mutex_gives_up_after_its_attempts():
    backend, clock = timed(max_lock_attempts=3)
    backend.get_mutex("k").acquire()
    with pytest.raises(UnexpectedError, match=r"'k'.*3 attempt"):
        backend.get_mutex("k").acquire()
    assert len(clock.slept) == 2


def test_mutexes_and_values_do_not_share_names():
    backend = MemoryBackend({})
    backend.set_multi({"_lockk": 1, "k": 2})
    mutex = backend.get_mutex("k")
    assert mutex.acquire(False)
    assert backend.get_multi(["_lockk", "k"]) == [1, 2]
    backend.delete_multi(["_lockk", "k"])
    assert mutex.locked()


@pytest.mark.parametrize("key", ["a b", "x" * 300, "ключ", ""])
def test_any_key_can_be_locked(key):
    backend = MemoryBackend({})
    assert backend.get_mutex(key).acquire(False)
    assert not backend.get_mutex(key).acquire(False)


@pytest.fixture
def eager_threads():
    """Let the threads take turns as often as possible."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("eager_threads")
def test_threads_exclude_each_other():
    backend = MemoryBackend({})
    backend.set("k", 0)

    def count():
        for _ in range(20):
            mutex = backend.get_mutex("k")
            mutex.acquire()
            number = backend.get("k")
            time.sleep(0)
            backend.set("k", number + 1)
            mutex.release()

    run(*[count] * 5)
    assert backend.get("k") == 100


@pytest.mark.usefixtures("eager_threads")
def test_no_thread_sees_half_a_set_multi():
    backend, torn, keys = MemoryBackend({}), [], [f"k{number}" for number in range(50)]
    backend.set_multi(dict.fromkeys(keys, 0))
    done = threading.Event()

    def write():
        for number in range(2000):
            backend.set_multi(dict.fromkeys(keys, number))
        done.set()

    def read():
        while not done.is_set():
            found = set(backend.get_multi(keys))
            if len(found) != 1:
                torn.append(found)

    run(write, read, read)
    assert torn == []


@pytest.mark.usefixtures("eager_threads")
def test_threads_lose_nothing():
    backend = MemoryBackend({})

    def write(first):
        for number in range(first, first + 200):
            backend.set(number, number)

    run(*[lambda first=first: write(first) for first in range(0, 1600, 200)])
    assert backend.get_multi(range(1600)) == list(range(1600))


def test_what_is_iterable_is_taken():
    backend = MemoryBackend({})
    mapping = {"a": 1, "b": 2}
    backend.set_multi(mapping)
    assert backend.get_multi(iter("axbb")) == [1, NO_VALUE, 2, 2]
    assert backend.get_multi(mapping.keys()) == [1, 2]
    assert backend.get_multi([]) == []
    backend.set_multi({})
    backend.delete_multi(iter("xa"))
    backend.delete_multi([])
    assert backend.get_multi("ab") == [NO_VALUE, 2]
    assert mapping == {"a": 1, "b": 2}
