"""The matrix: every clause on every store, run over the stores that are installed and the servers that are found."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import urlsplit

from flake8_mockleak.kvs.bench import Make, MakeError, Memory
from flake8_mockleak.kvs.claims import checked_claims
from flake8_mockleak.kvs.clause import Clause, clauses_of
from flake8_mockleak.kvs.declarations import DECLARATIONS, Address, Declaration
from flake8_mockleak.kvs.servers import (
    Server,
    ServerError,
    start_memcached,
    start_redis,
    start_redis_sentinel,
    start_valkey,
)
from flake8_mockleak.kvs.suite import CONTROL, run_clause

CONFORMS, DEVIATES, NOT_CLAIMED, FAILS, ERROR = "conforms", "deviates", "not claimed", "fails", "error"

_STARTS: dict[str, Callable[[], Server]] = {
    "memcached": start_memcached,
    "redis": start_redis,
    "sentinel": start_redis_sentinel,
    "valkey": start_valkey,
}
_PORTS = {"memcached": 11211, "redis": 6379, "sentinel": 26379, "valkey": 6379}
_IMPORTED_AS = {"redis": "redis.sentinel"}  # both of them are imported by dogpile
_WORKERS = 8
_ERRORS_TO_GIVE_UP = 3


@dataclass(frozen=True)
class Outcome:
    """What came of one clause on one store. ``detail`` is the reason of a deviation, or what failed."""

    clause: Clause
    status: str
    detail: str = ""


@dataclass(frozen=True)
class Row:
    """One store of the matrix. ``trouble`` says why it was not run, or not to the end."""

    name: str
    layer: str
    outcomes: tuple[Outcome, ...] = ()
    seconds: float = 0.0
    trouble: str = ""

    def count(self, *statuses: str) -> int:
        """Return how many clauses have one of these statuses."""
        return sum(outcome.status in statuses for outcome in self.outcomes)

    @property
    def passed(self) -> bool:
        """Whether the store was run and does what it declares."""
        return bool(self.outcomes) and not self.trouble and not self.count(FAILS, ERROR)

    @property
    def verdict(self) -> str:
        """One line: the core, the claims, the deviations, what is not claimed."""
        if not self.outcomes:
            return f"{self.name}: not run: {self.trouble}"
        core = [outcome for outcome in self.outcomes if outcome.clause.core]
        claimed = [one for one in self.outcomes if not one.clause.core and one.status != NOT_CLAIMED]
        words = [
            f"core {sum(one.status == CONFORMS for one in core)}/{len(core)}",
            f"claimed {sum(one.status == CONFORMS for one in claimed)}/{len(claimed)}",
            f"deviations {self.count(DEVIATES)}",
            f"not claimed {self.count(NOT_CLAIMED)}",
        ]
        failing = [outcome.clause.id for outcome in self.outcomes if outcome.status in (FAILS, ERROR)]
        if failing:
            words.append(f"FAILS {len(failing)}: {', '.join(failing[:12])}{' ...' if len(failing) > 12 else ''}")
        if self.trouble:
            words.append(self.trouble)
        return f"{self.name}: {'' if self.passed else 'NOT AS DECLARED, '}{', '.join(words)}"


def chosen(names: Iterable[str]) -> list[Declaration]:
    """Return the declarations of these names, all without any. A name may be a beginning up to a dot.

    Raises LookupError with the names that there are.
    """
    names = list(names)
    if not names:
        return list(DECLARATIONS)
    found: dict[str, Declaration] = {}
    for name in names:
        matching = [one for one in DECLARATIONS if one.name == name or one.name.startswith(f"{name}.")]
        if not matching:
            known = ", ".join(one.name for one in DECLARATIONS)
            raise LookupError(f"no store has the name {name!r}; there are {known}")
        found.update({one.name: one for one in matching})
    return list(found.values())


def parse_urls(urls: Iterable[str]) -> dict[str, Address]:
    """Return the addresses by server from URLs such as ``redis://127.0.0.1:6379``. Raises ValueError."""
    addresses: dict[str, Address] = {}
    for url in urls:
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError as error:
            raise ValueError(f"{url!r} has no valid port: {error}") from None
        if parts.scheme not in _STARTS or not parts.hostname:
            raise ValueError(f"{url!r} is not SERVER://HOST[:PORT], where SERVER is one of {', '.join(_STARTS)}")
        addresses[parts.scheme] = (parts.hostname, port or _PORTS[parts.scheme])
    return addresses


