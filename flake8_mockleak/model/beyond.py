"""What only another file can tell. One door, lazy, cached, bounded; silent where it cannot know.

Other files are found on the disk and parsed, never imported or run.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from flake8_mockleak.model.files import (
    environment_roots,
    find_module,
    has_project_mark,
    is_file,
    project_roots,
    stamp_of,
)
from flake8_mockleak.model.inference import Inferred, Session, infer_base, infer_name
from flake8_mockleak.model.names import STDLIB, mock_name
from flake8_mockleak.model.parsed import Parsed, end_of_function, read
from flake8_mockleak.model.source import ClassSource, ModuleSource
from flake8_mockleak.model.triggers import speaks_of_mocks
from flake8_mockleak.model.values import UNKNOWN, Class, Constant, Instance, MockObject, Shared, Value, contents
from flake8_mockleak.model.wellknown import UNDO_NOTHING

MAX_FILES = 300
"""Other files read for one linted file; beyond that, nothing more is known."""

MAX_BYTES = 20_000_000
"""Text of other files read for one question about one linted file; beyond that, nothing more is known."""

MAX_HOPS = 12
"""Re-exports followed for one name."""


class Evidence(NamedTuple):
    """What an answer rests on: where modules were found, and the files read with their stamps."""

    found: dict[str, str | None]
    read: dict[str, tuple[int, int] | None]


class Beyond:
    """The other files of the linted one's project and environment.

    ``execute`` runs the module level of a file that was parsed; it is handed in, for the executor asks this class in
    turn. The linted file itself is ``module``: its buffer stands for what is on the disk. ``parsed`` are the files
    that another door has parsed for the same linted file.
    """

    def __init__(
        self,
        module: ModuleSource,
        execute: Callable[[ModuleSource], None],
        parsed: dict[str, Parsed | None] | None = None,
        roots: tuple[str, ...] | None = None,
    ) -> None:
        self._execute = execute
        self._parsed = {} if parsed is None else parsed
        path = os.path.abspath(module.path)
        self._modules: dict[str, ModuleSource | None] = {path: module}
        self._path = path
        self.roots = tuple(_roots(path)) if roots is None else roots
        self._resolved: dict[str, Value | None] = {}
        self._session = Session()
        self._bases: dict[tuple[str, int, int], Value | None] = {}
        self._found: dict[str, str | None] = {}
        self._adopted: dict[str, tuple[int, int] | None] = {}
        self._bytes = 0
        self._gave_buffer = False
        self._others: list[Beyond] = []

    def anew(self) -> Beyond:
        """Return a door to the same files that has opened none yet. It is closed with this one."""
        module = self._modules[self._path]
        assert module is not None
        self._others.append(Beyond(module, self._execute, self._parsed, self.roots))
        return self._others[-1]

    def close(self) -> None:
        """Take apart what was read, so that it is freed at once and not left to the garbage collector."""
        for module in filter(None, self._modules.values()):
            module.dissolve()
        for other in self._others:
            other.close()

    def evidence(self) -> Evidence | None:
        """Return what the answers so far rest on; ``None`` if on the linted file itself, which is not on the disk."""
        if self._gave_buffer:
            return None
        read = {path: stamp_of(path) for path in self._modules if path != self._path}
        return Evidence(dict(self._found), self._adopted | read)

    def adopt(self, evidence: Evidence | None) -> None:
        """Take over what another answer rests on: an answer built on it rests on the same."""
        if evidence is None:
            self._gave_buffer = True
            return
        self._found.update(evidence.found)
        self._adopted.update(evidence.read)

    def confirms(self, evidence: Evidence) -> bool:
        """Whether the same files would be found and read today."""
        return all(self.find(dotted) == path for dotted, path in evidence.found.items()) and all(
            stamp_of(path) == stamp for path, stamp in evidence.read.items()
        )

    # Files

    def find(self, dotted: str) -> str | None:
        """Return the file of a module, or ``None``."""
        if dotted not in self._found:
            self._found[dotted] = find_module(dotted, self.roots)
        return self._found[dotted]

    def are_other_things(self, dotted: str, other: str) -> bool:
        """Whether two paths are known to be different modules or classes, so that they share no attribute."""
        if dotted == other:
            return False
        path, other_path = self.find(dotted), self.find(other)
        if path is not None and other_path is not None:
            return path != other_path and self._are_other_files(dotted, path, other, other_path)
        if (path is not None or dotted in STDLIB) and (other_path is not None or other in STDLIB):
            return self._are_other_names(dotted, path, other, other_path)
        one, two = self._class_at(dotted), self._class_at(other)
        if one is not None and two is not None:
            return not (one.bases or two.bases) and one is not two
        return (one is not None and other_path is not None) or (two is not None and path is not None)

    def _are_other_names(self, dotted: str, path: str | None, other: str, other_path: str | None) -> bool:
        """Whether a module that has no file, as ``time``, is not the other: all know it by that name."""
        if dotted.rpartition(".")[2] == other.rpartition(".")[2]:
            return False
        found = ((dotted, path), (other, other_path))
        return not any(self._may_stand_for_another(name, file) for name, file in found if file is not None)

    def _class_at(self, dotted: str) -> ClassSource | None:
        found = self.resolve(dotted) if self.find(dotted) is None else None
        return found.source if isinstance(found, Class) else None

    def _are_other_files(self, dotted: str, path: str, other: str, other_path: str) -> bool:
        """Whether modules have files of their own, and neither is made to stand for another module."""
        return not (self._may_stand_for_another(dotted, path) or self._may_stand_for_another(other, other_path))

    def _may_stand_for_another(self, dotted: str, path: str) -> bool:
        """Whether a module puts another in its place, or its package has something else by its name."""
        package, _, name = dotted.rpartition(".")
        above = self.find(package) if package else None
        texts = [module.whole_text if (module := self.load(each)) else None for each in (path, above) if each]
        if None in texts or any("sys.modules" in text or "__getattr__" in text for text in texts if text):
            return True
        return len(texts) > 1 and re.search(rf"(?<![.\w]){name}\b", texts[1] or "") is not None

    def load(self, path: str) -> ModuleSource | None:
        """Return a parsed file with its module level run, or ``None`` if it cannot be read."""
        if path in self._modules:
            self._gave_buffer |= path == self._path
            return self._modules[path]
        if len(self._modules) >= MAX_FILES or self._bytes >= MAX_BYTES:
            return None
        self._modules[path] = None  # while it is being loaded: an import cycle ends here
        if path not in self._parsed:
            self._parsed[path] = read(path)
        parsed = self._parsed[path]
        if parsed is None:
            return None
        self._bytes += parsed.size
        module = ModuleSource(parsed.tree, parsed.lines, path, parsed.searched)
        self._modules[path] = module
        self._execute(module)
        return module

    def text_of_function(self, dotted: str) -> str:
        """Return the text of a function, or of the first method of that name in its file; empty if it is not found."""
        owner, _, name = dotted.rpartition(".")
        path = self.find(owner) or self.find(owner.rpartition(".")[0])
        module = self.load(path) if path is not None else None
        text = "\n" + module.whole_text if module is not None else ""
        head = re.search(rf"\n(?P<indent>[ \t]*)(?:async[ \t]+)?def[ \t]+{re.escape(name)}\b", text)
        return text[head.start() : end_of_function(text, head)] if head is not None else ""

    # Names

    def resolve(self, dotted: str) -> Value | None:
        """Return what a dotted path stands for; ``None`` if that is not to be found out.

        The result is a class or function of another file, a mock, or whatever else its module level makes of it.
        """
        return self._resolve(dotted, MAX_HOPS)

    def _resolve(self, dotted: str, hops: int) -> Value | None:
        if dotted not in self._resolved:
            self._resolved[dotted] = None  # while it is looked for: imports in a circle end here
            self._resolved[dotted] = self._look_up(dotted, hops)
        return self._resolved[dotted]

    def _look_up(self, dotted: str, hops: int) -> Value | None:
        if hops == 0:
            return None
        module, names = self._home(dotted)
        return self._member(module, names, hops) if module is not None else None

    def _home(self, dotted: str) -> tuple[ModuleSource | None, list[str]]:
        """Return the file that a dotted path leads into, and the names that are left to be looked up there."""
        parts = dotted.split(".")
        for split in range(len(parts) - 1, 0, -1):
            path = self.find(".".join(parts[:split]))
            if path is not None:
                return self.load(path), parts[split:]
        return None, []

    def may_hold_mocks(self, dotted: str) -> bool:
        """Whether the file that a dotted path leads into could hold a mock: it is one for tests, or speaks of mocks."""
        module, _ = self._home(dotted)
        return module is not None and speaks_of_mocks(module.whole_text, module.path)

    def _member(self, module: ModuleSource, names: list[str], hops: int) -> Value | None:
        value = module.frame.names.get(names[0])
        if value is None:
            for star in module.star_imports:
                found = self._resolve(".".join([star, *names]), hops - 1)
                if found is not None:
                    return found
            return None
        if value is UNKNOWN and len(names) == 1:
            return self._inferred(infer_name(self._session, module, self.roots, names[0])) or UNKNOWN
        rest = names[1:]
        if isinstance(value, Shared):
            return self._resolve(".".join([value.path, *rest]), hops - 1) or Shared(".".join([value.path, *rest]))
        for name in rest:
            of = value.of if isinstance(value, Instance) else value
            found = of.source.attributes.get(name) or of.source.find_method(name) if isinstance(of, Class) else None
            value = found or UNKNOWN
        return value

    # Classes

    def _inferred(self, found: Inferred | None) -> Value | None:
        """Return the class, function or instance that astroid names."""
        if found is None:
            return None
        if mock_name(found.qualified_name) is not None:
            return MockObject() if found.is_instance else None
        module = self.load(found.path)
        value = module.frame.names.get(found.name) if module is not None else None
        if value is None:
            return None
        return Instance(value) if found.is_instance else value

    def inferred_base(self, source: ClassSource, index: int) -> Class | None:
        """Return the class that a base which is no plain name comes down to: ``class Test(make_base()):``."""
        base = source.node.bases[index]
        if isinstance(base, ast.Name) and source.module.names(base.id) == 1 and not source.module.star_imports:
            return None  # nothing gives it a value
        key = source.module.path, source.node.lineno, index
        if key not in self._bases:
            self._bases[key] = self._inferred(infer_base(self._session, source.module, self.roots, *key[1:]))
        found = self._bases[key]
        return found if isinstance(found, Class) else None

    def base_class(self, base: Value) -> Class | None:
        """Return the class of another file that a base names, where its body can be read."""
        if isinstance(base, Shared):
            found = self.resolve(base.path)
            return found if isinstance(found, Class) else None
        return None

    def canonical(self, path: str) -> str:
        """Return the path that a name was first defined by, through the re-exports on the way."""
        found = self.resolve(path)
        if isinstance(found, Shared):
            return found.path
        if isinstance(found, Class):
            return f"{found.source.module.name}.{found.source.name}"
        return path

    # conftest.py

    def conftests(self) -> Iterator[tuple[str, ModuleSource | None]]:
        """Yield the ``conftest.py`` files that pytest reads for the linted file, nearest first.

        Each is its path and, if it can be read and no bound is hit, the parsed file.
        """
        for path in self.paths_of_conftests():
            yield path, self.load(path)

    def paths_of_conftests(self) -> Iterator[str]:
        """Yield the paths of those files."""
        directory = os.path.dirname(self._path)
        while True:
            candidate = os.path.join(directory, "conftest.py")
            if candidate != self._path and is_file(candidate):
                yield candidate
            parent = os.path.dirname(directory)
            if parent == directory or has_project_mark(directory):
                return
            directory = parent

    def fixture_files(self, own: ModuleSource) -> Iterator[ModuleSource | None]:
        """Yield the files that the linted one has fixtures from: ``conftest.py``, and what they and it import.

        One that is there and cannot be read, or not any more, is ``None``.
        """
        conftests = [module for _, module in self.conftests()]
        yield from conftests
        asked = {argument.arg for function in own.all_functions() for argument in function.args.args}
        read = (own, *filter(None, conftests))
        named = dict.fromkeys(name for module in read for name in _fixture_imports(module, asked))
        for path in filter(None, map(self.find, named)):
            module = self.load(path) if path != self._path else own
            if module is None or module not in read and "fixture" in module.whole_text:
                yield module


def _fixture_imports(module: ModuleSource, asked: Collection[str]) -> Iterator[str]:
    """Yield the modules that a file seems to import fixtures from, or names as plugins of pytest."""
    plugins = module.frame.names.get("pytest_plugins", UNKNOWN)
    yield from (each.value for each in contents(plugins) if isinstance(each, Constant) and isinstance(each.value, str))
    yield from module.star_imports
    for name, value in module.frame.names.items():
        if isinstance(value, Shared) and (name in asked or "fixture" in value.path):
            yield value.path.rpartition(".")[0]


def link(source: ClassSource, beyond: Beyond, known: Callable[[Value], bool]) -> bool:
    """Put the bases that stand in other files in the place of their names, all the way up.

    Returns whether every base is known, either by its body or because ``known`` says so.
    """
    complete = True
    seen: set[int] = set()
    pending = [source]
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        for index, base in enumerate(current.bases):
            if not isinstance(base, Class) and not known(base):
                found = beyond.base_class(base) or (beyond.inferred_base(current, index) if base is UNKNOWN else None)
                if found is None:
                    undoes_nothing = isinstance(base, Shared) and beyond.canonical(base.path) in UNDO_NOTHING
                    complete = complete and undoes_nothing
                    continue
                defined = Shared(f"{found.source.module.name}.{found.source.name}")
                base = defined if known(defined) else found  # a framework's own code need not be run
                current.link(index, base)
            if isinstance(base, Class):
                pending.append(base.source)
    return complete


def _roots(path: str) -> Iterator[str]:
    """Yield the directories that imports of the file start from: the project's own first."""
    yield from project_roots(os.path.dirname(path), os.getcwd())
    yield from environment_roots(tuple(sys.path))
