"""Which of the linter's codes a leak has."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_mockleak.runtime.ledger import Acquisition, Kind

_BY_KIND = {
    Kind.ATTRIBUTE: "MLK201",
    Kind.FUNCTION: "MLK204",
    Kind.MODULE_ENTRY: "MLK203",
    Kind.ITEM: "MLK205",
    Kind.CONFIGURATION: "MLK206",
    Kind.MOCK_CLASS: "MLK207",
    Kind.RESTORED_OTHERWISE: "MLK208",
}


def code_of(acquisition: Acquisition, test_failed: bool, lines: Sequence[str]) -> str:
    """Return the code of a leak, from what happened and, where a failure may explain it, from the lines of its file."""
    if acquisition.code is not None:
        return acquisition.code
    if acquisition.kind is not Kind.PATCH:
        code = _BY_KIND[acquisition.kind]
        if code in ("MLK201", "MLK204") and test_failed and _assignments(acquisition.place, lines) > 1:
            return "MLK202"
        return code
    if acquisition.phase == "import":
        return "MLK107"
    if test_failed and any(".stop" in line or ".close()" in line for line in lines):
        return "MLK103" if acquisition.phase == "setUp" else "MLK102"
    return "MLK101"


def _assignments(place: str, lines: Sequence[str]) -> int:
    name = "." + place.rpartition(".")[2]
    return sum(line.partition("=")[0].rstrip().endswith(name) for line in lines if "=" in line)


MESSAGES = {
    "MLK101": "patch of {place!r} is",
    "MLK102": "patch of {place!r}, whose stop the failure skipped, is",
    "MLK103": "patch of {place!r}, whose stop the failure of setUp skipped, is",
    "MLK106": "patch of {place!r} was started twice and is",
    "MLK107": "patch of {place!r} was started by an import and is",
    "MLK108": "patch of {place!r}, which is stopped in another lifetime, was",
    "MLK110": "patches of {place!r} were undone in the wrong order: the first mock is",
    "MLK201": "mock put in {place!r} by hand is",
    "MLK202": "mock put in {place!r} by hand, whose restore the failure skipped, is",
    "MLK203": "entry put in {place!r} is",
    "MLK204": "function put in {place!r} by hand is",
    "MLK205": "item put in {place!r} is",
    "MLK206": "variable set in {place!r} is",
    "MLK207": "attribute {place!r}, set on the class for the whole process, is",
    "MLK208": "something else than before was put back in {place!r} and is",
}
"""How the message of a leak begins, by its code; ``still in place after …`` follows."""
