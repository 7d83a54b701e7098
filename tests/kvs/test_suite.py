"""The suite itself: claims, deviations, contracts, what it gives to make, what it says about bad input, and time."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
import threading
import time
import unittest

import pytest

from flake8_mockleak.kvs import MemoryBackend, clause, conformance
from flake8_mockleak.kvs.bench import Bench, Memory
from flake8_mockleak.kvs.claims import CLAIMS
from flake8_mockleak.kvs.clause import all_clauses, clauses_of
from flake8_mockleak.kvs.suite import run_clause
from tests.kvs.faults.backend_faults import Aliases, DeletesNothing, IgnoresWait, NeverFrees
from tests.kvs.faults.judging import CLAIMED
from tests.kvs.faults.plain import PlainBackend

CORE = tuple(one.id for one in clauses_of("backend") if one.core)


def run(case: type[unittest.TestCase], *ids: str) -> unittest.TestResult:
    suite = unittest.TestSuite()
    for one in case.clauses:
        if not ids or one.id in ids:
            suite.addTest(case(one.method))
    result = unittest.TestResult()
    suite.run(result)
    return result


def make(**options):
    return MemoryBackend(options)


def plain(**options):
    return PlainBackend(options)


def hangs(**options):
    class Hanging(PlainBackend):
        def get(self, key):
            threading.Event().wait()

    return Hanging(options)


def test_one_plain_method_for_each_clause() -> None:
    case = conformance(make, claims={"mutex", "ttl"}, name="TestMemory")
    assert issubclass(case, unittest.TestCase)
    assert (case.__name__, case.__module__) == ("TestMemory", __name__)
    methods = unittest.defaultTestLoader.getTestCaseNames(case)
    assert sorted(methods) == sorted(one.method for one in clauses_of("backend"))
    assert case.test_B04_delete_removes.__doc__.startswith("B04: delete removes the key")


def test_ids_texts_and_names_are_whole() -> None:
    for one in all_clauses():
        assert one.text.endswith("."), one.id
        assert one.needs <= CLAIMS.keys(), one.id
        assert one.layers, one.id
        assert inspect.getdoc(one.check)


def test_every_claim_means_something() -> None:
    used = {need for one in all_clauses() for need in one.needs}
    # These change what make gets, and what other clauses do.
    assert CLAIMS.keys() - used == {"preconfigured"}


def test_what_is_not_claimed_is_skipped_with_the_reason() -> None:
    result = run(conformance(make), "M01", "T01", "B01")
    assert [reason for _, reason in result.skipped] == ["not claimed: mutex", "not claimed: ttl"]
    assert result.wasSuccessful()


def test_claimed_and_absent_is_a_failure() -> None:
    class Mutexless(PlainBackend):
        def get_mutex(self, key):
            return None

    result = run(conformance(lambda **options: Mutexless(options), claims={"mutex"}), "M01")
    assert len(result.failures) == 1
    assert "gave None, no mutex" in result.failures[0][1]


def test_the_core_cannot_be_unclaimed() -> None:
    result = run(conformance(lambda **options: DeletesNothing(options), claims=()), *CORE)
    assert any("B04 delete_removes" in text for _, text in result.failures)
    assert not any(test for test, _ in result.skipped)


def test_a_deviation_is_accepted_with_its_reason() -> None:
    case = conformance(lambda **options: Aliases(options), claims={"isolation"}, deviations={"B06": "keeps the object"})
    result = run(case, "B06")
    assert [reason for _, reason in result.skipped] == ["deviates: keeps the object"]


def test_a_deviation_that_holds_is_a_failure() -> None:
    result = run(conformance(make, deviations={"B04": "they say"}), "B04")
    assert "B04 is declared as a deviation (they say), but it holds" in result.failures[0][1]


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        ({"claims": {"mutx"}}, ValueError, "unknown claim 'mutx'; the claims are atomic_multi"),
        ({"claims": "mutex"}, TypeError, "not the string 'mutex'"),
        ({"claims": {"shared", "private"}}, ValueError, "exclude each other"),
        ({"deviations": {"B99": "why"}}, ValueError, "unknown clause 'B99'; the clauses of 'backend' are B01"),
        ({"deviations": {"X59": "why"}}, ValueError, "X59, which is no clause of the layer 'backend'"),
        ({"deviations": {"B04": ""}}, ValueError, "the deviation from B04 needs a reason, not ''"),
        ({"deviations": {"B04": None}}, ValueError, "the deviation from B04 needs a reason, not None"),
        ({"deviations": {"M01": "why"}}, ValueError, "M01, which does not apply without the claim mutex"),
        ({"layer": "cache"}, ValueError, "unknown layer 'cache'; the layers are backend, store, driver, mapping"),
        ({"contract": "0.1"}, ValueError, "unknown contract '0.1'; the versions are 1.0"),
    ],
)
def test_bad_input_is_named_with_the_valid_choices(words, error, said) -> None:
    with pytest.raises(error, match="(?s).*" + said.replace("(", r"\(")):
        conformance(make, **words)


def test_make_has_to_be_callable() -> None:
    with pytest.raises(TypeError, match="make must be callable"):
        conformance(MemoryBackend({}))  # type: ignore[arg-type]


def test_a_make_that_raises_is_an_error_that_names_it() -> None:
    def broken(**options):
        raise ConnectionError("no server at 127.0.0.1:1")

    case = conformance(broken, deviations={"B04": "a reason that must not hide it"})
    result = run(case, "B01", "B04")
    assert len(result.errors) == 2 and not result.skipped and not result.failures
    assert "make() raised ConnectionError: no server at 127.0.0.1:1" in result.errors[1][1]


def test_a_make_that_returns_none_is_an_error() -> None:
    result = run(conformance(lambda **options: None), "B01")
    assert "make() returned None; it has to return a fresh, empty store" in result.errors[0][1]


def test_a_make_that_returns_the_same_store_is_an_error() -> None:
    one = MemoryBackend({})
    result = run(conformance(lambda **options: one), "B01", "B02")
    assert "make() returned the same object twice" in result.errors[0][1]


def test_a_store_that_dies_is_told_and_the_rest_is_still_run() -> None:
    state = {"calls": 0}

    class Dying(PlainBackend):
        def set(self, key, value):
            state["calls"] += 1
            if state["calls"] > 20:
                raise ConnectionError("the server has gone")
            super().set(key, value)

    result = run(conformance(lambda **options: Dying(options), deviations={"K05": "limit"}))
    assert result.testsRun == len(clauses_of("backend"))
    assert any("the server has gone" in text for _, text in result.failures)
    # A dead server is no proof of a deviation.
    assert any("K05 a_long_key cannot be judged, the store has stopped to work" in text for _, text in result.errors)


def test_make_gets_the_options_of_the_claims_and_no_others() -> None:
    given: dict[frozenset, set] = {}
    for claims in ((), ("ttl",), ("mutex", "lock_timeout"), ("clock", "ttl"), ("mutex", "max_lock_attempts")):
        seen: set[str] = set()

        def spy(**options):
            seen.update(options)
            return PlainBackend(options)

        run(conformance(spy, claims=claims), "B01", "T01" if "clock" in claims else "B02", "M01", "M16", "M24", "T08")
        given[frozenset(claims)] = seen
    assert given[frozenset()] == set()
    assert given[frozenset({"ttl"})] == {"expiration_time"}
    assert given[frozenset({"mutex", "lock_timeout"})] == {"lock_timeout"}
    assert given[frozenset({"clock", "ttl"})] == {"clock", "sleep", "expiration_time"}
    assert given[frozenset({"mutex", "max_lock_attempts"})] == {"max_lock_attempts"}


def test_a_failure_has_a_reproducer_of_a_few_lines() -> None:
    result = run(conformance(lambda **options: DeletesNothing(options)), "B04")
    text = result.failures[0][1]
    lines = text[text.index("To reproduce:") :].rstrip().splitlines()
    assert lines[2] == "    store = make()"
    assert lines[-1].startswith("    store.get('") and lines[-1].endswith(".one')  # -> 'once'")
    assert len(lines) < 12


def test_the_reproducer_runs() -> None:
    result = run(conformance(lambda **options: Aliases(options), claims={"isolation"}), "B08")
    text = result.failures[0][1]
    program = inspect.cleandoc(text[text.index("To reproduce:") + len("To reproduce:") :])
    names = {"make": lambda: Aliases({})}
    exec(program, names)
    assert isinstance(names["store"], Aliases)


def test_a_machine_fails_with_the_shortest_program() -> None:
    result = run(conformance(lambda **options: DeletesNothing(options)), "D01")
    text = result.failures[0][1]
    program = text[text.index("To reproduce:") :]
    assert program.count(".set(") == 1 and program.count(".delete(") == 1
    assert "hypothesis" not in program.lower()


def test_a_clause_that_hangs_fails_and_the_next_one_is_run(monkeypatch) -> None:
    monkeypatch.setenv("MOCKLEAK_KVS_PATIENCE", "0.05")
    began = time.monotonic()
    result = run(conformance(hangs), "B01", "B02", "B03", "N13")
    assert time.monotonic() - began < 5
    assert len(result.failures) == 3
    assert "B01 missing_key_is_a_miss: hangs: not done after 0.5 s, in get" in result.failures[0][1]
    # The threads that are still waiting do not disturb the clauses that trace other threads.
    monkeypatch.undo()
    assert run(conformance(make, claims={"threads"}), "C06i").wasSuccessful()


def test_a_mutex_that_spins_for_ever_is_stopped(monkeypatch) -> None:
    monkeypatch.setenv("MOCKLEAK_KVS_PATIENCE", "0.05")

    class Spins(PlainBackend):
        def get_mutex(self, key):
            mutex = super().get_mutex(key)
            mutex.acquire = lambda wait=True: [self.sleep(0.01) for _ in iter(int, 1)]
            return mutex

    before = threading.active_count()
    result = run(conformance(lambda **options: Spins(options), claims={"mutex", "clock"}), "M01")
    assert "hangs" in result.failures[0][1]
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_a_contract_pins_a_set_of_clauses(monkeypatch) -> None:
    newer = dataclasses.replace(clauses_of("backend")[0], id="B90", name="newer", since="1.1")
    monkeypatch.setattr(clause, "CONTRACTS", ("1.0", "1.1"))
    monkeypatch.setitem(clause._REGISTRY, "B90", newer)
    assert "B90" not in [one.id for one in conformance(make, contract="1.0").clauses]
    assert "B90" in [one.id for one in conformance(make, contract="1.1").clauses]
    assert "B90" in [one.id for one in conformance(make).clauses]
    with pytest.raises(ValueError, match="B90, which is no clause of the layer 'backend' in this contract"):
        conformance(make, contract="1.0", deviations={"B90": "why"})


def test_two_clauses_cannot_have_one_id() -> None:
    with pytest.raises(ValueError, match="two clauses have the id 'B01'"):
        clause.clause("B01")(lambda bench: None)


def test_each_clause_has_a_fresh_store_and_closes_it() -> None:
    made, closed = [], []

    class Closing(PlainBackend):
        def close(self):
            closed.append(self)

    def making(**options):
        made.append(Closing(options))
        return made[-1]

    assert run(conformance(making), "B01", "B02", "B03").wasSuccessful()
    assert len(made) == 3 and closed == made


def test_keys_are_other_ones_in_each_clause() -> None:
    keys = {Bench(make, "backend", frozenset()).key() for _ in range(50)}
    assert len(keys) == 50


@pytest.mark.parametrize("runner", ["unittest", "pytest"])
def test_it_runs_unchanged_under(runner, tmp_path) -> None:
    (tmp_path / "test_mine.py").write_text(
        "from flake8_mockleak.kvs import MemoryBackend, conformance\n"
        "from tests.kvs.faults.backend_faults import DeletesNothing\n"
        "TestGood = conformance(lambda **o: MemoryBackend(o), claims={'isolation'}, name='TestGood')\n"
        "TestBad = conformance(lambda **o: DeletesNothing(o), name='TestBad')\n"
    )
    arguments = ["-q", "-p", "no:cacheprovider"] if runner == "pytest" else []
    done = subprocess.run(
        [sys.executable, "-m", runner, *arguments, "test_mine.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        env={"PYTHONPATH": ":".join(filter(None, sys.path)), "PATH": "/usr/bin:/bin"},
    )
    output = done.stdout + done.stderr
    assert done.returncode == 1, output
    assert "B04 delete_removes" in output
    assert "TestGood" not in output.split("B04")[0].replace("test_mine.py::TestGood", "") or runner == "unittest"


def test_a_faulty_mutex_is_judged_alone() -> None:
    claims = frozenset(CLAIMED["backend"])
    wanted = {one.id: one for one in clauses_of("backend")}
    for fault, id in ((IgnoresWait, "M06"), (NeverFrees, "M14")):
        with pytest.raises(AssertionError, match=f"^{id} "):
            run_clause(wanted[id], lambda fault=fault, **options: fault(options), "backend", claims, Memory())
        run_clause(wanted["B02"], lambda fault=fault, **options: fault(options), "backend", claims, Memory())
