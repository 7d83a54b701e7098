"""What another file seems to define, told from its text: parsing would cost too much to ask about every target.

In doubt a name is said to be there. What is said to be missing is for :mod:`definitions` to confirm.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from flake8_mockleak.model.files import stamp_of
from flake8_mockleak.model.slotted import slotted

if TYPE_CHECKING:
    from flake8_mockleak.model.definitions import Definitions

_MAX_KEPT = 48
"""Files."""

_DYNAMIC = (
    b"\ndef __getattr__",
    b"\n__getattr__",
    b"globals()",
    b"\npublic(",
    b"exec(",
    b"sys.modules",
    b"__path__",
    b"vars()",
    b"locals()",
    b"__import__(",
)
_FAKES = (b" = fake", b" = Fake", b" = stub", b" = Stub", b" = dummy", b" = Dummy")
HANDS_OUT_PATCHES = (b"return patch", b"return mock.patch")
_REPLACING = (
    *(b".start()", b"Mock", b"ExitStack", b"setattr(", b" = lambda", b"\nfrom .", b"contextmanager"),
    *_FAKES,
    *HANDS_OUT_PATCHES,
)
_SETS_ATTRIBUTES = ((b"setattr(", b"setattr(self,"), (b".__dict__", b"self.__dict__"))

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_IMPORT = re.compile(
    rb"\n(?:from[ \t]+(?P<module>[.\w]+)[ \t]+)?import[ \t]*(?P<names>\([^)]*\)|[^\n\\]*(?:\\\n[^\n\\]*)*)"
)
_COMMENT = re.compile(rb"#[^\n]*")
_NAMES = re.compile(rb"(?:\w+, )+")
_HARMLESS = re.compile(rb"\[[^\[\]]*\]|\bmetaclass[ \t]*=[ \t]*(?:abc\.)?ABCMeta\b")
_CLASS_HEAD = re.compile(rb"\nclass[ \t]+\w+[ \t]*(?:\((?P<bases>[^()]*)\))?[ \t]*:")
_NEXT_STATEMENTS = (b"\nclass ", b"\ndef ", b"\n@", b"\nasync def ")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_MODULE_STATEMENTS = (b"def ", b"class ", b"async def ")
_IMPORTS = (b"import ", b"from ")
_METHOD_STATEMENTS = (b"def", b"class", b"async def")
_BODY_INDENTS = (b"    ", b"\t", b"  ")


class ClassView(Protocol):
    """A class as a reader of its file sees it; its bases are ``None`` where they do not decide what it has."""

    @property
    def bases(self) -> tuple[str, ...] | None:
        """The names of the base classes."""

    @property
    def names(self) -> Collection[str]:
        """The names that the body binds, where the reader makes a list of them."""

    def has(self, name: str) -> bool:
        """Whether the class's own body binds a name."""


class Reader(Protocol):
    """A file that can be asked for what it defines."""

    @property
    def is_dynamic(self) -> bool:
        """Whether names may come into being that no statement of the file spells out."""

    @property
    def stars(self) -> tuple[str, ...]:
        """The modules that everything is imported from."""

    @property
    def names(self) -> Collection[str]:
        """The names of the module level, where the reader makes a list of them."""

    @property
    def imports(self) -> Mapping[str, str]:
        """The imported names with their dotted paths; a relative one begins with dots."""

    def binds(self, name: str) -> bool:
        """Whether the module level binds a name."""

    def imported(self, name: str) -> str | None:
        """Return the dotted path that a name is imported from; it begins with dots for a relative import."""

    def class_view(self, name: str) -> ClassView | None:
        """Return the class of that name, ``None`` if there is none or not only one."""


@slotted
class ClassText:
    """A class statement with its body."""

    data: bytes
    start: int
    end: int
    bases: tuple[str, ...] | None
    names: tuple[str, ...] = ()
    _methods: frozenset[bytes] | None = None

    def has(self, name: str) -> bool:
        """Whether the class's own body seems to bind a name."""
        if self._methods is None:
            self._methods = frozenset(_METHOD.findall(self.data, self.start, self.end))
        if name.encode() in self._methods:
            return True  # nearly always
        for line, at in _occurrences(self.data, name.encode(), self.start, self.end):
            before = self.data[line:at]
            if before.strip() in _METHOD_STATEMENTS:
                return True
            if before in _BODY_INDENTS and self.data[at + len(name) : at + len(name) + 3].lstrip()[:1] in b"=:,":
                return True
        return False


_METHOD = re.compile(rb" def (\w+)\(")


