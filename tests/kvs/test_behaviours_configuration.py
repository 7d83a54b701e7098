"""Behaviours 1 to 10: configuration."""

from __future__ import annotations

import pytest

from flake8_mockleak.kvs import MemoryBackend, UnexpectedError, ValidationError, get_key_value_store
from tests.kvs.stand_ins import (
    MEMORY,
    OPEN,
    FakeClock,
    InnerProxy,
    OuterProxy,
    configured,
    fresh,
    unconfigured,
)


def test_b01_the_region_has_a_backend_of_the_named_class():
    assert type(configured(MEMORY).region.backend) is MemoryBackend


def test_b02_each_region_has_the_name_of_its_store():
    names = [fresh(), fresh()]
    stores = [get_key_value_store(name) for name in names]
    assert [store.region.name for store in stores] == names


def test_b03_more_arguments_reach_the_backend_unchanged():
    thing = object()
    store = configured(OPEN, test_arg=100, another=thing)
    assert store.region.backend.arguments["test_arg"] == 100
    assert store.region.backend.arguments["another"] is thing


@pytest.mark.parametrize(("given", "kept", "passed_on"), [({}, 5, 6), ({"lock_timeout": 20}, 20, 21)])
def test_b04_the_lock_timeout_is_kept_and_lengthened_for_the_backend(given, kept, passed_on):
    store = configured(OPEN, **given)
    assert store.lock_timeout == store.get_lock("k").lock_timeout == kept
    assert store.region.backend.arguments["lock_timeout"] == passed_on


def test_b04_a_lock_timeout_of_0_is_for_ever_and_stays_0():
    store = configured(OPEN, lock_timeout=0)
    assert store.lock_timeout == 0
    assert store.region.backend.arguments["lock_timeout"] == 0


@pytest.mark.parametrize("wrong", [-1, "5", True, float("nan"), float("inf")])
def test_b04_what_is_no_duration_is_refused(wrong):
    store = unconfigured()
    with pytest.raises(ValidationError, match="lock_timeout must be a number of seconds"):
        store.configure(MEMORY, lock_timeout=wrong)
    assert not store.is_configured


def test_b05_distributed_lock_is_added_unless_given():
    assert configured(OPEN).region.backend.arguments["distributed_lock"] is True
    assert configured(OPEN, distributed_lock=False).region.backend.arguments["distributed_lock"] is False


def test_b06_a_second_configure_raises_and_names_the_region():
    store = configured()
    backend = store.region.backend
    with pytest.raises(RuntimeError, match=store.region.name):
        store.configure(MEMORY)
    assert store.region.backend is backend


def use_lock(store):
    with store.action_with_lock("k"):
        pytest.fail("the store is not configured")


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.get("k"),
        lambda store: store.get_multi(["k"]),
        lambda store: store.get_multi([]),
        lambda store: store.set("k", 1),
        lambda store: store.set_multi({"k": 1}),
        lambda store: store.set_multi({}),
        lambda store: store.delete("k"),
        lambda store: store.delete_multi(["k"]),
        lambda store: store.delete_multi([]),
        lambda store: store.get_lock("k"),
        lambda store: store.mutex("k"),
        lambda store: store.set_key_mangler(None),
        use_lock,
    ],
)
def test_b07_before_configure_every_call_raises(call):
    store = unconfigured()
    with pytest.raises(UnexpectedError, match=f"{store.region.name}.*not configured"):
        call(store)


def test_b08_is_configured_tells():
    store = unconfigured()
    assert store.is_configured is False
    store.configure(MEMORY)
    assert store.is_configured is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"backing_store": "mockleak.kvs.Nonsense"},
        {"backing_store": MEMORY, "key_mangler": "not callable"},
        {"backing_store": MEMORY, "proxy_list": ["no.such.Proxy"]},
        {"backing_store": MEMORY, "expiration_time": -1},
    ],
)
def test_b08_a_store_whose_configuration_failed_can_be_configured(wrong):
    store = unconfigured()
    with pytest.raises(ValidationError):
        store.configure(**wrong)
    assert store.is_configured is False
    store.configure(MEMORY)
    store.set("k", 1)
    assert store.get("k") == 1


def test_b09_locking_is_switched_off_for_one_store_alone():
    without, with_locking = configured(locking=False), configured()
    assert without.get_lock("k").locking_enabled is False
    assert with_locking.get_lock("k").locking_enabled is True


@pytest.mark.parametrize("kind", [list, tuple, iter])
def test_b10_proxies_may_come_in_any_iterable(kind):
    # The original overlooked what was not a list.
    backend = configured(proxy_list=kind([OuterProxy, InnerProxy])).region.backend
    assert [type(backend), type(backend.proxied)] == [OuterProxy, InnerProxy]


def test_b10_a_single_name_is_no_list_of_proxies():
    with pytest.raises(ValidationError, match="proxy_list must be a list"):
        configured(proxy_list="tests.kvs.stand_ins.OuterProxy")


def test_the_clock_of_the_backend_is_the_clock_of_the_locks():
    clock = FakeClock()
    store = configured(clock=clock, sleep=clock.sleep)
    with store.get_lock("k") as lock:
        clock.advance(3)
        assert not lock.expired
        clock.advance(3)
        assert lock.expired
