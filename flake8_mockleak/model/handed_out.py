"""What a function of the code under test hands out, told from its text: a thing that others get too, or a new one.

What a test puts on the first, ``rpc.get_client().call = Mock()``, outlives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_mockleak.model.files import absolute
from flake8_mockleak.model.helper_texts import Find, FoundFunction, find_function
from flake8_mockleak.model.values import Instance, Shared

_RETURNED = rb"\n[ \t]+return\b([^\n#]*)"
_OF_SEVERAL_KINDS = rb"\n[ \t]+(?:async )?(?:def|class) |\byield\b"
_NAME_OR_ITEM = rb" ([A-Za-z_]\w*)((?:\[[\w.\"']+\])?)[ \t]*"
_NEW_OBJECT = rb" ([A-Z]\w*[a-z]\w*)\("
_FUNCTION_HEAD = rb"\n(?:async )?def (\w+)\("


class HandedOut(NamedTuple):
    """``value`` is the shared thing, or the new object; who says one of the ``words`` may put another in its place."""

    value: Shared | Instance
    words: frozenset[bytes] = frozenset()

    def may_be_renewed_in(self, text: bytes) -> bool:
        """Whether a text has one of the words."""
        return any(re.search(rb"\b%s\b" % word, text) is not None for word in self.words)


def handed_out(path: str, find: Find) -> HandedOut | None:
    """Return what the function of a dotted path hands out each time, ``None`` where that is not clear."""
    function = find_function(path, find)
    if function is None or re.search(_OF_SEVERAL_KINDS, function.text[1:]) is not None:
        return None
    returned = set(re.findall(_RETURNED, function.text))
    if len(returned) != 1:
        return None
    expression = returned.pop()
    if (new := re.match(_NEW_OBJECT, expression)) is not None:
        cls = _path_of(new[1].decode(), function)
        return HandedOut(Instance(Shared(cls))) if cls is not None else None
    plain = re.fullmatch(_NAME_OR_ITEM, expression)
    if plain is None or _is_local(plain[1], function.text):
        return None
    of = _path_of(plain[1].decode(), function)
    if of is None:
        return None
    words = {plain[1], *_functions_that_rebind(plain[1], function)} - {path.rpartition(".")[2].encode()}
    return HandedOut(Shared(of + plain[2].decode()), frozenset(words))


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


def _functions_that_rebind(name: bytes, function: FoundFunction) -> Iterator[bytes]:
    """Yield the functions of the file that give a global another value, or take something out of it."""
    data = function.skim.data
    heads = list(re.finditer(_FUNCTION_HEAD, data))
    rebinds = rb"\bglobal [^\n]*\b%s\b|\b%s\.(?:clear|pop)\(|\bdel %s\b" % (name, name, name)
    for head, end in zip(heads, [*(each.start() for each in heads[1:]), len(data)]):
        if re.search(rebinds, data[head.start() : end]) is not None:
            yield head[1]
