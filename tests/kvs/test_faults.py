"""The suite tests itself: every fault is found, and correct stores pass, whatever the programs."""

from __future__ import annotations

import os
import random

import pytest

from flake8_mockleak.kvs import MemcachedBackend, MemoryBackend, get_key_value_store
from flake8_mockleak.kvs.machines import SEED
from tests.kvs.faults.judging import CORRECT, FAULTS, broken
from tests.kvs.faults.plain import pivot_maker

pytestmark = pytest.mark.once

LONG = "MOCKLEAK_KVS_LONG"
"""Set to 1, the correct stores are run a hundred times with random programs, and not twice. Takes minutes."""

TURNS = 100 if os.environ.get(LONG) == "1" else 2


class ProbedPivot(MemcachedBackend):
    """The reference pivot over the suite's driver."""


OURS = {
    "backend": lambda **options: MemoryBackend(options),
    "store": lambda name=None, region=None, **_: get_key_value_store(name or os.urandom(8).hex(), region),
}


def test_there_are_faults_enough() -> None:
    layers = [layer for layer, _, _ in FAULTS]
    assert len(FAULTS) >= 60
    assert min(layers.count(layer) for layer in CORRECT) >= 50
    assert all(make is not None for _, _, make in FAULTS)


@pytest.mark.parametrize(("layer", "name", "make"), FAULTS, ids=[f"{layer}-{name}" for layer, name, _ in FAULTS])
def test_a_fault_is_found(layer, name, make) -> None:
    assert broken(layer, make, first=True), f"no clause sees {name}"


@pytest.mark.parametrize("turn", range(TURNS))
@pytest.mark.parametrize("layer", sorted(CORRECT))
def test_a_correct_store_passes(layer, turn, monkeypatch) -> None:
    if turn:
        monkeypatch.setenv(SEED, str(random.SystemRandom().randrange(1 << 32)))
    assert broken(layer, CORRECT[layer]) == [], f"with the seed {os.environ.get(SEED)}"


@pytest.mark.parametrize("layer", sorted(OURS))
def test_our_own_stores_pass(layer) -> None:
    assert broken(layer, OURS[layer], without="no_expiry") == []


def test_our_own_pivot_passes(monkeypatch) -> None:
    from flake8_mockleak.kvs import VALID_DOGPILE_BACKENDS
    from flake8_mockleak.kvs.probes import ProbeDriver

    monkeypatch.setitem(VALID_DOGPILE_BACKENDS, "probe", ProbeDriver)
    assert broken("driver", pivot_maker(ProbedPivot)) == []
