"""Which of the linter's codes a leak has."""

from __future__ import annotations

from flake8_mockleak.runtime import sources
from flake8_mockleak.runtime.assignments import stores
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


def code_of(acquisition: Acquisition, test_failed: bool, path: str) -> str:
    """Return the code of a leak, from what happened and, where a failure may explain it, from the text of its file."""
    if acquisition.code is not None:
        return acquisition.code
    if acquisition.kind != Kind.PATCH:
        code = _BY_KIND[acquisition.kind]
        return "MLK202" if code in ("MLK201", "MLK204") and test_failed and _is_restored(acquisition) else code
    if acquisition.phase == "import":
        return "MLK107"
    if test_failed and path:
        if acquisition.phase == "setUp":
            return "MLK103" if _stops(path, 0, 0) else "MLK101"
        if _stops(path, *(acquisition.test.lines if acquisition.test else (0, 0))):
            return "MLK102"
    return "MLK101"


def _is_restored(acquisition: Acquisition) -> bool:
    """Whether the function that replaced something assigns what it has kept to the same name further down."""
    site = acquisition.site
    if site is None:
        return False
    name = acquisition.place.rpartition(".")[2]
    return any(
        store.name == name and not store.fresh and store.line > site.line
        for store in stores(site.path)
        if store.scope is not None and store.scope.first <= site.line <= store.scope.last
    )


def _stops(path: str, first: int, last: int) -> bool:
    """Whether a statement stops something, in those lines of a file or, for zeros, in all."""
    lines = sources.lines_of(path)[max(first - 1, 0) : last or None]
    return any(".stop" in line or ".close()" in line for line in lines)


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
