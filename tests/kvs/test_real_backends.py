"""The shipped declarations on the real stores: what is declared holds, and what is declared to deviate does."""

from __future__ import annotations

import os

import pytest

from flake8_mockleak.kvs import matrix, servers
from flake8_mockleak.kvs.declarations import DECLARATIONS
from tests.kvs.conftest import REQUIRED

# dogpile.cache calls setex, and leaves connections to the garbage collector.
pytestmark = [
    pytest.mark.once,
    pytest.mark.filterwarnings("ignore:Call to deprecated"),
    pytest.mark.filterwarnings("ignore:The .* backend thread_local_lock"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXPECTED = {
    "dogpile.memory": {"B06", "B07", "B08", "V08", "V09"},
    "dogpile.dbm": {"M05", "M11o", "M18"},
    "dogpile.pymemcache": {"N04", "V08", "M08", "M13", "M15", "M06b", "T07", "T10", "K03"},
    "dogpile.pylibmc": {"N04", "K13", "K14", "T07"},
    "dogpile.memcached": {"V14", "M16", "T06", "T07"},
    "dogpile.redis": {"N07", "K10", "K11", "M17", "M18", "V08"},
    "dogpile.valkey": {"N07", "M17"},
    "oslo.cache.dict": {"B06", "T08", "T10"},
    "diskcache": {"M08", "M15", "T05"},
    "fakeredis": {"T10", "T11"},
}
"""The known nonconformities that have to be seen as deviations."""


ATTEMPTS = 3
"""A busy machine can be late for what a store does by the clock; what is wrong stays wrong at a second look."""


@pytest.fixture(scope="session")
def rows() -> dict[str, matrix.Row]:
    """The whole matrix, several stores at a time: most of it is waiting for values to expire."""
    found = {row.name: row for row in matrix.run_matrix(DECLARATIONS, {})}
    for _ in range(ATTEMPTS - 1):
        for declaration in DECLARATIONS:
            row = found[declaration.name]
            if row.outcomes and not row.passed:
                found.update((again.name, again) for again in matrix.run_matrix([declaration], {}))
    return found


@pytest.mark.parametrize("name", [one.name for one in DECLARATIONS])
def test_a_real_store_is_as_declared(name, rows) -> None:
    row = rows[name]
    if not row.outcomes:
        if os.environ.get(REQUIRED) == "1" and any(command in row.trouble for command in servers.INSTALL.values()):
            pytest.fail(f"{row.trouble} ({REQUIRED} is set)")
        pytest.skip(row.trouble)
    bad = [f"{one.clause.id}: {one.detail}" for one in row.outcomes if one.status in (matrix.FAILS, matrix.ERROR)]
    assert row.passed, "\n".join([row.verdict, *bad])
    seen = {one.clause.id for one in row.outcomes if one.status == matrix.DEVIATES}
    assert EXPECTED.get(name, set()) <= seen
