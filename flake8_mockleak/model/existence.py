"""Whether the thing that a dotted path names is there, as far as the files tell; nothing is imported for it."""

from __future__ import annotations

import builtins
import os
import re
from collections.abc import Collection
from difflib import get_close_matches
from enum import Enum
from importlib import import_module

from flake8_mockleak.model.beyond import MAX_FILES, MAX_HOPS, Beyond
from flake8_mockleak.model.definitions import Definitions
from flake8_mockleak.model.files import absolute, is_file
from flake8_mockleak.model.names import BUILTINS
from flake8_mockleak.model.skim import ClassView, Kept, Reader, Skim, keep
from flake8_mockleak.model.slotted import slotted
from flake8_mockleak.model.source import ModuleSource

_KNOWN_C_MODULES = frozenset({"time", "math", "itertools", "gc", "atexit", "zlib"})
_OF_SOME_SYSTEMS = r"tzset|clock_|CLOCK_|pthread_"
_STANDS_FOR = {"os.path": "posixpath"}
_GENERATED = r"(?i)_pb2|version|_ext|^_c|local_settings|settings_local|build|generated"


class Verdict(Enum):
    """Whether something is there."""

    PRESENT = "present"
    UNKNOWN = "unknown"
    MISSING = "missing"


@slotted
class Lack:
    """Where the search for a target ended."""

    owner: str = ""
    name: str = ""
    is_class: bool = False
    present: Collection[str] = ()

    @property
    def nearest(self) -> str:
        """The name most like it that is there; empty if there is none."""
        return next(iter(get_close_matches(self.name, self.present, n=1, cutoff=0.7)), "")


