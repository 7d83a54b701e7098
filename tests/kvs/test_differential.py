"""Differential checks: a faithful fake passes, an unfaithful one is shown by a program that runs."""

from __future__ import annotations

import pytest

from flake8_mockleak.kvs import MemoryBackend, differential
from flake8_mockleak.kvs.adapters import RedisBackend
from flake8_mockleak.kvs.difference import Difference
from tests.kvs.faults import backend_faults
from tests.kvs.faults.plain import PlainBackend

pytestmark = pytest.mark.once


def plain(**options):
    return PlainBackend(options)


def memory(**options):
    return MemoryBackend(options)


def test_two_correct_stores_are_the_same() -> None:
    differential(plain, memory, claims={"pickle", "mutex"})


@pytest.mark.parametrize(
    ("fault", "lines"),
    [
        (backend_faults.DeletesNothing, ["store.delete('", "print(store.get('"]),
        (backend_faults.SortsKeys, ["print(store.get_multi(["]),
        (backend_faults.LosesNone, ["store.set('a', None)", "print(store.get('a'))"]),
        (backend_faults.FoldsCase, ["print(store.get('"]),
        (backend_faults.BoolsAreInts, ["print(store.get("]),
        (backend_faults.Reentrant, ["_a0.acquire(False)", "print(mutex_a0.acquire(False))"]),
        (backend_faults.Ownerless, [".release()"]),
    ],
)
def test_a_fault_is_shown_by_a_program(fault, lines) -> None:
    with pytest.raises(Difference) as caught:
        differential(lambda **options: fault(options), memory, claims={"pickle", "mutex"})
    text = str(caught.value)
    for line in lines:
        assert line in text
    assert text.count("\n") < 14


def test_the_program_runs_and_shows_the_difference(capsys) -> None:
    with pytest.raises(Difference) as caught:
        differential(lambda **options: backend_faults.LosesNone(options), memory)
    program = str(caught.value).partition("\n\n")[2]
    exec(program, {"make_fake": lambda: backend_faults.LosesNone({}), "make_real": memory})
    fake, real = capsys.readouterr().out.splitlines()
    assert fake != real and real == "None"


def test_times_are_compared_too() -> None:
    differential(plain, memory, claims={"ttl", "ttl_fraction"}, programs=5)
    with pytest.raises(Difference, match=r"expiration_time=1\)"):
        differential(lambda **options: backend_faults.NeverExpires(options), memory, claims={"ttl"}, programs=5)


def test_bad_input_is_named() -> None:
    with pytest.raises(TypeError, match="must be callable"):
        differential(PlainBackend({}), memory)
    with pytest.raises(ValueError, match="unknown claim 'x'"):
        differential(plain, memory, claims={"x"})
    with pytest.raises(ValueError, match="unknown layer 'x'"):
        differential(plain, memory, layer="x")
    with pytest.raises(Exception, match="returned None"):
        differential(lambda **options: None, memory)


def test_a_hanging_fake_is_told() -> None:
    class Hangs(PlainBackend):
        def set(self, key, value):
            import threading

            threading.Event().wait()

    with pytest.raises(AssertionError, match="the programs hang: not done after 1 s"):
        differential(lambda **options: Hangs(options), memory, timeout=1)


def test_memory_is_a_verified_fake_of_redis(redis_server) -> None:
    redis = pytest.importorskip("redis")

    def real(**options):
        return RedisBackend(redis.Redis(port=redis_server.port), **options)

    differential(memory, real, claims={"pickle", "mutex", "ttl", "ttl_fraction"})


@pytest.mark.filterwarnings("ignore:Call to deprecated")
def test_fakeredis_cuts_the_moment_of_expiry(redis_server) -> None:
    redis, fakeredis = pytest.importorskip("redis"), pytest.importorskip("fakeredis")

    def real(**options):
        return RedisBackend(redis.Redis(port=redis_server.port), setex=True, **options)

    def fake(**options):
        return RedisBackend(fakeredis.FakeRedis(), setex=True, **options)

    with pytest.raises(Difference, match="fake: a miss"):
        differential(fake, real, claims={"ttl"}, programs=10)
