"""Behaviours 59 to 71: the memcached backend and its drivers."""

from __future__ import annotations

import pytest
from dogpile.cache.api import NO_VALUE
from dogpile.cache.util import sha1_mangle_key

from flake8_mockleak.kvs import VALID_DOGPILE_BACKENDS, MemcachedBackend, UnexpectedError, ValidationError
from tests.kvs.stand_ins import MEMCACHED, FakeClock, RecordingDriver, configured

DAY = 86400


@pytest.fixture(autouse=True)
def recording_driver(monkeypatch):
    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "recording", RecordingDriver)


def backend(**arguments):
    return MemcachedBackend({"memcached_backend": "recording", **arguments})


def prefixed(key):
    return "mine_" + key


def test_b59_the_expiry_time_goes_with_every_set():
    expiring = backend(memcached_expire_time=DAY)
    expiring.set("a", 1)
    expiring.set_multi({"b": 2, "c": 3})
    assert expiring.client.calls == [("set", {"a": 1}, {"time": DAY}), ("set_multi", {"b": 2, "c": 3}, {"time": DAY})]


@pytest.mark.parametrize("arguments", [{}, {"memcached_expire_time": None}])
def test_b59_without_one_nothing_goes_with_it(arguments):
    lasting = backend(**arguments)
    lasting.set("a", 1)
    lasting.set_multi({"b": 2})
    assert [arguments for _, _, arguments in lasting.client.calls] == [{}, {}]


@pytest.mark.parametrize("wrong", [-1, 0.5, "60", True])
def test_b59_an_expiry_time_that_memcached_does_not_have_is_refused(wrong):
    with pytest.raises(ValidationError, match="memcached_expire_time must be a number of"):
        backend(memcached_expire_time=wrong)


def test_b60_keys_without_expiry_go_without_it_and_with_the_rest():
    expiring = backend(memcached_expire_time=DAY, no_expiry_keys=["a"])
    expiring.driver.set_arguments["min_compress_len"] = 7
    expiring.set("a", 1)
    expiring.set_multi({"a": 2})
    expiring.set("b", 3)
    assert [arguments for _, _, arguments in expiring.client.calls] == [
        {"min_compress_len": 7},
        {"min_compress_len": 7},
        {"min_compress_len": 7, "time": DAY},
    ]


def test_b60_pymemcache_has_another_name_for_the_expiry_time():
    expiring = backend(no_expiry_keys=["a"])
    expiring.driver.set_arguments = {"expire": DAY}
    assert expiring.client_arguments() == {"expire": DAY}
    assert expiring.client_arguments(expires=False) == {}


def test_b60_a_single_key_is_not_taken_for_many():
    with pytest.raises(ValidationError, match="no_expiry_keys must be several keys, not the one 'abc'"):
        backend(no_expiry_keys="abc")


def test_b61_a_mixed_set_multi_becomes_two_calls():
    expiring = backend(memcached_expire_time=DAY, no_expiry_keys=["a", "b"])
    mapping = {"a": 1, "b": 2, "c": 3, "d": 4}
    expiring.set_multi(mapping)
    assert expiring.client.calls == [
        ("set_multi", {"c": 3, "d": 4}, {"time": DAY}),
        ("set_multi", {"a": 1, "b": 2}, {}),
    ]
    assert mapping == {"a": 1, "b": 2, "c": 3, "d": 4}


def test_b62_the_drivers_arguments_are_never_changed():
    expiring = backend(memcached_expire_time=DAY, no_expiry_keys=["a"])
    expiring.set("a", 1)
    expiring.set_multi({"a": 1, "b": 2})
    expiring.client_arguments()["time"] = 1
    assert expiring.driver.set_arguments == {"time": DAY}


def test_b62_nor_are_those_of_the_caller():
    arguments = {"memcached_backend": "recording", "no_expiry_keys": ["a"], "lock_timeout": 5, "url": "x"}
    MemcachedBackend(arguments)
    assert arguments == {"memcached_backend": "recording", "no_expiry_keys": ["a"], "lock_timeout": 5, "url": "x"}


def test_b63_the_hashed_keys_follow_the_mangler_and_the_raw_keys_stay():
    store = configured(MEMCACHED, memcached_backend="recording", no_expiry_keys={"a", "b"})
    below = store.region.backend
    for mangler in (sha1_mangle_key, prefixed, sha1_mangle_key):
        below.key_mangler = mangler
        assert below.no_expiry_hashed_keys == {mangler("a"), mangler("b")}
        assert below.raw_no_expiry_keys == {"a", "b"}
    store.set_key_mangler(prefixed)
    assert below.no_expiry_hashed_keys == {"mine_a", "mine_b"}


def test_b63_so_a_store_finds_them_by_the_keys_of_its_user():
    store = configured(MEMCACHED, memcached_backend="recording", memcached_expire_time=DAY, no_expiry_keys=["a"])
    store.set("a", 1)
    store.set("b", 2)
    assert [arguments for _, _, arguments in store.region.backend.client.calls] == [{}, {"time": DAY}]


def test_b64_without_a_mangler_the_hashed_keys_are_the_raw_ones():
    below = configured(MEMCACHED, memcached_backend="recording", no_expiry_keys={"a"}).region.backend
    assert below.key_mangler is sha1_mangle_key
    below.key_mangler = None
    assert below.key_mangler is None
    assert below.no_expiry_hashed_keys == below.raw_no_expiry_keys == {"a"}


@pytest.mark.parametrize("wrong", ["not callable", 7, ["a"]])
def test_b65_a_mangler_that_cannot_be_called_is_a_type_error(wrong):
    below = backend(no_expiry_keys=["a"])
    below.key_mangler = prefixed
    with pytest.raises(TypeError, match="key_mangler must be callable"):
        below.key_mangler = wrong
    assert below.key_mangler is prefixed
    assert below.no_expiry_hashed_keys == {"mine_a"}


