"""Behaviours 30 to 41: values under keys, on the memory backend, memcached, and redis through dogpile's backend."""

from __future__ import annotations

import threading
from collections import UserDict

import pytest
from dogpile.cache.api import NO_VALUE

from flake8_mockleak.kvs import NotFound, UnexpectedError, ValidationError
from tests.kvs.stand_ins import MEMORY, CountingProxy, configured, fresh

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(params=["memory", "memcached", "redis"])
def store(request):
    if request.param == "memory":
        return configured(MEMORY)
    return request.getfixturevalue(f"{request.param}_store")()


def test_b30_get_of_a_missing_key_raises(store):
    key = fresh()
    with pytest.raises(NotFound, match=key) as caught:
        store.get(key)
    assert caught.value.target == key


@pytest.mark.parametrize("value", ["text", b"bytes", 7, 1.5, True, False, None, 0, "", [], {}, (1, (2,)), {"a": [1]}])
def test_b31_get_returns_what_was_set(store, value):
    key = fresh()
    store.set(key, "before")
    store.set(key, value)
    assert store.get(key) == value
    assert type(store.get(key)) is type(value)


def test_b32_what_is_returned_is_not_what_was_set(store):
    key, value = fresh(), {"list": [1]}
    store.set(key, value)
    assert store.get(key) is not value
    value["list"].append(2)
    assert store.get(key) == {"list": [1]}
    store.get(key)["list"].append(3)
    assert store.get(key) == {"list": [1]}


def test_b32_the_same_holds_for_many_values(store):
    key, value = fresh(), {"list": [1]}
    store.set_multi({key: value})
    value["list"].append(2)
    store.get_multi([key])[0]["list"].append(3)
    assert store.get_multi([key]) == [{"list": [1]}]


def test_b33_delete_removes(store):
    key, other = fresh(), fresh()
    store.set_multi({key: 1, other: 2})
    store.delete(key)
    with pytest.raises(NotFound):
        store.get(key)
    assert store.get(other) == 2


def test_b34_a_second_delete_raises(store):
    key = fresh()
    store.set(key, None)
    store.delete(key)
    with pytest.raises(NotFound) as caught:
        store.delete(key)
    assert caught.value.target == key


def test_b35_no_value_never_leaves_the_store(store):
    key = fresh()
    for call in (store.get, lambda key: store.get_multi([key]), store.delete):
        with pytest.raises(NotFound):
            call(key)


def test_b35_no_value_never_enters_the_store(store):
    key, other = fresh(), fresh()
    store.set(key, 1)
    with pytest.raises(ValidationError, match=key):
        store.set(key, NO_VALUE)
    with pytest.raises(ValidationError, match=key):
        store.set_multi({other: 2, key: NO_VALUE})
    assert store.get(key) == 1
    with pytest.raises(NotFound):
        store.get(other)


@pytest.mark.parametrize("store", ["memory", "memcached"], indirect=True)
def test_b36_the_backend_knows_no_errors_for_missing_keys(store):
    key, backend = fresh(), store.region.backend
    assert backend.get(key) is NO_VALUE
    assert backend.get_multi([key, key]) == [NO_VALUE, NO_VALUE]
    backend.delete(key)
    backend.delete_multi([key])
    assert backend.get(key) is NO_VALUE


def test_b37_many_values_come_in_the_order_of_their_keys(store):
    keys = [fresh() for _ in range(20)]
    store.set_multi({key: number for number, key in enumerate(sorted(keys))})
    assert [sorted(keys)[number] for number in store.get_multi(keys)] == keys
    assert store.get_multi(key for key in keys[:3]) == store.get_multi(tuple(keys[:3])) == store.get_multi(keys)[:3]
    assert store.get_multi([]) == []


def test_b38_missing_keys_are_all_named(store):
    keys = [fresh() for _ in range(4)]
    store.set_multi({keys[0]: 1, keys[2]: None})
    with pytest.raises(NotFound) as caught:
        store.get_multi(keys)
    assert caught.value.target == [keys[1], keys[3]]


def test_b38_a_backend_that_forgets_an_answer_is_found_out():
    store = configured(proxy_list=[Forgetful])
    store.set_multi({"a": 1, "b": 2})
    with pytest.raises(UnexpectedError, match=r"gave 1 value\(s\) for 2 key\(s\)"):
        store.get_multi(["a", "b"])


class Forgetful(CountingProxy):
    def get_multi(self, keys):
        return self.proxied.get_multi(keys)[1:]


def test_b39_delete_multi_removes_what_is_there(store):
    keys = [fresh() for _ in range(3)]
    store.set_multi({keys[0]: 1, keys[2]: 3})
    store.delete_multi(key for key in keys[:2])
    with pytest.raises(NotFound) as caught:
        store.get_multi(keys)
    assert caught.value.target == keys[:2]
    store.delete_multi([])
    assert store.get(keys[2]) == 3


def test_b40_set_multi_sets_all_and_takes_nothing_from_the_caller(store):
    mapping = {fresh(): number for number in range(100)}
    given = UserDict(mapping)
    store.set_multi(given)
    assert store.get_multi(list(mapping)) == list(range(100))
    assert dict(given) == mapping
    store.set_multi({})


def test_b41_calls_for_many_keys_take_no_mutex():
    proxy = CountingProxy()
    store = configured(proxy_list=[proxy])
    store.set_multi({"a": 1})
    store.get_multi(["a"])
    store.delete_multi(["a"])
    assert proxy.calls == ["set_multi", "get_multi", "delete_multi"]


def test_b41_and_wait_for_none(store):
    key = fresh()
    with store.get_lock(key):
        store.set_multi({key: 1})
        assert store.get_multi([key]) == [1]
        store.delete_multi([key])


@pytest.mark.parametrize("call", ["get_multi", "delete_multi"])
def test_a_single_key_is_not_taken_for_many(store, call):
    with pytest.raises(ValidationError, match="'abc'"):
        getattr(store, call)("abc")


def test_one_of_many_threads_deletes(store):
    for _ in range(20):
        key, barrier, outcomes = fresh(), threading.Barrier(4), []
        store.set(key, 1)

        def delete(key=key, barrier=barrier, outcomes=outcomes):
            barrier.wait()
            try:
                store.delete(key)
            except NotFound:
                outcomes.append("not found")
            else:
                outcomes.append("deleted")

        threads = [threading.Thread(target=delete) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["deleted", "not found", "not found", "not found"]
