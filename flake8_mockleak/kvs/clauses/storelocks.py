"""L: locks of a store, and what they protect. Layer 'store'."""

from __future__ import annotations

from typing import Any

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check, same
from flake8_mockleak.kvs.clause import clause
from flake8_mockleak.kvs.probes import Probe
from flake8_mockleak.kvs.storekit import STORE, call, configured, raises_named, value_of
from flake8_mockleak.kvs.views import is_error


class BodyError(Exception):
    """What the body of a with statement raises here."""


def _held(probe: Probe, key: str) -> bool:
    return probe.memory.get_mutex(key).locked()


def _lock(b: Bench, store: Any, key: str) -> Any:
    return b.script.named("lock", call(b, store, "get_lock", key))


@clause("L43", layers=STORE)
def a_lock_holds_the_mutex(b: Bench) -> None:
    """Inside `with get_lock(key)` the mutex of the key is held, after it is free; other keys' are free."""
    store, probe = configured(b)
    key, other = b.key("a"), b.key("b")
    for _ in range(2):
        probe.calls.clear()
        with _lock(b, store, key) as inside:
            check(inside is not None and value_of(inside.active) is True, "the lock inside its block is not active")
            check(_held(probe, key), "inside the block the mutex is free")
            check(not _held(probe, other), "inside the block the mutex of another key is held")
            check(probe.seen("acquire") == [key], f"the block acquired the mutexes of {probe.seen('acquire')!r}")
        check(not _held(probe, key), "after the block the mutex is held")
        check(probe.seen("release") == [key], f"the block released the mutexes of {probe.seen('release')!r}")
    with _lock(b, store, key), _lock(b, store, other):
        check(_held(probe, key) and _held(probe, other), "of two locks for two keys, one does not hold its mutex")
    check(not _held(probe, key) and not _held(probe, other), "after the blocks a mutex is held")


@clause("L44", layers=STORE)
def a_lock_is_released_when_the_body_raises(b: Bench) -> None:
    """When the body raises, the mutex is released and the exception goes on as it is."""
    store, probe = configured(b)
    raised = BodyError("from the body")
    try:
        with _lock(b, store, b.key()):
            raise raised
    except BodyError as error:
        check(error is raised, "another exception came out of the block")
    else:
        raise AssertionError("the exception of the body was swallowed")
    check(not _held(probe, b.key()), "the mutex is held after the body raised")
    try:
        with _lock(b, store, b.key()) as lock, call(b, store, "action_with_lock", b.key(), lock):
            raise raised
    except BodyError as error:
        check(error is raised, "another exception came out of action_with_lock")
    else:
        raise AssertionError("the exception of the body of action_with_lock was swallowed")
    check(not _held(probe, b.key()), "the mutex is held after the body of action_with_lock raised")


@clause("L45", layers=STORE)
def locking_disabled(b: Bench) -> None:
    """With locking=False the body runs, the lock is active, and no mutex is acquired or released."""
    store, probe = configured(b, locking=False)
    ran = False
    with _lock(b, store, b.key()) as lock:
        ran = True
        check(value_of(lock.active) is True, "the lock inside its block is not active")
        check(not _held(probe, b.key()), "the mutex is held in spite of locking=False")
        call(b, store, "set", b.key(), 1, lock)
        with _lock(b, store, b.key()):
            pass
    check(ran, "the body did not run")
    same(call(b, store, "get", b.key()), 1, "get after set with a lock of a store without locking")
    check(not probe.seen("acquire", "release"), "a mutex was acquired or released in spite of locking=False")


