"""Clauses: the single statements of the contract, each with the function that checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from flake8_mockleak.kvs.claims import LAYERS

if TYPE_CHECKING:
    from flake8_mockleak.kvs.bench import Bench

Check: TypeAlias = "Callable[[Bench], None]"

CONTRACTS = ("1.0",)
"""The versions of the contract, the oldest first. A clause is in the version that it came with and in all later."""

ALL_LAYERS = LAYERS
BACKENDS = ("backend", "driver")
KEYED = ("backend", "driver", "store")

_GROUPS = (
    "data",
    "many",
    "values",
    "keys",
    "sharing",
    "mutexes",
    "locktimes",
    "expiry",
    "threads",
    "models",
    "mapping",
    "configuration",
    "manglers",
    "proxies",
    "storelocks",
    "storedata",
    "driver",
)


@dataclass(frozen=True)
class Clause:
    """One statement of the contract.

    ``id`` never changes its meaning once released. ``needs`` are the claims without which the clause does not apply;
    a clause that needs none belongs to the core. ``timeout`` is in seconds: after it the clause counts as hung.
    """

    id: str
    name: str
    text: str
    check: Check
    layers: tuple[str, ...]
    needs: frozenset[str]
    since: str
    timeout: float
    group: str

    @property
    def core(self) -> bool:
        """Whether every store has to honour it, whatever it claims."""
        return not self.needs

    @property
    def method(self) -> str:
        """The name of the test method."""
        return f"test_{self.id}_{self.name}"


_REGISTRY: dict[str, Clause] = {}


def clause(
    id: str,
    *needs: str,
    layers: Iterable[str] = ALL_LAYERS,
    since: str = CONTRACTS[0],
    timeout: float = 10,
) -> Callable[[Check], Check]:
    """Enter the decorated function, whose docstring is the text, as the clause ``id``."""

    def enter(check: Check) -> Check:
        if id in _REGISTRY:
            raise ValueError(f"two clauses have the id {id!r}")
        text = " ".join((check.__doc__ or "").split())
        group = check.__module__.rpartition(".")[2]
        _REGISTRY[id] = Clause(id, check.__name__, text, check, tuple(layers), frozenset(needs), since, timeout, group)
        return check

    return enter


def all_clauses() -> tuple[Clause, ...]:
    """Return every clause, in the order of the contract."""
    for group in _GROUPS:
        import_module(f"flake8_mockleak.kvs.clauses.{group}")
    return tuple(sorted(_REGISTRY.values(), key=lambda one: _GROUPS.index(one.group)))


def clauses_of(layer: str, contract: str | None = None) -> tuple[Clause, ...]:
    """Return the clauses of a layer in a version of the contract, None for the latest.

    Raises ValueError for a layer or a version that does not exist.
    """
    if layer not in LAYERS:
        raise ValueError(f"unknown layer {layer!r}; the layers are {', '.join(LAYERS)}")
    if contract is None:
        contract = CONTRACTS[-1]
    if contract not in CONTRACTS:
        raise ValueError(f"unknown contract {contract!r}; the versions are {', '.join(CONTRACTS)}")
    versions = CONTRACTS[: CONTRACTS.index(contract) + 1]
    return tuple(one for one in all_clauses() if layer in one.layers and one.since in versions)
