"""M, continued: mutexes that free themselves, and waiters that give up."""

from __future__ import annotations

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.checks import check
from flake8_mockleak.kvs.clause import BACKENDS, clause
from flake8_mockleak.kvs.clauses.mutexes import free, held, taken
from flake8_mockleak.kvs.views import View, is_error

_SLACK = 1.3
"""Seconds after its timeout within which a mutex is free, on a server that counts whole seconds."""


def _held_in_time(b: Bench, store: View, key: object, since: float, timeout: float, what: str) -> bool:
    """As ``held``; False when a busy machine came so late that the mutex, on a server of whole seconds, may be free."""
    try:
        held(store, key, what)
    except AssertionError:
        if b.time.real and b.time.clock() - since > timeout - 1.3:
            return False
        raise
    return True


@clause("M14", "mutex", "lock_timeout", layers=BACKENDS, timeout=20)
def a_mutex_frees_itself(b: Bench) -> None:
    """A mutex is held until its timeout and free after it, for another object, each time."""
    for timeout in (2, 5.0) if not b.time.real else (2,):
        store = b.open(lock_timeout=timeout)
        for turn in ("first", "second") if not b.time.real else ("first",):
            taken(store.mutex(b.key(turn)), "of a new mutex")
            before, after = (timeout - 0.05, 0.1) if not b.time.real else (timeout * 0.3, timeout * 0.7 + _SLACK)
            began = b.time.clock()
            b.time.sleep(before)
            _held_in_time(b, store, b.key(turn), began, timeout, f"{before:g} s after acquire(), with {timeout} s")
            b.time.sleep(after)
            free(store, b.key(turn), f"{before + after:g} s after acquire() with a timeout of {timeout} s")


@clause("M15", "mutex", "lock_timeout", "mutex_owner", layers=BACKENDS, timeout=20)
def a_late_release_does_not_free_the_next_owner(b: Bench) -> None:
    """After a mutex has freed itself, the release by its earlier owner leaves it to the next owner."""
    store = b.open(lock_timeout=2)
    late = taken(store.mutex(b.key()), "of a new mutex")
    b.time.sleep(2.2 if not b.time.real else 2 + _SLACK)
    owner = store.mutex(b.key())
    check(owner.acquire(False), "acquire(False) after the timeout of the earlier owner was falsy")
    b.cleanup(owner.release)
    try:
        late.release()
    except Exception:
        pass
    held(store, b.key(), "after the late release by the earlier owner")
    owner.release()
    free(store, b.key(), "after the release by the next owner")


@clause("M16", "mutex", "lock_timeout", layers=BACKENDS, timeout=20)
def a_fractional_lock_timeout(b: Bench) -> None:
    """A lock timeout of 0.5 s is honoured within 0.5 s, or refused with an error."""
    try:
        store = b.open(lock_timeout=0.5)
        mutex = store.mutex(b.key())
        check(mutex.acquire(False), "acquire(False) of a new mutex was falsy")
    except AssertionError:
        raise
    except Exception:
        return
    if b.claimed("ttl_fraction") and not b.time.real:
        b.time.sleep(0.45)
        held(store, b.key(), "0.45 s after acquire() with a timeout of 0.5 s")
        b.time.sleep(0.1)
    else:
        b.time.sleep(1.05)
    free(store, b.key(), "after the timeout of 0.5 s")


@clause("M17", "mutex", "has_lock_timeout", layers=("backend",))
def has_lock_timeout_tells(b: Bench) -> None:
    """has_lock_timeout() is true with a lock timeout, and false without or with 0."""
    check(b.open(lock_timeout=5).call("has_lock_timeout"), "has_lock_timeout() with a timeout of 5 s was falsy")
    check(not b.open().call("has_lock_timeout"), "has_lock_timeout() without a timeout was truthy")


@clause("M20", "mutex", "lock_timeout", layers=BACKENDS, timeout=20)
def an_attempt_changes_no_timeout(b: Bench) -> None:
    """An acquire(False) that fails, and locked(), neither lengthen nor shorten the time of the holder."""
    timeout, until, rest = (2, 1.7, 0.6) if not b.time.real else (3, 0.3, 2.5 + _SLACK)
    store = b.open(lock_timeout=timeout)
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    began = b.time.clock()
    while b.time.clock() - began < until:
        b.time.sleep(0.25)
        what = f"{b.time.clock() - began:.2f} s after acquire() with a timeout of {timeout} s"
        if not _held_in_time(b, store, b.key(), began, timeout, what):
            return
        if b.layer == "backend":
            mutex.locked()
    b.time.sleep(rest)
    free(store, b.key(), f"after the timeout of {timeout} s, in which others tried to acquire it")