@clause("L46", layers=STORE)
def without_a_lock_no_mutex(b: Bench) -> None:
    """set, delete and action_with_lock without a lock, and the calls with many keys, acquire no mutex."""
    store, probe = configured(b)
    key = b.key()
    with call(b, store, "action_with_lock", key):
        check(not _held(probe, key), "action_with_lock without a lock holds the mutex")
    with call(b, store, "action_with_lock", key, None):
        check(not _held(probe, key), "action_with_lock without a lock holds the mutex")
    call(b, store, "set", key, 1)
    call(b, store, "get", key)
    call(b, store, "set_multi", {key: 2})
    call(b, store, "get_multi", [key])
    call(b, store, "delete_multi", [b.key("other")])
    call(b, store, "delete", key)
    check(not probe.seen("acquire"), f"mutexes were acquired without a lock: {probe.seen('acquire')!r}")
    # Nor do they wait for one: the mutex is held, as in another process.
    held = probe.memory.get_mutex(key)
    held.acquire()
    b.cleanup(held.release)
    call(b, store, "set", key, 3)
    call(b, store, "set_multi", {key: 4})
    same(call(b, store, "get", key), 4, "get while the mutex is held by another")
    call(b, store, "delete", key)
    call(b, store, "delete_multi", [key])
    held.release()


@clause("L47", layers=STORE)
def a_lock_for_another_key(b: Bench) -> None:
    """A lock for another key raises ValueError in action_with_lock, set and delete, and nothing is changed."""
    store, probe = configured(b)
    key, other = b.key("a"), b.key("a2")
    call(b, store, "set", key, "earlier")
    with _lock(b, store, other) as lock:
        raises_named("ValueError", call, b, store, "set", key, "new", lock, what="set with a lock for another key")
        same(call(b, store, "get", key), "earlier", "get after that set")
        raises_named("ValueError", call, b, store, "delete", key, lock, what="delete with a lock for another key")
        same(call(b, store, "get", key), "earlier", "get after that delete")
        raises_named("ValueError", _enter, b, store, key, lock, what="action_with_lock with a lock for another key")
        call(b, store, "set", other, "fine", lock)
    check(not _held(probe, other), "after the errors the mutex is held")


@clause("L48", layers=STORE)
def a_lock_that_is_not_held(b: Bench) -> None:
    """A lock that was never acquired raises ValidationError in action_with_lock, set and delete; nothing is changed."""
    choices: tuple[dict[str, Any], ...] = ({}, {"lock_timeout": 0})
    for words in choices:
        store, _ = configured(b, **words)
        call(b, store, "set", b.key(), "earlier")
        lock = _lock(b, store, b.key())
        check(not value_of(lock.active), "a lock that was never acquired is active")
        _refused(b, store, "ValidationError", lock, "a lock that was never acquired")


@clause("L49", layers=STORE)
def a_lock_is_over_after_its_block(b: Bench) -> None:
    """After its block a lock is not active, and not accepted; in another block it is, and its time begins anew."""
    store, _ = configured(b)
    call(b, store, "set", b.key(), "earlier")
    lock = _lock(b, store, b.key())
    with lock:
        check(value_of(lock.active) is True, "the lock inside its block is not active")
    check(not value_of(lock.active), "the lock is active after its block")
    _refused(b, store, "Exception", lock, "a lock whose block is over")
    with lock:
        check(value_of(lock.active) is True, "the lock inside its second block is not active")
        call(b, store, "set", b.key(), "earlier", lock)
        _aged(b, lock, 1000)
    with lock:
        check(not value_of(lock.expired), "a lock is expired in its third block because it was in the second")
    try:
        with _lock(b, store, b.key()) as lock:
            raise BodyError
    except BodyError:
        check(not value_of(lock.active), "the lock is active after its block, whose body raised")


def _refused(b: Bench, store: Any, error: str, lock: Any, what: str) -> None:
    raises_named(error, call, b, store, "set", b.key(), "new", lock, what=f"set with {what}")
    same(call(b, store, "get", b.key()), "earlier", f"get after set with {what}")
    raises_named(error, call, b, store, "delete", b.key(), lock, what=f"delete with {what}")
    same(call(b, store, "get", b.key()), "earlier", f"get after delete with {what}")
    raises_named(error, _enter, b, store, b.key(), lock, what=f"action_with_lock with {what}")


def _enter(b: Bench, store: Any, key: str, lock: Any) -> None:
    with call(b, store, "action_with_lock", key, lock):
        pass