class Skim:
    """A file's text as a :class:`Reader`."""

    names: Collection[str] = ()

    def __init__(self, data: bytes) -> None:
        self._views: dict[str, ClassText | None] = {}
        self._bound: dict[str, bool] = {}
        self.data = b"\n" + (data.replace(b"\r\n", b"\n") if b"\r" in data else data)

    @cached_property
    def is_dynamic(self) -> bool:
        """Whether names may come into being that no statement of the text spells out."""
        data = self.data
        if any(word in data for word in _DYNAMIC):
            return True
        return any(word in data and data.count(word) > data.count(own) for word, own in _SETS_ATTRIBUTES)

    @cached_property
    def may_replace(self) -> bool:
        """Whether a function of the file may start a patch, or put a mock somewhere; or it gets them from another."""
        data = self.data
        return any(word in data for word in _REPLACING)

    @cached_property
    def _head(self) -> bytes:
        return _head(self.data)

    @cached_property
    def imports(self) -> Mapping[str, str]:
        """The names imported before the first class or function, with their dotted paths."""
        return dict(_imports(self._head))

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules that everything is imported from."""
        if b"import *" not in self.data:
            return ()
        return tuple(
            path.removesuffix("*").rstrip(".") or path[:-1] for name, path in _imports(self.data) if name == "*"
        )

    def binds(self, name: str) -> bool:
        """Whether the module level seems to bind a name."""
        if name not in self._bound:  # many tests patch the same
            self._bound[name] = self._seems_to_bind(name)
        return self._bound[name]

    def _seems_to_bind(self, name: str) -> bool:
        data = self.data
        for line, at in _occurrences(data, name.encode(), 0, len(data)):
            before = data[line:at]
            if not before or before in _MODULE_STATEMENTS or before.lstrip().startswith(_IMPORTS):
                return True
            if not before.strip() and data[at + len(name) : at + len(name) + 1] in b",)\n":
                return True  # a line of an import in parentheses
            if before[-2:] == b", " and _NAMES.fullmatch(before) is not None:
                return True  # of several names that get values
        return name in self.imports

    def imports_from(self, module: str) -> bool:
        """Whether names are imported from a module, as far as relative imports let that be told at a glance."""
        return b"\nfrom ." in self._head or b"\nfrom %s import " % module.encode() in self._head

    def uses(self, name: str) -> bool:
        """Whether the text has a name anywhere but in imports, comments and where it is defined."""
        data = self.data
        for line, at in _occurrences(data, name.encode(), 0, len(data)):
            before = data[line:at]
            listed = not before.strip() and data[at + len(name) : at + len(name) + 1] in b",)\n"
            binds = not before or before in _MODULE_STATEMENTS or before.lstrip().startswith(_IMPORTS)
            if not listed and not binds and b"#" not in before:
                return True
        return False

    def imported(self, name: str) -> str | None:
        """Return the dotted path of an import."""
        return self.imports.get(name)

    def class_view(self, name: str) -> ClassText | None:
        """Return the class of that name, if its statement begins a line and there is no other."""
        if name not in self._views:
            self._views[name] = self._find_class(name)
        return self._views[name]

    def _find_class(self, name: str) -> ClassText | None:
        token = b"\nclass " + name.encode()
        found = [at for at in occurrences_of(self.data, token) if _ends_word(self.data, at + len(token))]
        if len(found) != 1:
            return None
        end = len(self.data)
        for head in _NEXT_STATEMENTS:
            behind = self.data.find(head, found[0] + 1, end)
            end = behind if behind >= 0 else end
        return ClassText(self.data, found[0] + len(token), end, _bases(self.data, found[0]))


@slotted
class Kept:
    """The readers of a file as it was when it was read."""

    stamp: tuple[int, int]
    skim: Skim
    definitions: Definitions | None = None


_kept: OrderedDict[str, Kept] = OrderedDict()


def keep(path: str) -> Kept | None:
    """Return the readers of a file, which are kept for the next files that ask for them; ``None`` if it is not read."""
    stamp = stamp_of(path)
    if stamp is None:
        return None
    known = _kept.get(path)
    if known is not None and known.stamp == stamp:
        _kept.move_to_end(path)
        return known
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    _kept[path] = known = Kept(stamp, Skim(data))
    if len(_kept) > _MAX_KEPT:
        _kept.popitem(last=False)
    return known


def occurrences_of(data: bytes, token: bytes, start: int = 0, end: int | None = None) -> Iterator[int]:
    at = data.find(token, start, end)
    while at >= 0:
        yield at
        at = data.find(token, at + len(token), end)


def _ends_word(data: bytes, at: int) -> bool:
    return at >= len(data) or data[at] not in _WORD


def _occurrences(data: bytes, name: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where a whole word that is no attribute stands, and where its line begins."""
    for at in occurrences_of(data, name, start, end):
        if data[at - 1] not in _WORD and data[at - 1] != 46 and _ends_word(data, at + len(name)):
            yield data.rfind(b"\n", 0, at) + 1, at


def imports_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a text imports before its first class or function, with their dotted paths."""
    return _imports(_head(b"\n" + text.encode(errors="replace")))


def _head(data: bytes) -> bytes:
    """Return the text before the first class or function, where the imports are."""
    end = len(data)
    for head in _NEXT_STATEMENTS:
        found = data.find(head, 0, end)
        end = found if found >= 0 else end
    return data[:end]


def _imports(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield each imported name with its path."""
    for match in _IMPORT.finditer(data):
        names = _COMMENT.sub(b"", match["names"]).replace(b"\\\n", b" ").strip(b"() \t\r\n").decode(errors="replace")
        module = match["module"].decode(errors="replace") if match["module"] else ""
        for each in names.split(","):
            words = each.split()
            if len(words) not in (1, 3):
                continue
            if module:
                yield words[-1], f"{module}{'' if module.endswith('.') else '.'}{words[0]}"
            elif len(words) == 3:
                yield words[2], words[0]
            else:
                yield words[0].partition(".")[0], words[0].partition(".")[0]


def _bases(data: bytes, at: int) -> tuple[str, ...] | None:
    head = _CLASS_HEAD.match(data, at)
    if head is None:
        return None
    text = _HARMLESS.sub(b"", _COMMENT.sub(b"", head["bases"] or b"")).decode(errors="replace")
    bases = tuple(base.strip() for base in text.split(",") if base.strip())
    return bases if all(_DOTTED.fullmatch(base) for base in bases) else None