@clause("M21", "mutex", "lock_timeout", layers=BACKENDS, timeout=20)
def acquire_starts_the_time_anew(b: Bench) -> None:
    """The time of a holder begins with its own acquire(), not with an earlier holder's or with the object's making."""
    timeout, first, second = (2, 1.5, 0.8) if not b.time.real else (3, 1.6, 1.5)
    store = b.open(lock_timeout=timeout)
    mutex = store.mutex(b.key())
    if not b.time.real:
        b.time.sleep(first)  # it is the acquiring that counts, not the making of the object
    taken(mutex, "of a new mutex")
    b.time.sleep(first)
    if not _held_in_time(b, store, b.key(), b.time.clock() - first, timeout, f"{first} s after acquire()"):
        return
    mutex.release()
    taken(mutex, "after release()")
    b.cleanup(mutex.release)
    began = b.time.clock()
    b.time.sleep(second)
    what = f"{second} s after the second acquire(), {first + second} s after the first, with {timeout} s"
    if not _held_in_time(b, store, b.key(), began, timeout, what):
        return
    mutex.release()
    free(store, b.key(), "after release()")


@clause("M22", "mutex", "lock_timeout", "clock", layers=BACKENDS)
def no_lock_timeout_never_frees(b: Bench) -> None:
    """With a timeout of 0 a mutex never frees itself."""
    store = b.open(lock_timeout=0)
    mutex = taken(store.mutex(b.key()), "of a new mutex")
    for seconds in (1, 60, 86_400, 40_000_000):
        b.time.sleep(seconds)
        held(store, b.key(), f"another {seconds} s after acquire() with a timeout of 0")
        if b.layer == "backend":
            check(mutex.locked(), f"locked() another {seconds} s after acquire() with a timeout of 0 was falsy")
    mutex.release()
    free(store, b.key(), "after release()")


@clause("M23", "mutex", "lock_timeout", "clock", layers=("backend",))
def locked_ends_with_the_timeout(b: Bench) -> None:
    """locked() is true until the timeout and false after it; keys have timeouts of their own."""
    store = b.open(lock_timeout=10)
    first, second = store.mutex(b.key("first")), store.mutex(b.key("second"))
    taken(first, "of a new mutex")
    b.time.sleep(6)
    taken(second, "of another new mutex")
    b.time.sleep(3.9)
    check(first.locked(), "locked() 9.9 s after acquire() with a timeout of 10 s was falsy")
    b.time.sleep(0.2)
    check(not first.locked(), "locked() 10.1 s after acquire() with a timeout of 10 s was truthy")
    check(second.locked(), "locked() 4.1 s after acquire() with a timeout of 10 s was falsy")
    b.time.sleep(6)
    check(not second.locked(), "locked() 10.1 s after acquire() with a timeout of 10 s was truthy")


@clause("M24", "mutex", "max_lock_attempts", layers=BACKENDS, timeout=8)
def a_waiter_gives_up(b: Bench) -> None:
    """acquire() of a held mutex ends after max_lock_attempts, falsy or with UnexpectedError; a free one is acquired."""
    for attempts in (1, 2):
        store = b.open(max_lock_attempts=attempts)
        mutex = taken(store.mutex(b.key(f"{attempts}")), "of a free mutex")
        b.cleanup(mutex.release)
        try:
            got = store.mutex(b.key(f"{attempts}")).acquire()
        except Exception as error:
            check(is_error(error, "UnexpectedError"), f"a waiter that gave up raised {type(error).__name__}: {error}")
        else:
            check(not got, "acquire() of a held mutex was truthy")
        held(store, b.key(f"{attempts}"), "after a waiter gave up")
        mutex.release()
        free(store, b.key(f"{attempts}"), "after release()")


@clause("M25", "mutex", "lock_timeout", "clock", layers=BACKENDS)
def a_waiter_gets_what_freed_itself(b: Bench) -> None:
    """acquire() waits for a mutex that frees itself, and has it then, not before and not much later."""
    store = b.open(lock_timeout=3)
    taken(store.mutex(b.key()), "of a new mutex")
    began = b.time.clock()
    with b.quietly():
        waiter = b.start(lambda: bool(store.mutex(b.key()).acquire()) and b.time.clock())
        # A waiter that does not sleep by the clock has to be woken by it.
        waiter.join(0.3)
        if waiter.running and b.time.clock() == began:
            b.time.sleep(3.1)
        when = waiter.result(8)
    check(when is not False, "acquire() was falsy after the timeout of the holder")
    check(when - began > 2.9, f"acquire() had the mutex {when - began:.2f} s after the holder with a timeout of 3 s")
    check(when - began < 5, f"acquire() had the mutex {when - began:.2f} s after the holder with a timeout of 3 s")