def _aged(b: Bench, lock: Any, seconds: float) -> None:
    lock.acquire_time -= seconds
    b.script.note(f"lock.acquire_time -= {seconds}")


@clause("L50", layers=STORE)
def a_lock_expires(b: Bench) -> None:
    """A lock is expired 1 s before its timeout is over: then set, delete and action_with_lock raise LockTimeout, which
    is an UnexpectedError, and change nothing. Before that, they work.
    """
    for given, timeout in ((None, 5), (10, 10), (2, 2)):
        words: dict[str, Any] = {} if given is None else {"lock_timeout": given}
        store, probe = configured(b, **words)
        for age in (0, timeout - 1.5):
            with _lock(b, store, b.key()) as lock:
                _aged(b, lock, age)
                check(not value_of(lock.expired), f"expired was true {age} s after acquire, with {timeout} s")
                call(b, store, "set", b.key(), "earlier", lock)
                _enter(b, store, b.key(), lock)
                call(b, store, "delete", b.key(), lock)
        call(b, store, "set", b.key(), "earlier")
        for age in (timeout - 0.9, timeout - 0.5, timeout, timeout + 0.5, 100):
            with _lock(b, store, b.key()) as lock:
                _aged(b, lock, age)
                check(value_of(lock.expired), f"expired was false {age} s after acquire, with {timeout} s")
                check(value_of(lock.active), "an expired lock inside its block is not active")
                _refused(b, store, "LockTimeout", lock, f"a lock {age} s after acquire, with {timeout} s")
                _refused(b, store, "UnexpectedError", lock, "an expired lock")
            check(not _held(probe, b.key()), "the mutex is held after the block of an expired lock")


@clause("L50e", "clock", layers=STORE)
def a_lock_expires_to_the_moment(b: Bench) -> None:
    """A lock is not expired when 1 s of its timeout is left, and is when less is; its own time decides."""
    store, _ = configured(b, lock_timeout=5)
    with _lock(b, store, b.key()) as lock:
        if lock.acquire_time != b.time.clock():
            # The store measures by another clock, which does not stand still.
            _aged(b, lock, 4.001)
            check(value_of(lock.expired), "expired was false 4.001 s after acquire, with 5 s")
            return
        # Whole and half seconds, which can be added without an error: at 4 s, 1 s is left.
        for passed, expired in ((3.5, False), (0.5, False), (0.0625, True), (1, True)):
            b.time.sleep(passed)
            age = b.time.clock() - lock.acquire_time
            check(value_of(lock.expired) is expired, f"expired was {not expired} {age} s after acquire, with 5 s")
    with _lock(b, store, b.key()) as lock:
        check(not value_of(lock.expired), "a new lock is expired, because an earlier one was")


@clause("L52", layers=STORE)
def a_timeout_of_zero_never_expires(b: Bench) -> None:
    """With lock_timeout=0 a lock never expires."""
    store, _ = configured(b, lock_timeout=0)
    with _lock(b, store, b.key()) as lock:
        for age in (1, 10, 1_000_000):
            _aged(b, lock, age)
            check(not value_of(lock.expired), f"expired was true {age} s after acquire, with a timeout of 0")
            call(b, store, "set", b.key(), age, lock)
        same(call(b, store, "get", b.key()), 1_000_000, "get after set with an old lock")
        call(b, store, "delete", b.key(), lock)


@clause("L53", layers=STORE)
def set_and_delete_under_a_lock(b: Bench) -> None:
    """set and delete with the lock of their key work, by position and by name; the mutex stays held and is not taken
    again. delete of a missing key raises NotFound as ever.
    """
    store, probe = configured(b)
    key = b.key()
    with _lock(b, store, key) as lock:
        call(b, store, "set", key, 1, lock)
        same(call(b, store, "get", key), 1, "get after set with a lock")
        call(b, store, "set", key, 2, lock=lock)
        same(call(b, store, "get", key), 2, "get after set with a lock")
        with call(b, store, "action_with_lock", key, lock):
            check(_held(probe, key), "inside action_with_lock the mutex is free")
            check(value_of(lock.active) is True, "inside action_with_lock the lock is not active")
        check(_held(probe, key), "after action_with_lock, inside the lock's block, the mutex is free")
        call(b, store, "delete", key, lock)
        raises_named("NotFound", call, b, store, "get", key, what="get after delete with a lock")
        raises_named("NotFound", call, b, store, "delete", key, lock=lock, what="delete of a missing key with a lock")
        check(_held(probe, key), "after set and delete, inside the lock's block, the mutex is free")
        check(probe.seen("acquire") == [key], f"mutexes were acquired {len(probe.seen('acquire'))} times, not once")
    check(not _held(probe, key), "after the block the mutex is held")