def run_matrix(
    declarations: Iterable[Declaration],
    addresses: Mapping[str, Address],
    *,
    contract: str | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> list[Row]:
    """Run the suite over the stores and return a row for each, in their order.

    ``addresses`` are servers that run already; those that are not there are started, and stopped in the end. A store
    whose modules or server are missing has a row that says so. ``progress`` gets lines while it runs.
    """
    declarations = list(declarations)
    _import_clients(declarations)
    with _servers(declarations, addresses, progress) as (ready, troubles), ThreadPoolExecutor(_WORKERS) as pool:

        def run(declaration: Declaration) -> Row:
            row = _row(declaration, ready, troubles, contract, progress)
            progress(row.verdict)
            return row

        rows = {one.name: run(one) for one in declarations if one.alone}
        others = [one for one in declarations if not one.alone]
        rows.update(zip([one.name for one in others], pool.map(run, others), strict=True))
        return [rows[one.name] for one in declarations]


def _import_clients(declarations: Iterable[Declaration]) -> None:
    """Import what the stores import, before threads do: two that import parts of one package may block each other."""
    for declaration in declarations:
        if not declaration.missing_modules():
            for name in declaration.modules:
                import_module(_IMPORTED_AS.get(name, name))


@contextlib.contextmanager
def _servers(
    declarations: list[Declaration], addresses: Mapping[str, Address], progress: Callable[[str], None]
) -> Iterator[tuple[dict[str, Address], dict[str, str]]]:
    ready = dict(addresses)
    troubles: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        wanted = [one.server for one in declarations if one.server and not one.missing_modules()]
        for name in dict.fromkeys(wanted):
            if name in ready:
                continue
            try:
                server = stack.enter_context(_STARTS[name]())
            except ServerError as error:
                troubles[name] = str(error)
                progress(f"{name}: {error}")
            else:
                ready[name] = (server.host, server.port)
                progress(f"{name}: started on {server.address}")
        yield ready, troubles


def _row(
    declaration: Declaration,
    ready: Mapping[str, Address],
    troubles: Mapping[str, str],
    contract: str | None,
    progress: Callable[[str], None],
) -> Row:
    missing = declaration.missing_modules()
    if missing:
        return Row(declaration.name, declaration.layer, trouble=f"not installed: {', '.join(missing)}")
    server = declaration.server
    if server and server not in ready:
        return Row(declaration.name, declaration.layer, trouble=troubles.get(server, f"no {server} server"))
    began = time.monotonic()
    try:
        make = declaration.build(ready[server] if server else None)
    except Exception as error:
        return Row(declaration.name, declaration.layer, trouble=f"{type(error).__name__}: {error}")
    outcomes: list[Outcome] = []
    trouble = ""
    clauses = clauses_of(declaration.layer, contract)
    claims = checked_claims(declaration.claims)
    memory = Memory()
    errors = 0
    for number, clause in enumerate(clauses, 1):
        outcome = judge(declaration, clause, make, claims, memory)
        outcomes.append(outcome)
        errors = errors + 1 if outcome.status == ERROR else 0 if outcome.status != NOT_CLAIMED else errors
        if errors == _ERRORS_TO_GIVE_UP:
            trouble = f"given up after {clause.id}: {outcome.detail.splitlines()[0]}"
            outcomes += [Outcome(rest, ERROR, "not run") for rest in clauses[number:]]
            break
        if number % 40 == 0:
            progress(f"{declaration.name}: {number} of {len(clauses)} clauses")
    return Row(declaration.name, declaration.layer, tuple(outcomes), time.monotonic() - began, trouble)


def judge(declaration: Declaration, clause: Clause, make: Make, claims: frozenset[str], memory: Memory) -> Outcome:
    """Check one clause on one store, and return what that says in the light of the declaration."""
    missing = clause.needs - claims
    if missing:
        return Outcome(clause, NOT_CLAIMED, f"needs {', '.join(sorted(missing))}")
    reason = declaration.deviations.get(clause.id)
    try:
        run_clause(clause, make, declaration.layer, claims, memory)
    except MakeError as error:
        return Outcome(clause, ERROR, str(error))
    except AssertionError as error:
        if not _answers(declaration, make, claims, memory):
            return Outcome(clause, ERROR, f"the store does not answer any more: {str(error).splitlines()[0]}")
        return Outcome(clause, FAILS, str(error)) if reason is None else Outcome(clause, DEVIATES, reason)
    if reason is not None:
        return Outcome(clause, FAILS, f"declared as a deviation ({reason}), but it holds")
    return Outcome(clause, CONFORMS)


def _answers(declaration: Declaration, make: Make, claims: frozenset[str], memory: Memory) -> bool:
    control = next(one for one in clauses_of(declaration.layer) if one.id == CONTROL)
    try:
        run_clause(control, make, declaration.layer, claims, memory)
    except (AssertionError, MakeError):
        return False
    return True


def environment_urls() -> list[str]:
    """Return the URLs in the environment variable MOCKLEAK_KVS_SERVERS, which has spaces between them."""
    return os.environ.get("MOCKLEAK_KVS_SERVERS", "").split()
