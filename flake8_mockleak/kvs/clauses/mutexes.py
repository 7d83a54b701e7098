"""M: mutexes. Those that free themselves are in the next group."""

from __future__ import annotations

import time
from collections.abc import Callable

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, miss, same
from flake8_mockleak.kvs.clause import BACKENDS, KEYED, clause
from flake8_mockleak.kvs.interleave import interleave
from flake8_mockleak.kvs.views import Handle, View

AT_ONCE = 1.0
"""Seconds within which a call that does not wait has to be back, on a machine that is busy with other things."""

LATE = 1.5
"""Seconds after a release within which a waiter has to have the mutex."""


def taken(mutex: Handle, what: str) -> Handle:
    """Acquire a mutex that is free; return it."""
    check(mutex.acquire(), f"acquire() {what} was falsy")
    return mutex


def free(store: View, key: object, what: str) -> None:
    """A new mutex object acquires the mutex at once, and releases it."""
    mutex = store.mutex(key)
    check(mutex.acquire(False), f"acquire(False) {what} was falsy")
    mutex.release()


def held(store: View, key: object, what: str) -> None:
    """A new mutex object does not acquire the mutex."""
    check(not store.mutex(key).acquire(False), f"acquire(False) {what} was truthy")


@clause("M01", "mutex", layers=KEYED)
def acquire_release_acquire(b: Bench) -> None:
    """acquire() of a free mutex is truthy; after release() it is to be had again, by this and by another object."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    mutex.release()
    taken(mutex, "after release()").release()
    free(store, b.key(), "by another object, after release()")
    with b.quietly():
        for _ in range(20):
            taken(store.mutex(b.key()), "after many of them").release()
    check(mutex.acquire(True), "acquire(True) of a free mutex was falsy")
    mutex.release()


@clause("M02", "mutex", layers=KEYED)
def a_held_mutex_is_refused_at_once(b: Bench) -> None:
    """acquire(False) of a mutex that another object holds is falsy, at once, in the same thread, each time."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    b.cleanup(mutex.release)
    other = store.mutex(b.key())
    began, fake = time.monotonic(), b.time.clock()
    for _ in range(3):
        check(not other.acquire(False), "acquire(False) was truthy while another object holds the mutex")
    check(time.monotonic() - began < 3 * AT_ONCE, "acquire(False) of a held mutex waited")
    check(b.time.real or b.time.clock() - fake < 0.5, "acquire(False) of a held mutex slept")
    mutex.release()
    check(other.acquire(False), "acquire(False) after the release by the holder was falsy")
    other.release()


@clause("M03", "mutex", layers=KEYED)
def a_held_mutex_is_refused_to_another_thread(b: Bench) -> None:
    """acquire(False) of a held mutex is falsy in another thread; the failed attempt changes nothing."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    b.cleanup(mutex.release)
    for _ in range(3):
        got = b.start(lambda: store.mutex(b.key()).acquire(False)).result(5)
        check(not got, "acquire(False) in another thread was truthy while the mutex is held")
    mutex.release()
    check(b.start(_acquire_and_release, store, b.key()).result(5), "the mutex was not to be had after its release")
    free(store, b.key(), "after another thread released it")


@clause("M04", "mutex", layers=KEYED)
def a_mutex_is_not_reentrant(b: Bench) -> None:
    """The object that holds the mutex does not acquire it a second time, and one release frees it."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    b.cleanup(mutex.release)
    check(not mutex.acquire(False), "acquire(False) by the object that holds the mutex was truthy")
    held(store, b.key(), "after the holder tried to acquire it again")
    mutex.release()
    free(store, b.key(), "after one release")


@clause("M05", "mutex", layers=KEYED)
def mutexes_of_keys_are_independent(b: Bench) -> None:
    """Mutexes of different keys are independent, in one thread and in several."""
    store = b.open()
    names = ("a", "b", "ab", "A", "a1", "_locka")
    mutexes = []
    for name in names:
        mutex = store.mutex(b.key(name))
        check(mutex.acquire(False), f"acquire(False) of the mutex of {name!r} was falsy while only others are held")
        mutexes.append(mutex)
    mutexes[0].release()
    for name in names[1:]:
        held(store, b.key(name), f"of {name!r} after the mutex of 'a' was released")
    got = b.start(_acquire_and_release, store, b.key("a")).result(5)
    check(got, "acquire(False) in another thread was falsy while only other keys' mutexes are held")
    for mutex in mutexes[1:]:
        mutex.release()
    for name in names:
        free(store, b.key(name), f"of {name!r} after all were released")