def test_b66_the_lock_attempts_are_15_unless_given():
    assert backend().max_lock_attempts == 15
    assert backend(max_lock_attempts=3).max_lock_attempts == 3
    with pytest.raises(ValidationError, match="max_lock_attempts must be a whole number"):
        backend(max_lock_attempts=0)


def test_b67_what_is_for_the_backend_does_not_reach_the_driver():
    own = {"lock_timeout": 5, "distributed_lock": True, "no_expiry_keys": [], "max_lock_attempts": 3}
    clock = FakeClock()
    below = backend(**own, clock=clock, sleep=clock.sleep, url="there", memcached_expire_time=5, another=7)
    assert below.driver.arguments == {"url": "there", "memcached_expire_time": 5, "another": 7}


def test_b68_other_attributes_are_those_of_the_driver():
    below = backend(url="there")
    assert below.only_of_the_driver() == "forwarded"
    assert below.client is below.driver.client
    with pytest.raises(AttributeError, match="RecordingDriver.*no_such_thing"):
        below.no_such_thing


def test_b68_calls_are_forwarded():
    below = backend()
    below.set("a", 1)
    assert below.get("a") == below.driver.get("a") == 1
    below.set_multi({"b": 2, "c": 3})
    assert below.get_multi(key for key in "abx") == [1, 2, NO_VALUE]
    below.delete("a")
    below.delete_multi(iter("bx"))
    assert below.get_multi(["a", "b", "c"]) == [NO_VALUE, NO_VALUE, 3]


@pytest.mark.parametrize("make", [MemcachedBackend, lambda options: configured(MEMCACHED, **options)])
def test_b69_an_unknown_driver_is_an_error_with_the_choices(make):
    with pytest.raises(ValueError, match="'nonsense' is not one of: bmemcached, memcached, pylibmc, pymemcache"):
        make({"memcached_backend": "nonsense", "url": "there"})


def test_b70_the_default_driver_is_memcached(monkeypatch):
    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "memcached", RecordingDriver)
    assert type(MemcachedBackend({}).driver) is RecordingDriver
    assert type(configured(MEMCACHED).region.backend.driver) is RecordingDriver


def test_b71_a_driver_that_was_added_is_used():
    assert type(configured(MEMCACHED, memcached_backend="recording").region.backend.driver) is RecordingDriver


def test_a_driver_says_what_it_needs():
    with pytest.raises(ValidationError, match="'pymemcache' needs the argument 'url'"):
        MemcachedBackend({"memcached_backend": "pymemcache"})


def test_a_driver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "memcache", None)
    with pytest.raises(ImportError, match="'memcached' needs: pip install python-memcached"):
        MemcachedBackend({"url": "there"})


def test_a_value_that_is_not_stored_is_an_error_and_leaves_nothing_old():
    below = backend()
    below.set_multi({"a": 1, "b": 2})
    below.client.refuses = {"a"}
    with pytest.raises(UnexpectedError, match="could not store .*'a'"):
        below.set("a", 3)
    assert below.get_multi(["a", "b"]) == [NO_VALUE, 2]
    with pytest.raises(UnexpectedError, match="could not store .*'a'$"):
        below.set_multi({"a": 4, "b": 5})
    assert below.get_multi(["a", "b"]) == [NO_VALUE, 5]


@pytest.mark.parametrize(
    "wrong", ["", "a b", "a\r\nflush_all", "tab\t", "nul\0", "x" * 251, "é" * 126, "\ud800", b"a", 1]
)
def test_a_key_that_memcached_does_not_take_is_an_error(wrong):
    below = backend()
    for call in (
        lambda: below.get(wrong),
        lambda: below.get_multi(["a", wrong]),
        lambda: below.set(wrong, 1),
        lambda: below.set_multi({"a": 1, wrong: 1}),
        lambda: below.delete(wrong),
        lambda: below.delete_multi(["a", wrong]),
    ):
        with pytest.raises(ValidationError, match="memcached does not take the key"):
            call()
    assert below.client.calls == []


@pytest.mark.parametrize("key", ["x" * 250, "é" * 125, "!~"])
def test_a_key_within_the_limits_is_taken(key):
    below = backend()
    below.set(key, 1)
    assert below.get(key) == 1


def test_a_client_that_does_not_answer_is_believed():
    below = backend()
    below.client.silent = True
    below.set("a", 1)
    below.set_multi({"b": 2})
    assert below.get_multi(["a", "b"]) == [1, 2]


def test_a_client_that_says_no_to_a_set_multi_has_stored_nothing():
    below = backend()
    below.client.set_multi = lambda mapping: False
    with pytest.raises(UnexpectedError, match="'a', 'b'"):
        below.set_multi({"a": 1, "b": 2})


def test_without_distributed_lock_the_store_makes_the_mutexes():
    store = configured(MEMCACHED, memcached_backend="recording", distributed_lock=False)
    with store.get_lock("k"):
        assert store.mutex("k").acquire(False) is False
        assert store.region.backend.client.added == []


@pytest.mark.parametrize("wrong", [0.5, -1, "5"])
def test_a_lock_timeout_that_memcached_does_not_have_is_refused(wrong):
    with pytest.raises(ValidationError, match="lock_timeout must be a number of"):
        backend(lock_timeout=wrong)


def test_the_backend_tells_whether_the_server_drops_locks():
    assert backend(lock_timeout=5).has_lock_timeout() is True
    assert backend(lock_timeout=0).has_lock_timeout() is backend().has_lock_timeout() is False