class Existence:
    """Looks for what one file names."""

    def __init__(self, module: ModuleSource, beyond: Beyond) -> None:
        self._module = module
        self._beyond = beyond
        self._path = os.path.abspath(module.path)
        self._tops: dict[str, str | None] = {}
        self._located: dict[str, tuple[str, str, list[str]] | None] = {}
        self._submodules: dict[tuple[str, str], str | None] = {}
        self._opened: dict[str, Kept | None] = {}
        self._exact = False
        self._lack = Lack()

    # Files

    def _top(self, name: str) -> str | None:
        if name not in self._tops:
            self._tops[name] = self._beyond.find(name)
        return self._tops[name]

    def locate(self, dotted: str) -> tuple[str, str, list[str]] | None:
        """Split a path into a module, its file and the names behind it; ``None`` if there is no such module."""
        owner, _, name = dotted.rpartition(".")
        if owner not in self._located:
            self._located[owner] = self._locate(owner) if owner else None
        known = self._located[owner]
        if known is None or not known[2] and known[1].endswith("__init__.py"):
            return self._locate(dotted)  # it may be a module
        return known[0], known[1], [*known[2], name]

    def _locate(self, dotted: str) -> tuple[str, str, list[str]] | None:
        dotted = _STANDS_FOR.get(dotted[:7], dotted[:7]) + dotted[7:] if f"{dotted}.".startswith("os.path.") else dotted
        parts = dotted.split(".")
        path = self._top(parts[0])
        if path is None:
            return None
        index = 1
        while index < len(parts) and path.endswith("__init__.py"):
            inner = self._submodule(path, parts[index], index < len(parts) - 2)
            if inner is None:
                break
            path = inner
            index += 1
        return ".".join(parts[:index]), path, parts[index:]

    def _submodule(self, package: str, name: str, may_be_package: bool) -> str | None:
        key = package, name
        if key not in self._submodules:
            base = f"{package[:-11]}{name}"
            candidates = [f"{base}.py", f"{base}{os.sep}__init__.py"]
            if may_be_package:
                candidates.reverse()  # the likely one first; where both exist, they do not differ for long
            self._submodules[key] = next(filter(is_file, candidates), None)
        return self._submodules[key]

    def skim(self, path: str) -> Skim | None:
        """Return the reader of a file's text; ``None`` if it cannot be read."""
        kept = self._open(path)
        return kept.skim if kept is not None else None

    def definitions(self, path: str) -> Definitions | None:
        """Return the exact reader of a file; ``None`` if it cannot be parsed."""
        kept = self._open(path)
        if kept is not None and kept.definitions is None:
            try:
                kept.definitions = Definitions(kept.skim.data[1:], kept.skim.is_dynamic)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return None
        return kept.definitions if kept is not None else None

    def _open(self, path: str) -> Kept | None:
        if path not in self._opened:
            if path == self._path:
                kept: Kept | None = Kept((0, 0), Skim(self._module.whole_text.encode(errors="replace")))
            elif len(self._opened) >= MAX_FILES:
                kept = None
            else:
                kept = keep(path)
            self._opened[path] = kept
        return self._opened[path]

    # Names

    def seems_missing(self, dotted: str) -> bool:
        """Whether something is not there as far as the text of the files tells, which is quick and in doubt says no."""
        self._exact = False
        return self._seek(dotted, MAX_HOPS) is Verdict.MISSING

    def lack(self, dotted: str) -> Lack | None:
        """Return what is not there, by the trees of the files; ``None`` if nothing lacks or that is not certain."""
        self._exact = True
        return self._lack if self._seek(dotted, MAX_HOPS) is Verdict.MISSING else None

    def _seek(self, dotted: str, hops: int) -> Verdict:
        if hops == 0:
            return Verdict.UNKNOWN
        located = self.locate(dotted)
        if located is None:
            return self._in_c_module(dotted)
        module, path, names = located
        if not names:
            return Verdict.PRESENT
        verdict = self._in_module(module, path, names, hops)
        if verdict is Verdict.MISSING and self._exact and self._is_hidden(module):
            return Verdict.UNKNOWN
        return verdict

    def _is_hidden(self, module: str) -> bool:
        """Whether a package on the way gives the name of a module in it to something else."""
        parts = module.split(".")
        return any(self._rebinds(".".join(parts[:end]), parts[end]) for end in range(1, len(parts)))

    def _rebinds(self, package: str, name: str) -> bool:
        located = self.locate(package)
        reader = self.definitions(located[1]) if located is not None else None
        if located is None or reader is None:
            return True
        imported = reader.imported(name)
        if imported is not None:
            return absolute(imported, package, located[1]) != f"{package}.{name}"
        if reader.binds(name) or reader.is_dynamic and self._spells(located[1], name):
            return True
        stars = (self.locate(absolute(star, package, located[1])) for star in reader.stars)
        readers = (self.skim(star[1]) for star in stars if star is not None)
        return any(star is None or star.binds(name) for star in readers)

    def _spells(self, path: str, name: str) -> bool:
        """Whether a file has a name in quotes, or as that of an argument."""
        skim = self.skim(path)
        word = re.escape(name).encode()
        return skim is None or re.search(rb"""["']%b["']|\b%b\s*=""" % (word, word), skim.data) is not None

    def _in_c_module(self, dotted: str) -> Verdict:
        module, _, name = dotted.partition(".")
        if module not in _KNOWN_C_MODULES or "." in name or re.match(_OF_SOME_SYSTEMS, name):
            return Verdict.UNKNOWN
        if name.startswith("__") or hasattr(import_module(module), name):
            return Verdict.PRESENT
        self._note(module, name, dir(import_module(module)))
        return Verdict.MISSING

    def _in_module(self, module: str, path: str, names: list[str], hops: int) -> Verdict:
        reader: Reader | None = self.definitions(path) if self._exact else self.skim(path)
        if reader is None or hops == 0:
            return Verdict.UNKNOWN
        name, *rest = names
        if not rest and (name in BUILTINS or name.startswith("__")):
            return Verdict.PRESENT  # mock puts a builtin in any module
        if rest:
            view = reader.class_view(name)
            imported = reader.imported(name) if view is None or self._exact else None
            if view is not None and imported is None:
                return self._in_class(module, path, reader, view, name, rest, hops)
            if view is None and imported is not None:
                return self._seek(".".join([absolute(imported, module, path), *rest]), hops - 1)
        if reader.binds(name):
            return Verdict.UNKNOWN if rest else Verdict.PRESENT
        if path.endswith("__init__.py") and _is_beside(path, name):
            return Verdict.PRESENT
        if reader.is_dynamic or rest and re.search(_GENERATED, name):
            return Verdict.UNKNOWN
        if rest and path.endswith("__init__.py"):
            return Verdict.UNKNOWN  # a module that is not here may be generated, or left out of a build's sandbox
        present = list(reader.names)
        for star in reader.stars:
            source = absolute(star, module, path)
            located = self.locate(source)
            if located is None or located[2]:
                return Verdict.UNKNOWN
            verdict = self._seek(".".join([source, *names]), hops - 1)
            if verdict is not Verdict.MISSING:
                return verdict
            present += self._lack.present
        self._note(module, name, present)
        return Verdict.MISSING

    def _note(self, owner: str, name: str, names: Collection[str], is_class: bool = False) -> None:
        owner = next((path for path, stands_for in _STANDS_FOR.items() if stands_for == owner), owner)
        self._lack = Lack(owner, name, is_class, names)

    def _in_class(
        self, module: str, path: str, reader: Reader, view: ClassView, class_name: str, names: list[str], hops: int
    ) -> Verdict:
        name = _unmangled(names[0], class_name)
        if len(names) > 1 or hops == 0:
            return Verdict.UNKNOWN
        if view.has(name) or name.startswith("__") and name.endswith("__"):
            return Verdict.PRESENT
        if view.bases is None or reader.is_dynamic:
            return Verdict.UNKNOWN
        for base in view.bases:
            verdict = self._in_base(module, path, reader, base, names[0], hops)
            if verdict is not Verdict.MISSING:
                return verdict
        self._note(f"{module}.{class_name}", names[0], view.names, is_class=True)
        return Verdict.MISSING

    def _in_base(self, module: str, path: str, reader: Reader, base: str, name: str, hops: int) -> Verdict:
        top = base.partition(".")[0]
        known = getattr(builtins, base, None)
        if isinstance(known, type) and not reader.binds(base):
            return Verdict.PRESENT if hasattr(known, name) else Verdict.MISSING
        imported = reader.imported(top)
        if imported is not None:
            dotted = absolute(imported, module, path) + base[len(top) :]
            if dotted in {"abc.ABC", "typing.Generic"}:
                return Verdict.MISSING
            return self._seek(f"{dotted}.{name}", hops - 1)
        view = reader.class_view(base)
        if view is None:
            return Verdict.UNKNOWN
        return self._in_class(module, path, reader, view, base, [name], hops - 1)


def _unmangled(name: str, class_name: str) -> str:
    """Return the name as it stands in the class body: ``__run`` for ``_Server__run``."""
    prefix = f"_{class_name.lstrip('_')}"
    return name[len(prefix) :] if name.startswith(f"{prefix}__") else name


def _is_beside(path: str, name: str) -> bool:
    """Whether a package has a file of that name, of whatever kind: an extension module, or the source of one."""
    try:
        return any(entry.partition(".")[0] == name for entry in os.listdir(os.path.dirname(path)))
    except OSError:
        return True
