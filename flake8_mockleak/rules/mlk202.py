"""MLK202: an original that is not put back when the test fails."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.facts import Acquisition, Facts, Idiom
from flake8_mockleak.model.lifetime import Guarantee
from flake8_mockleak.model.places import Kind
from flake8_mockleak.rules.rule import Rule
from flake8_mockleak.rules.wording import finding, release_line, replacements, restore_advice, subject

WHY = """\
A failed assertion leaves the test at once, so the line below it that puts the original back never runs. The mock then
stays for all later tests, and one failure becomes many.
"""

BAD = """\
import http.client
from unittest import mock


def is_alive(host):
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/health")
    return connection.getresponse().status < 500


def test_server_error_is_not_alive():
    original = http.client.HTTPConnection
    http.client.HTTPConnection = mock.Mock()  # MLK202
    http.client.HTTPConnection.return_value.getresponse.return_value.status = 404  # meant: 503
    assert not is_alive("example.org")
    http.client.HTTPConnection = original
"""

GOOD = """\
import http.client
from unittest import mock


def is_alive(host):
    connection = http.client.HTTPConnection(host)
    connection.request("GET", "/health")
    return connection.getresponse().status < 500


def test_server_error_is_not_alive(monkeypatch):
    connection = mock.Mock()
    connection.return_value.getresponse.return_value.status = 404  # meant: 503
    monkeypatch.setattr(http.client, "HTTPConnection", connection)
    assert not is_alive("example.org")
"""


def check(facts: Facts) -> Iterator[Finding]:
    """Report every replacement by hand that is restored, but only if nothing raises before the restoring line."""
    for replaced in replacements(facts, Guarantee.HAPPY_PATH):
        if replaced.places[0].kind is not Kind.CONFIGURATION:
            message = f"{subject(replaced)} is restored {_when(replaced)}; {restore_advice(replaced)}"
            yield finding(RULE.code, replaced.node, message)


def _when(replaced: Acquisition) -> str:
    if replaced.site.idiom is Idiom.BLOCK:
        return f"by {replaced.helper} only if the block raises nothing"
    return f"in line {release_line(replaced)} only if nothing before it raises"


RULE = Rule(
    code="MLK202",
    name="restore-skipped-on-failure",
    summary="what was replaced by hand is restored by a plain statement that a failing assertion skips",
    why=WHY,
    bad=BAD,
    good=GOOD,
    check=check,
)
