"""The words of the messages: the user's own names, and what to write in the idiom of the place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.decorations import PatchDecorator
from flake8_mockleak.model.facts import Acquisition, Facts, Idiom, Slip, Way, WrongRelease
from flake8_mockleak.model.lifetime import Guarantee, Lifetime
from flake8_mockleak.model.places import Kind
from flake8_mockleak.model.values import MonkeyPatch, Patcher, Stack

_CLEANUP = {
    Idiom.UNITTEST: "add self.addCleanup({})",
    Idiom.UNITTEST_CLASS: "add cls.addClassCleanup({})",
    Idiom.BEHAVE: "add context.add_cleanup({})",
    Idiom.MODULE: "start it in setUpModule with unittest.addModuleCleanup({}), or in a fixture that yields",
    Idiom.FIXTURE: "yield, and call {}() behind the yield",
    Idiom.CONTEXT_MANAGER: "yield in a try, and call {}() in its finally",
    Idiom.FUNCTION: "call {}() in a finally, or use the patch in a with statement",
}
_RESTORE = {
    Idiom.UNITTEST: "use mock.patch.object with self.addCleanup, or in a with statement",
    Idiom.UNITTEST_CLASS: "use mock.patch.object with cls.addClassCleanup",
    Idiom.BEHAVE: "use mock.patch.object with context.add_cleanup",
    Idiom.MODULE: "use mock.patch.object in setUpModule or in a fixture",
    Idiom.FIXTURE: "use monkeypatch.setattr, or mock.patch.object in a with statement around the yield",
    Idiom.CONTEXT_MANAGER: "use mock.patch.object in a with statement around the yield",
    Idiom.FUNCTION: "use mock.patch.object in a with statement, or monkeypatch.setattr",
}


def finding(code: str, node: ast.AST, message: str) -> Finding:
    """Return a finding on a node of the file."""
    line: int = getattr(node, "lineno", 1)
    column: int = getattr(node, "col_offset", 0)
    return Finding(line, column, code, message)


def patches(facts: Facts, *guarantees: Guarantee, at_import: bool = False) -> Iterator[Acquisition]:
    """Yield the patches, started or entered by hand, whose best guarantee is one of these."""
    for acquisition in facts.acquisitions:
        imported = acquisition.lifetime is Lifetime.IMPORT
        if acquisition.way is not Way.ASSIGNED and acquisition.guarantee in guarantees and imported is at_import:
            yield acquisition


def replacements(facts: Facts, *guarantees: Guarantee) -> Iterator[Acquisition]:
    """Yield the places replaced by an assignment whose best guarantee is one of these."""
    for acquisition in facts.acquisitions:
        if acquisition.way is Way.ASSIGNED and acquisition.guarantee in guarantees:
            yield acquisition


def slips(facts: Facts, slip: Slip) -> Iterator[WrongRelease]:
    """Yield the releases that go wrong in one way."""
    return (wrong for wrong in facts.wrong_releases if wrong.slip is slip)


def subject(acquisition: Acquisition) -> str:
    """Return what is replaced, as the subject of a sentence: ``patch of 'utils.run'``."""
    if acquisition.way is Way.ASSIGNED:
        return f"{acquisition.places[0].text!r}"
    return patch_of(acquisition.holder)


def patch_of(holder: object) -> str:
    """Return ``patch of 'utils.run'``."""
    if isinstance(holder, Patcher) and holder.places and holder.places[0].text != "?":
        return "patch of " + ", ".join(repr(place.text) for place in holder.places)
    if isinstance(holder, MonkeyPatch):
        return f"replacement by {name_of(holder)!r}"
    return "patch"


def named_patch(patch: PatchDecorator) -> str:
    """Return ``patch of 'run'`` for a decorator."""
    return f"patch of {patch.name!r}" if patch.name else patch.call


def name_of(holder: object) -> str:
    """Return the user's name for a patcher, or a plain one to give it."""
    if isinstance(holder, (Patcher, Stack, MonkeyPatch)):
        if holder.holders:
            return holder.holders[0]
        if holder.held_by:
            return name_of(holder.held_by[0])
    return "patcher"


def stop_of(acquisition: Acquisition) -> str:
    """Return the release to write: ``self.run_patch.stop``."""
    holder = acquisition.holder
    if isinstance(holder, Patcher) and holder.held_by and not holder.holders:
        return f"{name_of(holder)}.close"
    if isinstance(holder, MonkeyPatch):
        return f"{name_of(holder)}.undo"
    if isinstance(holder, Patcher) and "setUp" in holder.enters:
        return f"{name_of(holder)}.cleanUp"
    if acquisition.way is Way.ENTERED:
        return f"{name_of(holder)}.__exit__"
    return f"{name_of(holder)}.stop"


def cleanup_advice(acquisition: Acquisition) -> str:
    """Return what to write so that the patch is stopped however its lifetime ends."""
    advice = _CLEANUP[acquisition.moment.activation.idiom].format(stop_of(acquisition))
    holder = acquisition.holder
    if isinstance(holder, Patcher) and not holder.holders and not holder.held_by:
        advice = f"keep the patcher and {advice}"
    return advice


def restore_advice(acquisition: Acquisition) -> str:
    """Return what to write in place of an assignment."""
    place, idiom = acquisition.places[0], acquisition.moment.activation.idiom
    if place.kind is Kind.MODULE_ENTRY:
        return "use mock.patch.dict('sys.modules', …)"
    if place.kind is Kind.ITEM:
        return "use mock.patch.dict, or monkeypatch.setitem"
    return _RESTORE[idiom]


def release_line(acquisition: Acquisition) -> int:
    """Return the line of the best release."""
    release = acquisition.release
    return getattr(release.node, "lineno", 0) if release is not None else 0


def configuration_advice(acquisition: Acquisition) -> str:
    """Return what to write in place of a change of the configuration."""
    if acquisition.places[0].key.startswith("os.environ"):
        return "use mock.patch.dict('os.environ', …) or monkeypatch.setenv"
    if acquisition.places[0].key.startswith("CONF"):
        return "use oslo.config's fixture, or add self.addCleanup(CONF.clear_override, …)"
    return "use override_settings, or self.settings(…) in a with statement"
