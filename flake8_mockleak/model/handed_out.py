"""What a function of the code under test hands out, told from its text: a thing that others get too, or a new one.

What a test puts on the first, ``rpc.get_client().call = Mock()``, outlives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_mockleak.model.files import absolute, module_name
from flake8_mockleak.model.helper_texts import (
    Find,
    FoundFunction,
    find_function,
    open_module,
    pieces,
    text_of_function_in,
)
from flake8_mockleak.model.skim import Skim
from flake8_mockleak.model.values import Container, Instance, Shared, Value, members, union

_RETURNED = rb"\n[ \t]+return\b([^\n#]*)"
_OF_SEVERAL_KINDS = rb"\n[ \t]+(?:async )?(?:def|class) |\byield\b"
_NAME_OR_ITEM = rb" ([A-Za-z_]\w*)((?:\.[A-Za-z]\w*)?)((?:\[[\w.\"']+\])?)[ \t]*"
_CLASS = rb" ([A-Z]\w*[a-z]\w*)[ \t]*"
_NEW_OBJECT = rb" ([A-Z]\w*[a-z]\w*)\("
_CACHES = rb"\n@(?:functools\.)?(?:lru_)?cache\b[^\n]*$"
_MAKES_A_FIXTURE = rb"\n@(?:pytest\.)?fixture\b[^\n]*$"
_LONGEST_DECORATOR = 200
"""Characters."""
_TAKES_NOTHING = b"()"
_GIVEN = rb"\n[ \t]+(?:return|yield)[ \t]+([^\n#]+)"
_DOTTED = rb"[A-Za-z_][\w.]*"
_EMPTY = (b"[]", b"list()")
_DOES_MORE = rb"patch(?:\b|\()|Mock|finally|inalizer|copy|\bwith\b|\n[ \t]+(?:async )?def "
_MAY_STOP = rb"stop|undo|__exit__|leanup|inalizer"
_FUNCTION_HEAD = rb"\n(?:async )?def (\w+)\("


class HandedOut(NamedTuple):
    """``value`` is the shared thing, or the new object; who says one of the ``words`` may put another in its place.

    ``source`` is the text of the fixture that gives it, or of a function that takes it from another module.
    """

    value: Value
    words: frozenset[bytes] = frozenset()
    source: bytes = b""

    @property
    def is_shared(self) -> bool:
        """Whether all callers get the same."""
        return all(isinstance(each, Shared) for each in members(self.value))

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of what is shared."""
        return tuple(each.path for each in members(self.value) if isinstance(each, Shared))

    def may_be_renewed_in(self, text: bytes) -> bool:
        """Whether a text has one of the words, but for that of the function itself."""
        text = self.taken_out_of(text)
        return any(re.search(rb"\b%s\b" % word, text) is not None for word in self.words)

    def taken_out_of(self, text: bytes) -> bytes:
        """Return a text without that of the fixture or function."""
        return text.replace(self.source, b"") if self.source else text


def handed_out(path: str, find: Find) -> HandedOut | None:
    """Return what the function of a dotted path hands out each time, ``None`` where that is not clear."""
    function = find_function(path, find)
    if function is None or re.search(_OF_SEVERAL_KINDS, function.text[1:]) is not None:
        return None
    returned = set(re.findall(_RETURNED, function.text))
    if len(returned) > 1:
        return _one_of_several_classes(returned, function)
    expression = returned.pop() if returned else b""
    name = path.rpartition(".")[2]
    if (new := re.match(_NEW_OBJECT, expression)) is not None:
        if _is_decorated(_CACHES, function.text, function.skim.data):
            return HandedOut(Shared(f"{function.module}.{name}()"), frozenset({b"cache_clear"}))
        cls = _path_of(new[1].decode(), function)
        return HandedOut(Instance(Shared(cls))) if cls is not None else None
    plain = re.fullmatch(_NAME_OR_ITEM, expression)
    if plain is None or _is_local(plain[1], function.text):
        return None
    of = _path_of(plain[1].decode(), function)
    if of is None:
        return None
    root, skim, source = plain[1], function.skim, b""
    if plain[2]:  # `return api.client`: a global of another module
        _, other = open_module(of, find)
        if other is None:
            return None
        root, skim, source = plain[2][1:], other, function.text
    words = {root, *_functions_that_rebind(root, skim.data)} - {name.encode()}
    shared = of + (plain[2] + plain[3]).decode()
    return HandedOut(Shared(shared), frozenset(words), source)


