"""What the suite says about a store: the clauses that it breaks."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.kvs.bench import Make, Memory
from flake8_mockleak.kvs.claims import CLAIMS, checked_claims
from flake8_mockleak.kvs.clause import clauses_of
from flake8_mockleak.kvs.suite import run_clause
from flake8_mockleak.kvs.views import MakeError

from . import backend_faults, driver_faults, plain, store_faults

_OPPOSITE = {"shared", "miss_token", "has_lock_timeout", "preconfigured"}

CLAIMED = {
    "backend": CLAIMS.keys() - _OPPOSITE - {"registry", "registered_drivers"},
    "store": CLAIMS.keys() - _OPPOSITE - {"bytes_keys", "no_expiry", "ttl", "ttl_fraction", "ttl_long"},
    "driver": CLAIMS.keys() - _OPPOSITE - {"mutex_owner", "registry", "ttl_fraction", "ttl_long", "bytes_keys"},
}

CORRECT: dict[str, Make] = {
    "backend": lambda **options: plain.PlainBackend(options),
    "store": plain.PlainRegistry(plain.PlainStore).make,
    "driver": plain.pivot_maker(plain.PlainPivot),
}


def _faults() -> Iterator[tuple[str, str, Make]]:
    for layer, module, base in (
        ("backend", backend_faults, plain.PlainBackend),
        ("store", store_faults, plain.PlainStore),
        ("driver", driver_faults, plain.PlainPivot),
    ):
        for name, member in vars(module).items():
            if not isinstance(member, type) or not issubclass(member, base) or member is base or name.startswith("_"):
                continue
            if layer == "backend":
                make = lambda member=member, **options: member(options)  # noqa: E731
            elif layer == "store":
                make = getattr(member, "registry", plain.PlainRegistry)(member).make
            else:
                make = plain.pivot_maker(member)
            yield layer, name, make


FAULTS = [*_faults()]


def broken(layer: str, make: Make, *, first: bool = False, without: str = "") -> list[str]:
    """Return the ids of the clauses that do not hold; with ``first`` stop at one. ``without`` is a claim left out."""
    claims = checked_claims(CLAIMED[layer] - {without})
    memory = Memory()
    ids = []
    clauses = list(clauses_of(layer))
    if first:
        # What is made for this layer sees most; what takes long comes last.
        clauses.sort(key=lambda clause: (clause.id[0] in "CDUV", len(clause.layers)))
    for clause in clauses:
        if not clause.needs <= claims:
            continue
        try:
            run_clause(clause, make, layer, claims, memory)
        except (AssertionError, MakeError):
            ids.append(clause.id)
            if first:
                break
    return ids