@clause("M06", "mutex", layers=KEYED, timeout=20)
def a_waiter_gets_the_mutex(b: Bench) -> None:
    """acquire() of a held mutex waits, and has it within 1.5 s of its release. True is the default of wait."""
    lateness: list[float] = []
    choices: tuple[tuple[bool, ...], ...] = ((), (True,), ())
    for wait in choices:
        store = b.open(real_time=True, max_lock_attempts=1_000_000)
        key = b.key(f"{len(lateness)}")
        mutex = taken(store.mutex(key), "of a new mutex")
        b.cleanup(mutex.release)
        waiter = b.start(_acquire_and_tell, store, key, wait)
        time.sleep(0.12)
        check(waiter.running, "acquire() did not wait: it came back while the mutex was held")
        released = time.monotonic()
        mutex.release()
        got, when = waiter.result(15)
        check(got, "acquire() was falsy after it had waited and the mutex was released")
        lateness.append(when - released)
        # A busy machine may delay a waiter once; a store that is late is late every time.
        if wait and min(lateness) < LATE:
            return
    check(min(lateness) < LATE, f"the waiter had the mutex {min(lateness):.1f} s after its release")


@clause("M06b", "mutex", layers=("backend",), timeout=60)
def a_waiter_is_not_late_after_a_long_wait(b: Bench) -> None:
    """A waiter has the mutex within 1.5 s of its release, also after it was held for 5 s."""
    if not b.time.real:
        _long_wait_by_hand(b)
        return
    store = b.open(max_lock_attempts=1_000_000)
    mutexes = [taken(store.mutex(b.key(f"{number}")), "of a new mutex") for number in range(4)]
    waiters = [b.start(_acquire_and_tell, store, b.key(f"{number}"), ()) for number in range(4)]
    time.sleep(5.3)
    released = time.monotonic()
    for mutex in mutexes:
        mutex.release()
    late = max(waiter.result(40)[1] - released for waiter in waiters)
    check(late < LATE, f"a waiter had the mutex {late:.1f} s after its release, which it had waited for 5.3 s")


def _long_wait_by_hand(b: Bench) -> None:
    store = b.open(max_lock_attempts=1_000_000)
    mutex = taken(store.mutex(b.key()), "of a new mutex")

    def wait() -> float:
        waiting = store.mutex(b.key())
        check(waiting.acquire(), "acquire() was falsy after a long wait")
        now = b.time.clock()
        waiting.release()
        return now

    with b.quietly():
        began, patience = b.time.clock(), time.monotonic() + 0.3
        waiter = b.start(wait)
        # A waiter that does not sleep by the clock moves nothing: then there is no lateness to see.
        while b.time.clock() - began < 5.3 and time.monotonic() < patience and waiter.running:
            time.sleep(0.001)
        mutex.release()
        # Read after the release: while this thread waits for its turn, the waiter moves the clock.
        released = b.time.clock()
        late = waiter.result(20) - released
    # One more look, of whatever length it was when the mutex came free, is the waiter's by right.
    check(late < LATE + 1, f"the waiter had the mutex {late:.1f} s after its release")


@clause("M07", "mutex", layers=KEYED, timeout=30)
def mutual_exclusion(b: Bench) -> None:
    """Of five threads that count under the mutex none loses a step."""
    store = b.open(real_time=True, max_lock_attempts=1_000_000)
    count = [0]
    inside: list[int] = []

    def work(number: int) -> None:
        for _ in range(3):
            mutex = store.mutex(b.key())
            check(mutex.acquire(), "acquire() was falsy")
            try:
                inside.append(number)
                before = count[0]
                time.sleep(0.0005)
                check(inside == [number], f"{len(inside)} threads hold the mutex at once")
                count[0] = before + 1
            finally:
                inside.remove(number)
                mutex.release()

    with b.quietly():
        for worker in [b.start(work, number) for number in range(5)]:
            worker.result(25)
    same(count[0], 15, "what 5 threads counted to, by 3 steps each")


