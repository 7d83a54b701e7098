"""The words of the messages: the user's own names, and what to write in the idiom of the place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_mockleak.findings import Finding
from flake8_mockleak.model.decorations import PatchDecorator
from flake8_mockleak.model.facts import Acquisition, Facts, Idiom, SkippedTeardown, Slip, Way, WrongRelease
from flake8_mockleak.model.lifetime import Guarantee, Lifetime, Phase
from flake8_mockleak.model.places import Kind
from flake8_mockleak.model.values import MonkeyPatch, Patcher, Stack

_CLEANUP = {
    Idiom.UNITTEST: "add {own}.addCleanup({release})",
    Idiom.UNITTEST_CLASS: "add {own}.addClassCleanup({release})",
    Idiom.UNITTEST_MODULE: "call {call} in tearDownModule, or add unittest.addModuleCleanup({release})",
    Idiom.XUNIT: "call {call} in {teardown}, or start it in a fixture that yields",
    Idiom.BEHAVE: "add {own}.add_cleanup({release})",
    # pytest runs no unittest.addModuleCleanup.
    Idiom.MODULE: "start it in setUpModule and call {call} in tearDownModule, or start it in a fixture that yields",
    Idiom.CLASS_BODY: "start it in setUpClass with cls.addClassCleanup({release}), or in a fixture that yields",
    Idiom.FIXTURE: "yield, and call {call} behind the yield",
    Idiom.CONTEXT_MANAGER: "yield in a try, and call {call} in its finally",
    Idiom.HELPER: "call {call} in a finally, or return the patcher for the caller to stop",
    Idiom.FUNCTION: "call {call} in a finally, or use the patch in a with statement",
}
_CLEANUP_BESIDE_TEARDOWN = {
    Idiom.UNITTEST_MODULE: "add unittest.addModuleCleanup({release})",
    Idiom.XUNIT: "start it in a fixture that yields",
}
_RESTORE = {
    Idiom.UNITTEST: "use mock.patch.object with {own}.addCleanup, or in a with statement",
    Idiom.UNITTEST_CLASS: "use mock.patch.object with {own}.addClassCleanup",
    Idiom.UNITTEST_MODULE: "use mock.patch.object and stop it in tearDownModule",
    Idiom.XUNIT: "use mock.patch.object and stop it in {teardown}, or use it in a fixture that yields",
    Idiom.BEHAVE: "use mock.patch.object with {own}.add_cleanup",
    Idiom.MODULE: "use mock.patch.object in setUpModule or in a fixture",
    Idiom.CLASS_BODY: "use mock.patch.object in setUpClass or in a fixture",
    Idiom.FIXTURE: "use mock.patch.object in a with statement around the yield",
    Idiom.CONTEXT_MANAGER: "use mock.patch.object in a with statement around the yield",
    Idiom.HELPER: "use mock.patch.object in a with statement, or return the original for the caller to restore",
    Idiom.FUNCTION: "use mock.patch.object in a with statement, or monkeypatch.setattr",
}
_FILLS = (ast.Call, ast.AugAssign)
_TAKE_OUT = {
    Idiom.UNITTEST: "use {tool} with a copy of it, or add {own}.addCleanup({place}.remove, …)",
    Idiom.UNITTEST_CLASS: "use {tool} with a copy of it, or add {own}.addClassCleanup({place}.remove, …)",
}
_OWN = {Idiom.UNITTEST: "self", Idiom.UNITTEST_CLASS: "cls", Idiom.BEHAVE: "context"}


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


def skipped_by(skipped: SkippedTeardown) -> str:
    """Return why a release of the base class is not reached."""
    return f"in {skipped.subclass}, whose {skipped.method} does not call that of its base"


def begun(acquisition: Acquisition) -> str:
    """Return the word for what the line does: a patch is started or entered, a replacement made."""
    return "made" if _is_by_object(acquisition.holder) else acquisition.way.value


def ended(acquisition: Acquisition) -> str:
    """Return the word for what should undo it: what was entered by hand is left, for ``stop`` does not know it."""
    holder = acquisition.holder
    if isinstance(holder, Patcher) and acquisition.way is Way.ENTERED and not holder.held_by:
        return "left"
    return "undone" if _is_by_object(holder) else "stopped"


def _is_by_object(holder: object) -> bool:
    """Whether an object replaces something by a method: a ``MonkeyPatch``, or one of a helper's class."""
    return isinstance(holder, MonkeyPatch) or isinstance(holder, Patcher) and holder.is_object


def patch_of(holder: object) -> str:
    """Return ``patch of 'utils.run'``."""
    if isinstance(holder, Patcher) and holder.places and holder.places[0].text != "?":
        return "patch of " + ", ".join(repr(place.text) for place in holder.places)
    if _is_by_object(holder):
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


def _name_at(acquisition: Acquisition) -> str:
    """Return the user's name for the patcher as it is spelled at the acquisition: `cls.patcher` in `setUpClass`."""
    name, own = name_of(acquisition.holder), _own(acquisition)
    owner, dot, rest = name.partition(".")
    return f"{own}.{rest}" if dot and own and owner in {"self", "cls"} else name


def _own(acquisition: Acquisition) -> str:
    return acquisition.site.own or _OWN.get(acquisition.site.idiom, "")


class _Stop(NamedTuple):
    """The release to write, as it is registered and as it is called."""

    release: str
    call: str


