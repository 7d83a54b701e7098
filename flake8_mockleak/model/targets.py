"""Patches whose target is not there, and those that another name of the object escapes."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.calls_at import Site, calls_on
from flake8_mockleak.model.existence import Existence
from flake8_mockleak.model.files import absolute, is_file
from flake8_mockleak.model.names import STDLIB, mock_name
from flake8_mockleak.model.source import FunctionDef, ModuleSource, dotted_name
from flake8_mockleak.model.values import Shared

# `patch("a.b")`, `patch.object(module, "name")`, `MockPatch("a.b")`, where the triggers have found such letters.
_TARGET = re.compile(
    r"""atch(?:\.object|\.dict|Object)?\(\s*"""
    r"""(?:(?:target=)?["']([A-Za-z_]\w*(?:\.\w+)+)["']|([A-Za-z_]\w*(?:\.\w+)*),\s*(?:attribute=)?["'](\w+)["'])"""
)
_PATCHES = frozenset({"patch", "patch.object", "patch.dict"})
_FIXTURES = frozenset({"fixtures.MockPatch", "fixtures.MockPatchObject"})
_TEST_TOOLS = ("unittest", "pytest", "mock", "testtools", "fixtures", "typing", "__future__")
_FEW = 4
_CALLED = r"(?<![\w.])[A-Za-z_]\w*(?:\.\w+)*(?=\()"
_BY_NAME = r"(?:set|has|del)attr\(([^()]{,200})"
_QUOTED = r"""["'](\w+)["']"""
_ASSIGNED = r"\.(\w+)\s*=[^=]"


class MissingTarget(NamedTuple):
    """A patch of what does not exist: ``owner``, a module or class, has no ``name``."""

    node: ast.expr
    target: str
    owner: str
    name: str
    is_class: bool
    nearest: str


class UnreachedTarget(NamedTuple):
    """A patch of ``target``, of which ``module`` under test has a name of its own, ``name``."""

    node: ast.expr
    target: str
    module: str
    name: str


class Misses:
    """The patches of one file, whose module level was run, that do not do what they say."""

    def __init__(self, module: ModuleSource, beyond: Beyond) -> None:
        self._patches = _Patches(module)
        self._existence = Existence(module, beyond)
        self._beyond = beyond

    def missing(self) -> list[MissingTarget]:
        """Return those whose target does not exist."""
        found: list[MissingTarget] = []
        for key, dotted in self._patches.targets.items():
            if self._existence.seems_missing(dotted):
                found += _missing(self._patches, key, self._existence, self._beyond)
        return found

    def unreached(self) -> list[UnreachedTarget]:
        """Return those of a name that the module under test has a name of its own for."""
        patches, found = self._patches, list[UnreachedTarget]()
        if not patches.targets or "reload(" in patches.text:
            return found
        own_names = dict(_own_names(patches, self._existence))
        patched = set(patches.targets.values())
        for key, dotted in patches.targets.items():
            own = own_names.get(dotted)
            if own is not None and f"{own.module}.{own.name}" not in patched:
                if own.is_used(dotted, self._existence):
                    found += _unreached(patches, key, own)
        return found


_Key = tuple[str, str, str]
"""How a target is written: as a path, or as an object and the name of its attribute; the others are empty."""


class _Patches:
    """The patches of a file that name a target, found by the text."""

    def __init__(self, module: ModuleSource) -> None:
        self.module = module
        self.text = module.whole_text
        self.targets: dict[_Key, str] = {}
        for key in dict.fromkeys(map(_key, self._matches())):
            dotted = self._dotted(*key)
            if dotted is not None:
                self.targets[key] = dotted

    def _matches(self) -> Iterator[re.Match[str]]:
        matches = (_TARGET.match(self.text, start) for start in self.module.triggers.patches)
        return (match for match in matches if match is not None)

    def _dotted(self, written: str, owner: str, name: str) -> str | None:
        """Return the path of a target, ``None`` where its owner is nothing that the file imports."""
        if written:
            return written
        root, _, rest = owner.partition(".")
        known = self.module.frame.names.get(root)
        if not isinstance(known, Shared) or known.path.startswith("builtins."):
            return None
        return ".".join(filter(None, [known.path, rest, name]))

    @cached_property
    def _lines(self) -> dict[_Key, set[int]]:
        lines: dict[_Key, set[int]] = {}
        number, position = 1, 0
        for match in self._matches():
            number += self.text.count("\n", position, match.start())
            position = match.start()
            lines.setdefault(_key(match), set()).add(number)
        return lines

    @cached_property
    def names_set(self) -> set[str]:
        """The attributes that the file itself gives to something, or asks for whether they are there."""
        by_name = (re.findall(_QUOTED, arguments) for arguments in re.findall(_BY_NAME, self.text))
        return {*re.findall(_ASSIGNED, self.text), *chain.from_iterable(by_name)}

    def sites(self, key: _Key) -> Iterator[Site]:
        """Yield the calls that were found by their text, where they are patches of that target indeed."""
        for line in sorted(self._lines[key]):
            for site in calls_on(self.module, line):
                if _written(site.node) == key and _is_patch(site):
                    if key[0] or f"{site.path(key[1])}.{key[2]}" == self.targets[key]:
                        yield site


def _key(match: re.Match[str]) -> _Key:
    written, owner, name = match.groups("")
    return written, owner, name


def _missing(patches: _Patches, key: _Key, existence: Existence, beyond: Beyond) -> Iterator[MissingTarget]:
    sites = [site for site in patches.sites(key) if not (_creates(site.node) or site.is_guarded)]
    lack = existence.lack(patches.targets[key]) if sites else None
    if lack is None or lack.name in patches.names_set or _is_elsewhere(beyond, lack.owner):
        return
    if lack.nearest or lack.owner.partition(".")[0] not in STDLIB:  # another version of Python may have it
        for site in sites:
            yield MissingTarget(site.node, _text(key), lack.owner, lack.name, lack.is_class, lack.nearest)


def _text(key: _Key) -> str:
    return key[0] or f"{key[1]}.{key[2]}"


def _is_patch(site: Site) -> bool:
    function = dotted_name(site.node.func) or ""
    if site.is_of_mocker(function):
        return function.partition(".")[2] in _PATCHES
    path = site.path(function) or ""
    known = mock_name(path)
    return known is not None and known[1] in _PATCHES or path in _FIXTURES


def _written(node: ast.Call) -> _Key:
    """Return what a call patches, in the form that the search of the text gives."""
    given = [*node.args, *(each.value for each in node.keywords if each.arg in {"target", "in_dict", "attribute"})]
    texts = [each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else "" for each in given[:2]]
    owner = dotted_name(given[0]) if given else None
    if owner is not None and len(texts) == 2:
        return "", owner, texts[1]
    return texts[0] if texts else "", "", ""


def _creates(node: ast.Call) -> bool:
    """Whether a patch makes what is not there, or may be told to."""
    return any(each.arg in {None, "create"} for each in node.keywords) or len(node.args) > 3


def _tested(module: ModuleSource, existence: Existence) -> list[tuple[str, str]]:
    """Return the modules that a file tests, with their files: the one it is named after, or the few that it imports."""
    found: dict[str, str] = {}
    paths = {value.path for value in module.frame.names.values() if isinstance(value, Shared)}
    subject = _subject(module)
    named = {path for path in paths if subject in path and subject in path.split(".")[-2:]}
    others = {path for path in paths if mock_name(f"{path}.patch") is None and not path.startswith(_TEST_TOOLS)}
    for path in sorted(named or (others if len(others) <= _FEW else ())):
        located = existence.locate(path)
        if located is not None:
            found[located[0]] = located[1]
    same = {name: path for name, path in found.items() if name.rpartition(".")[2] == subject}
    return list((same or found).items())


class _OwnName(NamedTuple):
    """What a tested module calls a thing of another module; ``siblings`` are the paths of all that it imports."""

    module: str
    name: str
    path: str
    siblings: Collection[str]

    def is_used(self, dotted: str, existence: Existence) -> bool:
        """Whether the module uses it, and nothing else of the other module that may look it up there in turn."""
        own = existence.skim(self.path)
        if own is None or not own.uses(self.name):
            return False
        owner, _, name = dotted.rpartition(".")
        if not any(sibling.startswith(f"{owner}.") and sibling != dotted for sibling in self.siblings):
            return True
        located = existence.locate(owner)
        other = existence.skim(located[1]) if located is not None and not located[2] else None
        return other is None or not other.uses(name)


def _own_names(patches: _Patches, existence: Existence) -> Iterator[tuple[str, _OwnName]]:
    """Yield the paths of what the tested modules import by name, where they import from the owner of a target."""
    owners = {target.rpartition(".")[0] for target in patches.targets.values()}
    for name, path in _tested(patches.module, existence):
        skim = existence.skim(path)
        if skim is None or not any(skim.imports_from(owner) for owner in owners if not owner.startswith(name)):
            continue
        imports = skim.imports
        paths = {own: absolute(imported, name, path) for own, imported in imports.items()}
        for own, dotted in paths.items():
            if "." in dotted and not dotted.startswith("sys.std"):  # `print` looks that one up in `sys`
                yield dotted, _OwnName(name, own, path, paths.values())


def _unreached(patches: _Patches, key: _Key, own: _OwnName) -> Iterator[UnreachedTarget]:
    """Yield the patches in tests of the module: by the name of the test file, or since they call the module."""
    is_its_test = own.module.rpartition(".")[2] == _subject(patches.module)
    for site in patches.sites(key):
        if is_its_test or _calls(site, own.module, patches.module):
            yield UnreachedTarget(site.node, _text(key), own.module, own.name)


def _subject(module: ModuleSource) -> str:
    """Return what a test file is named after: ``mail`` for ``test_mail.py``."""
    return module.file_name.removesuffix(".py").removeprefix("test_").removesuffix("_test")


def _calls(site: Site, name: str, module: ModuleSource) -> bool:
    """Whether the function that a patch stands in calls a function or class of a module."""
    for scope in site.around:
        if isinstance(scope, FunctionDef):
            text = module.text_of(scope)
            if any((site.path(called) or "").startswith(f"{name}.") for called in set(re.findall(_CALLED, text))):
                return True
    return False


def _is_elsewhere(beyond: Beyond, dotted: str) -> bool:
    """Whether another directory has something of the same first name, which may be the one meant."""
    top = dotted.partition(".")[0]
    found = set()
    for root in beyond.roots:
        if root in sys.path:
            continue
        for candidate in (os.path.join(root, top, "__init__.py"), os.path.join(root, top + ".py")):
            if is_file(candidate):
                found.add(os.path.realpath(candidate))
    return len(found) + (top in STDLIB) > 1