@clause("M07i", "mutex", "threads", layers=BACKENDS, timeout=30)
def mutual_exclusion_at_every_line(b: Bench) -> None:
    """Whenever another thread steps in during acquire(False), only one of the two has the mutex."""
    store = b.open(real_time=True, max_lock_attempts=1_000_000)
    line, lines = 0, 1
    with b.quietly():
        while line < lines:
            key = b.key(f"{line}")
            got: list[bool] = []
            mutex = store.mutex(key)
            lines = interleave(
                b,
                lambda mutex=mutex, got=got: got.append(bool(mutex.acquire(False))),  # type: ignore[misc]
                lambda key=key, got=got: got.append(bool(store.mutex(key).acquire(False))),  # type: ignore[misc]
                only=line,
            )
            check(sum(got) <= 1, f"two threads acquired the mutex, the second before line {line} of acquire(False)")
            check(sum(got) == 1, f"of two threads none acquired the free mutex, the second before line {line}")
            # The lines of a client library are many: then not each of them.
            line += max(1, lines // 50)


@clause("M08", "mutex", "mutex_owner", layers=KEYED)
def only_the_owner_releases(b: Bench) -> None:
    """release() by an object that did not acquire the mutex leaves it held: it raises or does nothing."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    b.cleanup(mutex.release)
    other = store.mutex(b.key())
    _try(other.release)
    held(store, b.key(), "after release() by an object that does not hold the mutex")
    check(not other.acquire(False), "acquire(False) by that object was truthy")
    _try(other.release)
    held(store, b.key(), "after release() by an object whose acquire(False) had failed")
    mutex.release()
    free(store, b.key(), "after the owner released it")


@clause("M08t", "mutex", "mutex_owner", layers=KEYED)
def only_the_owner_releases_in_another_thread(b: Bench) -> None:
    """As M08, for an object in another thread."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    b.cleanup(mutex.release)
    b.start(lambda: _try(store.mutex(b.key()).release)).result(5)
    held(store, b.key(), "after release() by an object of another thread")
    mutex.release()


@clause("M09", "mutex", "mutex_owner", layers=KEYED)
def release_without_acquire_raises(b: Bench) -> None:
    """release() of a mutex that was never acquired raises, and does not block it."""
    store = b.open()
    mutex = store.mutex(b.key())
    check(_try(mutex.release) is not None, "release() of a mutex that was never acquired raised nothing")
    free(store, b.key(), "after that release")


@clause("M10", "mutex", "mutex_owner", layers=KEYED)
def a_second_release_raises(b: Bench) -> None:
    """The second release() raises, and does not block the mutex."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    mutex.release()
    check(_try(mutex.release) is not None, "the second release() raised nothing")
    free(store, b.key(), "after the second release")


@clause("M11", "mutex", layers=("backend",))
def locked_tells_the_holder(b: Bench) -> None:
    """locked() is true while the mutex is held and false otherwise, as seen by the thread that holds it."""
    store = b.open()
    mutex, other = store.mutex(b.key()), store.mutex(b.key())
    for turn in ("first", "second"):
        check(not mutex.locked(), f"locked() of a free mutex was truthy, {turn} turn")
        taken(mutex, "of a free mutex")
        check(mutex.locked(), "locked() of the holder was falsy")
        check(other.locked(), "locked() of another object was falsy while the mutex is held")
        check(not store.mutex(b.key("other")).locked(), "locked() of another key was truthy")
        mutex.release()
    check(not other.locked(), "locked() of another object was truthy after release()")
    check(mutex.acquire(False), "acquire(False) was falsy after locked() was asked: locked() took the mutex")
    mutex.release()


@clause("M11o", "mutex", layers=("backend",))
def locked_tells_another_thread(b: Bench) -> None:
    """locked() is true while the mutex is held and false otherwise, as seen by another thread."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    b.cleanup(mutex.release)
    seen = b.start(lambda: store.mutex(b.key()).locked()).result(5)
    mutex.release()
    check(seen, "locked() in another thread was falsy while the mutex is held")
    check(not b.start(lambda: store.mutex(b.key()).locked()).result(5), "locked() was truthy after release()")


@clause("M12", "mutex", layers=KEYED)
def a_mutex_is_no_data(b: Bench) -> None:
    """A held mutex is not seen as a value under its key, and does not change the value there."""
    store = b.open()
    key = b.key()
    mutex = taken(store.mutex(key), "of a new mutex")
    miss(store.get(key), "get of a missing key whose mutex is held")
    store.set(key, "v")
    same(store.get(key), "v", "get of a key whose mutex is held")
    held(store, key, "after set of its key")
    store.delete(key)
    miss(store.get(key), "get after delete while the mutex is held")
    held(store, key, "after delete of its key")
    store.set(key, "w")
    mutex.release()
    same(store.get(key), "w", "get after the mutex was released")


def _lock_names(b: Bench) -> list[str]:
    """The names under which stores are known, or likely, to keep the mutex of a key among the data."""
    before = ("_lock", "_lock_", "_lock:", "lock", "lock_", "lock:", "_mutex", "mutex_", "mutex:")
    after = ("_lock", ".lock", ":lock", "_mutex", ".mutex", ":mutex")
    return [word + b.key() for word in before] + [b.key() + word for word in after]


@clause("M13", "mutex", layers=("backend",))
def data_does_not_block_a_mutex(b: Bench) -> None:
    """A value under '_lock' and the key, or the like, does not block the mutex of the key."""
    store = b.open()
    for name in _lock_names(b):
        store.set(name, "v")
        b.cleanup(store.delete, name)
    mutex = store.mutex(b.key())
    check(mutex.acquire(False), "acquire(False) was falsy: a value under '_lock' and the key, or the like, blocks it")
    for name in _lock_names(b):
        same(store.get(name), "v", f"get({name!r}) while the mutex of {b.key()!r} is held")
        store.delete(name)
    held(store, b.key(), "after values under '_lock' and the key, and the like, were deleted")
    mutex.release()


@clause("M13b", "mutex", layers=("backend",))
def a_mutex_does_not_touch_data(b: Bench) -> None:
    """A mutex changes no value under '_lock' and the key, or the like, and is not to be seen there."""
    store = b.open()
    key = b.key()
    mutex = taken(store.mutex(key), "of a new mutex")
    b.cleanup(mutex.release)
    for name in _lock_names(b):
        miss(store.get(name), f"get({name!r}) while the mutex of {key!r} is held")
        miss(store.get_multi([name])[0], f"get_multi([{name!r}]) while the mutex of {key!r} is held")
        store.set(name, "v")
    mutex.release()
    for name in _lock_names(b):
        same(store.get(name), "v", f"get({name!r}) after the mutex of {key!r} was released")
        store.delete(name)


@clause("M18", "mutex", "mutex_any_thread", layers=KEYED)
def a_mutex_is_released_by_another_thread(b: Bench) -> None:
    """A mutex object may be released by another thread than the one in which it acquired the mutex."""
    store = b.open()
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    try:
        b.start(mutex.release).result(5)
    except Exception as error:
        b.cleanup(mutex.release)
        raise AssertionError(f"release() in another thread raised {type(error).__name__}: {error}") from error
    free(store, b.key(), "after release() in another thread")


@clause("M19", "mutex", layers=("backend",))
def the_mutex_of_an_awkward_key(b: Bench) -> None:
    """The mutex of a key with a space, of 230 characters, or beyond ASCII works."""
    store = b.open()
    for name in ("with a space", "é", "k" * 223, "k" * 222 + "x"):
        mutex = store.mutex(b.key(name))
        check(mutex.acquire(False), f"acquire(False) of the mutex of {name!r} was falsy")
        held(store, b.key(name), f"of the mutex of {name!r}, which is held")
        mutex.release()


def _acquire_and_release(store: View, key: object) -> bool:
    mutex = store.mutex(key)
    got = bool(mutex.acquire(False))
    if got:
        mutex.release()
    return got


def _acquire_and_tell(store: View, key: object, wait: tuple[bool, ...]) -> tuple[bool, float]:
    mutex = store.mutex(key)
    got = bool(mutex.acquire(*wait))
    when = time.monotonic()
    if got:
        mutex.release()
    return got, when


def _try(function: Callable[[], object]) -> Exception | None:
    try:
        function()
    except Exception as error:
        return error
    return None
