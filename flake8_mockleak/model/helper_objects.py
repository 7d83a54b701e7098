"""Classes of helpers whose objects replace something by one method and put it back by another, told from their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_mockleak.model.helper_texts import NO_TEST_CASE, assigned, pieces
from flake8_mockleak.model.skim import ClassText, Skim

_METHOD = rb"\n(?:    |\t)(?:async )?def (?P<name>\w+)\("
_PUTS = rb"\n[ \t]+(?!self\.|cls\.|[\w.]*return_value)[a-zA-Z_][\w.]*\.\w+ = self\.(\w+)[ \t]*(?=\n|#|$)"
_PUTS_A_FIELD = rb" = self\.\w+[ \t]*(?=\n|#)"
_ATTRIBUTE = rb"[ \t]+(?!self\.|cls\.)[a-z_]\w*\.[\w.]+$"
_PUTS_A_FAKE = (
    rb"\n[ \t]+(?!self\.|cls\.)[a-zA-Z_][\w.]*\.\w+ = "
    rb"(?:lambda\b|[\w.]*Mock\(|self\.\w+\.(?:append|add|get|pop|put)[ \t]*(?=\n|#|$))"
)
_PATCH = rb"(?<![a-zA-Z])patch(?:er|es|ers)?\b"  # and no dispatcher
_SEES_TO_IT = rb"leanup|inalize|atexit|__del__|seFixture|nter_?[cC]ontext|staticmethod|classmethod"
_MAY_END_ANY = rb"self\.\w+\(|\(self\b|stop|undo|exit|close|setattr|__dict__"
_MAY_END = rb"stop|undo|__exit__|__enter__|\breturn\b"
_FIXTURES = (("fixtures.Fixture",), ("Fixture",))
_PATCHES = rb"Fixture\(\s*(?:fixtures\.)?(?:MonkeyPatch|MockPatch)|(?<![a-zA-Z])patch\b[^\n]*\("


class Methods(NamedTuple):
    """The methods of a class that replace something, and those that put it back; none, if nothing of the class does.

    ``others`` are those that do neither, and call none that does.
    """

    enters: frozenset[str]
    leaves: frozenset[str]
    others: frozenset[str] = frozenset()


_OF_FIXTURE = Methods(frozenset({"setUp"}), frozenset({"cleanUp"}))
"""A fixture of the library by that name is set up by ``useFixture``, or by hand."""


def classes_of_objects(skim: Skim) -> Iterator[tuple[str, Methods]]:
    """Yield the names of classes whose objects replace something by one method and put it back by another."""
    data = skim.data
    if b" def test" in data or b"class " not in data:
        return  # not a file of helpers
    has_pairs = b".start()" in data and b"patch" in data
    has_pairs = has_pairs or any(True for _ in assigned(data, _PUTS_A_FIELD, _ATTRIBUTE))
    if not has_pairs and b"Fixture" not in data:
        return
    for name in re.findall(rb"\nclass (\w+)", data):
        view = skim.class_view(name.decode())
        if view is None:
            continue
        methods = _methods_of_object(view) if has_pairs and view.bases in NO_TEST_CASE else None
        if view.bases in _FIXTURES and re.search(_PATCHES, view.data[view.start : view.end]) is not None:
            methods = _OF_FIXTURE
        if methods is not None:
            yield name.decode(), methods


def _methods_of_object(view: ClassText) -> Methods | None:
    """Return the methods that do; ``None`` if none replaces anything, or if the class may see to it in another way."""
    data = view.data[view.start : view.end]
    if re.search(_SEES_TO_IT, data) is not None:
        return None
    starts = list(re.finditer(_METHOD, data))
    own = {start["name"] for start in starts}
    enters: set[str] = set()
    leaves: set[str] = set()
    others: set[str] = set()
    for start, text in pieces(starts, data):
        put = re.findall(_PUTS, text)
        starts_patch = b".start()" in text and re.search(_PATCH, text) is not None
        if b".stop()" in text or any(field not in own for field in put):
            leaves.add(start["name"].decode())
        elif starts_patch or put or re.search(_PUTS_A_FAKE, text) is not None:
            enters.add(start["name"].decode())
        elif re.search(_MAY_END_ANY, text[text.find(b":\n") :]) is None:
            others.add(start["name"].decode())
    plain = frozenset(name for name in enters if not name.startswith("__"))
    if plain and not leaves and b".start()" in data and re.search(_MAY_END, data) is None:
        return Methods(plain, frozenset())
    if not (plain and leaves and plain.isdisjoint(leaves)):
        return None
    return Methods(plain, frozenset(leaves), frozenset(others))
