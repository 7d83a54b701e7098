"""The matrix: its rows, reports and command line, with stores that fail, are missing or die."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from flake8_mockleak.kvs import MemoryBackend, matrix, report
from flake8_mockleak.kvs import __main__ as command
from flake8_mockleak.kvs.declarations import DECLARATIONS, Declaration
from tests.kvs.faults.backend_faults import Aliases, DeletesNothing
from tests.kvs.faults.plain import PlainBackend

pytestmark = pytest.mark.once


def declare(name, store, claims=(), deviations=None, **more):
    return Declaration(
        name, lambda address: lambda **options: store(options), frozenset(claims), deviations or {}, **more
    )


GOOD = declare("good", MemoryBackend, {"isolation"})
BAD = declare("bad", DeletesNothing)
KNOWN = declare("known", Aliases, {"isolation"}, dict.fromkeys(("B06", "B07", "B08", "B06m", "B07m"), "keeps <it>"))
ABSENT = declare("absent", MemoryBackend, modules=("no_such_module",))


@pytest.fixture(scope="module")
def rows():
    return matrix.run_matrix([GOOD, BAD, KNOWN, ABSENT], {})


def test_verdicts_are_one_line_each(rows) -> None:
    good, bad, known, absent = (row.verdict for row in rows)
    core = sum(outcome.clause.core for outcome in rows[0].outcomes)
    assert good.startswith(f"good: core {core}/{core}, claimed 6/6, deviations 0, not claimed ")
    assert "bad: NOT AS DECLARED" in bad and "FAILS" in bad and "B04" in bad
    assert "deviations 5" in known and "NOT AS" not in known
    assert absent == "absent: not run: not installed: no_such_module"
    assert not any("\n" in row.verdict for row in rows)
    assert [row.passed for row in rows] == [True, False, True, False]


def test_text_has_a_line_for_each_clause_and_the_reproducer(rows) -> None:
    text = report.as_text(rows)
    line = next(line for line in text.splitlines() if line.startswith("B04"))
    assert line.split()[-3:] == ["+", "F", "+"]
    assert next(line for line in text.splitlines() if line.startswith("B06 ")).split()[-3:] == ["+", ".", "d"]
    assert "store.delete(" in text


def test_json_can_be_read(rows) -> None:
    stores = {store["name"]: store for store in json.loads(report.as_json(rows))["stores"]}
    status = {one["id"]: one["status"] for one in stores["known"]["clauses"]}
    assert status["B06"] == "deviates" and status["B01"] == "conforms" and status["M01"] == "not claimed"
    assert stores["bad"]["passed"] is False
    assert stores["absent"]["trouble"]


def test_html_is_whole_and_escaped(rows) -> None:
    page = report.as_html(rows)
    assert page.startswith("<!DOCTYPE html>") and page.rstrip().endswith("</html>")
    assert "keeps &lt;it&gt;" in page and "<it>" not in page
    assert page.count("<tr") == page.count("</tr>")
    assert 'class="fails"' in page and 'class="deviates"' in page and 'class="not-claimed"' in page


def test_a_server_that_dies_is_told_and_the_report_is_written() -> None:
    state = {"made": 0}

    def dying(options):
        state["made"] += 1
        if state["made"] > 10:
            raise ConnectionRefusedError("127.0.0.1:1")
        return PlainBackend(options)

    row, other = matrix.run_matrix([declare("dying", dying), GOOD], {})
    assert "given up after" in row.verdict and "ConnectionRefusedError: 127.0.0.1:1" in row.verdict
    assert len(row.outcomes) == len(other.outcomes)
    assert row.outcomes[0].status == "conforms"
    assert other.passed
    assert "dying" in report.as_html([row, other])


def test_a_server_that_cannot_be_started_is_told(monkeypatch) -> None:
    def unavailable():
        raise matrix.ServerError("memcached is not installed: apt-get install -y memcached")

    monkeypatch.setitem(matrix._STARTS, "memcached", unavailable)
    rows = matrix.run_matrix([declare("remote", MemoryBackend, server="memcached"), GOOD], {})
    assert rows[0].verdict == "remote: not run: memcached is not installed: apt-get install -y memcached"
    assert rows[1].passed


# pymemcache leaves the connections of threads that have ended to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_no_process_is_left_behind() -> None:
    before = _children()
    rows = matrix.run_matrix([matrix.chosen(["pymemcache"])[0]], {}, progress=lambda line: None)
    if not rows[0].outcomes:
        pytest.skip(rows[0].trouble)
    assert _children() == before
    assert rows[0].passed, rows[0].verdict


def _children() -> set[str]:
    listing = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "comm="], capture_output=True, text=True).stdout
    return {name for name in listing.split() if name != "ps"}


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["redis://127.0.0.1:7000"], {"redis": ("127.0.0.1", 7000)}),
        (["memcached://cache.example"], {"memcached": ("cache.example", 11211)}),
        ([], {}),
    ],
)
def test_urls(urls, expected) -> None:
    assert matrix.parse_urls(urls) == expected


@pytest.mark.parametrize("url", ["redis:7000", "mongo://host", "127.0.0.1:7000", "redis://host:port"])
def test_a_bad_url_is_named(url) -> None:
    with pytest.raises(ValueError, match=url):
        matrix.parse_urls([url])


def test_stores_are_chosen_by_name_or_its_beginning() -> None:
    assert [one.name for one in matrix.chosen(["dogpile.memory", "dogpile.memory"])] == ["dogpile.memory"]
    assert len(matrix.chosen(["dogpile"])) == 10
    assert matrix.chosen([]) == list(DECLARATIONS)
    with pytest.raises(LookupError, match="no store has the name 'dogpil'; there are dogpile.memory"):
        matrix.chosen(["dogpil"])


def test_declarations_cover_what_they_should_and_have_reasons() -> None:
    names = {one.name for one in DECLARATIONS}
    assert len(names) == len(DECLARATIONS)
    for client in ("memory", "memory_pickle", "dbm", "pymemcache", "pylibmc", "memcached", "bmemcached", "redis"):
        assert f"dogpile.{client}" in names
    for one in DECLARATIONS:
        assert all(reason.strip() for reason in one.deviations.values())


def test_the_command_writes_all_reports(tmp_path, capsys) -> None:
    page, data = tmp_path / "m.html", tmp_path / "m.json"
    status = command.main(
        ["matrix", "dogpile.memory", "mockleak.MemoryBackend", "--html", str(page), "--json", str(data)]
    )
    output = capsys.readouterr()
    assert status == 0, output.out
    assert "dogpile.memory: core" in output.out and "mockleak.MemoryBackend: core" in output.out
    assert "s] dogpile.memory" in output.err
    assert page.read_text().startswith("<!DOCTYPE") and json.loads(data.read_text())["stores"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["matrix", "nope"], "no store has the name 'nope'"),
        (["matrix", "--server", "ftp://x"], "'ftp://x' is not SERVER://HOST"),
        (["matrix", "--contract", "9"], "unknown contract '9'; the versions are 1.0"),
        ([], "required"),
    ],
)
def test_a_wrong_call_is_explained(arguments, said, capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_the_command_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flake8_mockleak.kvs", "matrix", "--list"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0 and "dogpile.redis\n" in done.stdout


def test_the_contract_page_has_every_clause(capsys) -> None:
    assert command.main(["contract"]) == 0
    page = capsys.readouterr().out
    for one in report.all_clauses():
        assert f"| {one.id} | " in page