def given_by_fixture(name: str, file: str, skim: Skim) -> HandedOut | None:
    """Return what a fixture of a ``conftest.py`` gives without a word of putting it back, ``None`` if not clear.

    It is something that the file imports, or a list for what the test likes to put in it.
    """
    text = text_of_function_in(name, skim.data)
    if not text or not _is_decorated(_MAKES_A_FIXTURE, text, skim.data) or re.search(_DOES_MORE, text) is not None:
        return None
    given = re.search(_GIVEN, text)
    if given is None or _TAKES_NOTHING not in text[: text.find(b":")]:
        return None
    expression = given[1].strip()
    assigned = re.findall(rb"\n[ \t]+%s = ([^\n#]+)" % re.escape(expression), text)
    if len(assigned) == 1:
        expression = assigned[0].strip()
    if expression in _EMPTY:
        return HandedOut(Container([])) if re.search(_MAY_STOP, skim.data) is None else None
    if text[given.end() :].strip():
        return None  # what is done behind the test may be just that
    root, dot, rest = expression.decode().partition(".")
    imported = skim.imported(root)
    if imported is None or len(assigned) > 1 or re.fullmatch(_DOTTED, expression) is None:
        return None
    return HandedOut(Shared(f"{absolute(imported, module_name(file), file)}{dot}{rest}"), source=text)


def _one_of_several_classes(returned: set[bytes], function: FoundFunction) -> HandedOut | None:
    """Return the classes that a function chooses from: ``return StripeClient`` here, ``return PaypalClient`` there."""
    names = [found[1].decode() for each in returned if (found := re.fullmatch(_CLASS, each)) is not None]
    paths = [_path_of(name, function) for name in names if not _is_local(name.encode(), function.text)]
    known = [path for path in paths if path is not None]
    return HandedOut(union(map(Shared, sorted(known)))) if len(known) == len(returned) else None


def _is_decorated(by: bytes, text: bytes, data: bytes) -> bool:
    """Whether the line above a function of a file is such a decorator."""
    at = data.find(text)
    return re.search(by, data[max(0, at - _LONGEST_DECORATOR) : at]) is not None


def _path_of(name: str, function: FoundFunction) -> str | None:
    """Return the path of a name that the function's file binds at its module level, ``None`` if it binds none."""
    imported = function.skim.imported(name)
    if imported is not None:
        return absolute(imported, function.module, function.file)
    return f"{function.module}.{name}" if function.skim.binds(name) else None


def _is_local(name: bytes, text: bytes) -> bool:
    """Whether a function gives a name its value, or gets it as a parameter; a global only where it has none yet."""
    if re.search(rb"\bglobal [^\n]*\b%s\b" % name, text) is not None:
        return re.search(rb"\bif [^\n]*\b%s\b" % name, text) is None
    head = text[: text.find(b":\n")]
    binds = rb"\b%s(?:, ?\w+)*(?: ?:[^=\n]+)? :?= |\b(?:for|as) [^\n:]*\b%s\b" % (name, name)
    return re.search(rb"\b%s\b" % name, head) is not None or re.search(binds, text) is not None


def _functions_that_rebind(name: bytes, data: bytes) -> Iterator[bytes]:
    """Yield the functions of a file that give a global another value, or take something out of it."""
    rebinds = rb"\bglobal [^\n]*\b%s\b|\b%s\.(?:clear|pop)\(|\bdel %s\b" % (name, name, name)
    for head, text in pieces(re.finditer(_FUNCTION_HEAD, data), data):
        if re.search(rebinds, text) is not None:
            yield head[1]