def _stop_of(acquisition: Acquisition) -> _Stop:
    holder, name = acquisition.holder, _name_at(acquisition)
    if isinstance(holder, Patcher) and holder.held_by and not holder.holders:
        if "AsyncExitStack" in ast.unparse(holder.held_by[0].node):
            return _Stop(f"{name}.aclose", f"await {name}.aclose()")
        return _plain(f"{name}.close")
    if isinstance(holder, MonkeyPatch):
        return _plain(f"{name}.undo")
    if isinstance(holder, Patcher) and holder.is_object and "stop" not in holder.leaves:
        return _plain(f"{name}.{min(holder.leaves)}")
    if isinstance(holder, Patcher) and "setUp" in holder.enters:
        return _plain(f"{name}.cleanUp")
    if acquisition.way is Way.ENTERED:
        return _Stop(f"{name}.__exit__, None, None, None", f"{name}.__exit__(None, None, None)")
    return _plain(f"{name}.stop")


def _plain(release: str) -> _Stop:
    return _Stop(release, f"{release}()")


def cleanup_advice(acquisition: Acquisition) -> str:
    """Return what to write so that the patch is stopped however its lifetime ends."""
    if acquisition.skipped is not None and acquisition.skipped.is_reported:
        return f"call super().{acquisition.skipped.method}()"
    if acquisition.helper and acquisition.guarantee is Guarantee.HAPPY_PATH:
        return f"have {acquisition.helper} register its stop as a cleanup, or stop it in a finally"
    if acquisition.site.idiom is Idiom.MIXIN:
        return f"have {acquisition.helper} register its stop as a cleanup"
    if acquisition.helper:
        return f"have {acquisition.helper} register its stop as a cleanup, or return the patcher to be stopped here"
    if _is_on_success(acquisition):
        return "undo it there in any case"
    if isinstance(acquisition.holder, Patcher) and not acquisition.holder.leaves:
        return "give its class a method that stops it, and register that as a cleanup"
    site, holder, stop = acquisition.site, acquisition.holder, _stop_of(acquisition)
    template = _CLEANUP[site.idiom]
    if _is_torn_down(acquisition):
        template = _CLEANUP_BESIDE_TEARDOWN.get(site.idiom, template)
    elif isinstance(holder, MonkeyPatch) and site.idiom is Idiom.FUNCTION:
        template = "use the fixture monkeypatch, or call {call} in a finally"
    if stop.release.endswith(".aclose"):
        template = template.replace("addCleanup", "addAsyncCleanup")
    advice = template.format(own=_own(acquisition), teardown=site.teardown, release=stop.release, call=stop.call)
    if site.in_comprehension:
        return f"start it in a loop, and {advice}"
    if isinstance(holder, Patcher) and not holder.holders and not holder.held_by:
        return f"keep the patcher and {advice}"
    return advice


def restore_advice(acquisition: Acquisition) -> str:
    """Return what to write in place of an assignment."""
    if acquisition.skipped is not None and acquisition.skipped.is_reported:
        return f"call super().{acquisition.skipped.method}()"
    place, site = acquisition.places[0], acquisition.site
    tool = "mock.patch.object" if place.kind is Kind.ATTRIBUTE else "mock.patch.dict"
    if site.idiom is Idiom.BLOCK:
        return f"have {acquisition.helper} yield in a try, and restore it in its finally"
    if acquisition.helper and acquisition.guarantee is Guarantee.HAPPY_PATH:
        return f"restore it in a finally, or have {acquisition.helper} use {tool} and return the patcher"
    if acquisition.helper:
        return f"have {acquisition.helper} use {tool} and return the patcher to be stopped here"
    if _is_on_success(acquisition):
        return "restore it there in any case"
    may_use_monkeypatch = site.idiom is Idiom.FUNCTION or _is_fixture_of_a_test(acquisition)
    if place.kind is Kind.MODULE_ENTRY:
        return "use mock.patch.dict('sys.modules', …)"
    if place.kind is Kind.ITEM and place.key.endswith("[?]") and isinstance(acquisition.node, _FILLS):
        template = _TAKE_OUT.get(site.idiom, "use {tool} with a copy of it")
        tool = "mock.patch.dict" if "[" in place.key.removesuffix("[?]") else "mock.patch.object"
        return template.format(tool=tool, own=_own(acquisition), place=place.text)
    if place.kind is Kind.ITEM:
        return "use mock.patch.dict" + (", or monkeypatch.setitem" if may_use_monkeypatch else "")
    advice = _RESTORE[site.idiom].format(own=_own(acquisition), teardown=site.teardown)
    return f"{advice}, or monkeypatch.setattr" if _is_fixture_of_a_test(acquisition) else advice


def _is_torn_down(acquisition: Acquisition) -> bool:
    """Whether a teardown releases it, which a set-up that raises skips."""
    release = acquisition.release
    return release is not None and release.moment.activation.hook.phase is Phase.TEARDOWN


def _is_on_success(acquisition: Acquisition) -> bool:
    """Whether the ``__exit__`` of a context manager undoes it, but not if the block has raised."""
    return acquisition.release is not None and acquisition.release.on_success


def _is_fixture_of_a_test(acquisition: Acquisition) -> bool:
    """Whether a fixture may ask for `monkeypatch`, which lasts as long as a test."""
    return acquisition.site.idiom is Idiom.FIXTURE and acquisition.lifetime is Lifetime.TEST


def release_line(acquisition: Acquisition) -> int:
    """Return the line of the best release; if helpers of another file do all, that of the call."""
    release = acquisition.release
    if release is None:
        return 0
    node = release.call_site if acquisition.helper and release.call_site is not None else release.node
    return getattr(node, "lineno", 0)


def configuration_advice(acquisition: Acquisition) -> str:
    """Return what to write in place of a change of the configuration."""
    if acquisition.places[0].key.startswith("os.environ"):
        return "use mock.patch.dict('os.environ', …) or monkeypatch.setenv"
    if acquisition.places[0].key.startswith("CONF"):
        return "use oslo.config's fixture, or add self.addCleanup(CONF.clear_override, …)"
    return "use override_settings, or self.settings(…) in a with statement"