@clause("L54", layers=STORE)
def a_backend_without_mutexes(b: Bench) -> None:
    """Where the backend has no mutex, the store has one for each key, for all its locks of this key."""
    store, _ = configured(b, "mockleak.conformance.MutexlessProbe")
    one, other = b.key("one"), b.key("other")
    with _lock(b, store, one) as lock:
        check(value_of(lock.active) is True, "the lock inside its block is not active")
        check(not call(b, store, "mutex", one).acquire(False), "the mutex of a key whose lock is held was acquired")
        mutex = call(b, store, "mutex", other)
        check(mutex.acquire(False), "the mutex of another key was not to be had")
        mutex.release()
        got = b.start(lambda: store.mutex(one).acquire(False)).result(5)
        check(not got, "another thread acquired the mutex of a key whose lock is held")
    mutex = call(b, store, "mutex", one)
    check(mutex.acquire(False), "the mutex was not to be had after the block of the lock")
    mutex.release()
    stranger, _ = configured(b, "mockleak.conformance.MutexlessProbe")
    with _lock(b, store, one):
        mutex = call(b, stranger, "mutex", one)
        check(mutex.acquire(False), "the mutex of another store was not to be had")
        mutex.release()


@clause("L55", layers=STORE)
def a_lock_within_a_lock(b: Bench) -> None:
    """A second lock of a key inside the first raises UnexpectedError when the mutex gives up; the first stays held."""
    store, probe = configured(b, max_lock_attempts=1)
    key = b.key()
    with _lock(b, store, key) as first:
        try:
            with _lock(b, store, key):
                raise AssertionError("a lock was entered while another lock of the key was held")
        except AssertionError:
            raise
        except Exception as error:
            check(is_error(error, "UnexpectedError"), f"the second lock raised {type(error).__name__}: {error}")
        check(_held(probe, key), "after the second lock gave up, the mutex is free")
        call(b, store, "set", key, 1, first)
    check(not _held(probe, key), "after the block the mutex is held")


@clause("L57", layers=STORE)
def locks_by_hand(b: Bench) -> None:
    """The lock's class takes a mutex, a key, locking_enabled=True and lock_timeout=0: so made it never expires, and
    with locking_enabled=False it leaves the mutex alone.
    """
    store, probe = configured(b)
    key = b.key()
    make_lock = type(call(b, store, "get_lock", key))
    probe.calls.clear()
    with make_lock(store.mutex(key), key) as lock:
        check(_held(probe, key), "inside the block of a lock made by hand the mutex is free")
        lock.acquire_time -= 1_000_000
        check(not value_of(lock.expired), "a lock made without a timeout expired")
    check(not _held(probe, key), "after the block of a lock made by hand the mutex is held")
    probe.calls.clear()
    with make_lock(store.mutex(key), key, False) as lock:
        check(not _held(probe, key), "a lock with locking_enabled=False holds the mutex")
        check(value_of(lock.active) is True, "a lock with locking_enabled=False is not active inside its block")
    check(not probe.seen("acquire", "release"), "a lock with locking_enabled=False acquired or released the mutex")
    with make_lock(store.mutex(key), key, True, 5) as lock:
        lock.acquire_time -= 4.5
        check(value_of(lock.expired), "a lock with a timeout of 5 s is not expired after 4.5 s")
        same(lock.key, key, "the key of the lock")
