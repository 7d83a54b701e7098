"""What a helper of another file seems to do, told from its text: to run the bases of a test case costs far more."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from flake8_mockleak.model.files import absolute
from flake8_mockleak.model.lifetime import PLAIN_CASE_HOOKS
from flake8_mockleak.model.skim import HANDS_OUT_PATCHES, ClassText, Skim, keep, occurrences_of

# A function or class of the module level, or a method; what stands in a function belongs to it.
_STATEMENT = rb"\n(?P<indent>(?:    |\t)?)(?P<kind>(?:async )?def|class) (?P<name>\w+)"

Find = Callable[[str], str | None]
"""Finds the file of a module by its dotted name."""

_MAX_STEPS = 12
_CLEANS_UP = rb"leanup|inalizer|seFixture|enterContext"
_CLEANS_UP_IF = rb"\n[ \t]+if \w+(?: is not None)?:[ \t]*(?:#.*)?\n[ \t]+[\w.]*(?:leanup|inalizer)"
_STOPS = rb"leanup|inalizer|[eE]nter_?[cC]ontext|seFixture"
_REPLACES = (
    rb"(?m)^[ \t]+(?:(?!self\.|cls\.)[a-zA-Z_][\w.]*\.\w+ = (?:lambda\b|[\w.]*Mock\("
    rb"|[\w.]*(?:[fF]ake|[sS]tub|[dD]ummy))|setattr\((?!self\b)|sys\.modules\[[^\]\n]*\] = "
    rb"|(?!self\.|cls\.)[a-zA-Z_][\w.]*\[[^\]\n]*\] = [A-Z]\w*[a-z]\w*(?:\(\))?[ \t]*(?:#.*)?$)"
)
_PUTS_BACK = rb"undo|lean_?[uU]p|inalizer|seFixture|nter_?[cC]ontext|stop|lose|__exit__|estore|(?:set|del)attr\("
_SETS = rb"\n[ \t]+(?:\w+ = )?(?!self\.|cls\.)[a-zA-Z_][\w.]*\.\w+ = "
_AROUND_TESTS = frozenset({"run", "debug"})
_PUTS_A_CLASS = rb"\] = [A-Z]\w*[a-z]"
NO_TEST_CASE = ((), ("object",))
"""The bases of a class that is no test case."""
_ITEM = rb"[ \t]+(?:(?!self\.|cls\.)[a-z_]\w*\.[\w.]+|[A-Z][A-Z_]+)\[\w+$"
_PUTS_A_NAME = rb"\] = ([a-z]\w*)[ \t]*(?=\n|#|$)"
_BY_HAND = (b"Mock(", b"lambda", b"setattr(", b"ake", b"tub", b"ummy", b"sys.modules[")
_STARTED = rb"(\w*)\)?\.start\(\)"
_MAKES_PATCH = rb"(?<![a-zA-Z])patch(?:\.\w+)?\("
_MONKEYPATCH = b"MonkeyPatch()"
_STARTING = (b".start()", b"ExitStack()", _MONKEYPATCH)


def makes_patch(text: bytes) -> bool:
    """Whether a function makes a patch."""
    return b"patch" in text and re.search(_STOPS, text) is None


def replaces(text: bytes) -> bool:
    """Whether a function replaces something, or makes a patch, and leaves to its caller what becomes of it."""
    if re.search(_CLEANS_UP, text) is not None and re.search(_CLEANS_UP_IF, text) is None:
        return False
    if b"yield" in text:
        return _may_leave_on_failure(text)
    if b"patch" in text and any(word in text for word in (*_STARTING, *HANDS_OUT_PATCHES)):
        return True
    if _MONKEYPATCH in text and b".undo" not in text:
        return True
    return re.search(_REPLACES, text) is not None or _puts_what_it_is_given(text)


def puts_a_name(data: bytes) -> bool:
    """Whether a file puts what a name stands for in a container."""
    return any(True for _ in assigned(data, _PUTS_A_NAME, _ITEM))


def _puts_what_it_is_given(text: bytes) -> bool:
    """Whether a function puts a parameter somewhere: ``shop.STORES[name] = store``."""
    head = text[: text.find(b":\n")]
    return any(re.search(rb"[(, ]%s\b" % put[1], head) is not None for put in assigned(text, _PUTS_A_NAME, _ITEM))


def assigned(data: bytes, value: bytes, target: bytes) -> Iterator[re.Match[bytes]]:
    """Yield where such a value is assigned to such a target. Values are rare, so they are searched for first."""
    for put in re.finditer(value, data):
        begin = data.rfind(b"\n", 0, put.start()) + 1
        if re.match(target, data[begin : put.start()]) is not None:
            yield put


def pieces(starts: Iterable[re.Match[bytes]], text: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Yield the beginnings of functions with the text from each to the next."""
    found = list(starts)
    for start, end in zip(found, [*(each.start() for each in found[1:]), len(text)]):
        yield start, text[start.start() : end]


def methods_that_put_back(view: ClassText) -> frozenset[str] | None:
    """Return the methods that have a word of putting back what a class replaces, and that nothing of the class calls.

    ``None`` if it may be put back without a call from outside.
    """
    text = view.data[view.start : view.end]
    if len(re.findall(_SETS, text)) > 1:
        return None
    starts = [start for start in re.finditer(_STATEMENT, text) if start["indent"]]
    found: set[str] = set()
    for start, method in pieces(starts, text):
        if re.search(_PUTS_BACK, method) is None:
            continue
        name = start["name"].decode()
        is_hook = name != "cleanUp" and (name in PLAIN_CASE_HOOKS or name in _AROUND_TESTS or name.startswith("__"))
        if is_hook or len(re.findall(rb"(?<!super\(\)\.)\b%s\b" % start["name"], text)) > 1:
            return None
        found.add(name)
    is_told_elsewhere = re.search(_PUTS_BACK, text[: starts[0].start()] if starts else text) is not None
    return None if is_told_elsewhere else frozenset(found)


def hides_teardowns(view: ClassText) -> bool:
    """Whether a teardown of a class does not call that of the next one."""
    names = (name for name in ("tearDown", "tearDownClass", "asyncTearDown"))
    texts = (_text_of(name, view.data, view.start, view.end) for name in names)
    return any(text and b"super(" not in text for text in texts)


def _may_leave_on_failure(text: bytes) -> bool:
    """Whether a generator may replace something, and put it back behind its ``yield`` where nothing sees to that."""
    if b"finally" in text or b" with " in text:
        return False
    return b".stop()" in text or text.count(b"setattr(") > 1 or len(re.findall(_SETS, text)) > 1


class FoundFunction(NamedTuple):
    """A function in the file of a module."""

    module: str
    file: str
    skim: Skim
    text: bytes


def find_function(path: str, find: Find) -> FoundFunction | None:
    """Return a function of another file, by its dotted path, through the imports on the way; ``None`` if not found."""
    for _ in range(_MAX_STEPS):
        module, _, name = path.rpartition(".")
        file, skim = open_module(module, find)
        if skim is None:
            break
        text = _text_of(name, skim.data, 0, len(skim.data))
        imported = skim.imported(name)
        if text:
            return FoundFunction(module, file, skim, text)
        if imported is None:
            break
        path = absolute(imported, module, file)
    return None


def starts_for_good(function: FoundFunction | None) -> bool:
    """Whether a function starts a patch, its own or one of the module level, with no word of stopping it."""
    started = re.search(_STARTED, function.text) if function is not None else None
    if function is None or started is None or re.search(_PUTS_BACK, function.text) is not None:
        return False
    if re.search(_MAKES_PATCH, function.text) is not None:
        return True
    return re.search(rb"\n%s = [\w.]*(?<![a-zA-Z])patch\b" % re.escape(started[1]), function.skim.data) is not None


def text_of_function(path: str, find: Find) -> bytes:
    """Return the text of a function of another file, by its dotted path; empty if it is not found."""
    function = find_function(path, find)
    return function.text if function is not None else b""


def text_of_function_in(name: str, data: bytes) -> bytes:
    """Return the text of a function of the module level, by the text of its file; empty if there is none."""
    text = _text_of(name, data, 0, len(data))
    return text if text.startswith((b"\ndef ", b"\nasync def ")) else b""


def text_of_method(name: str, bases: Iterable[str], find: Find) -> bytes:
    """Return the text of the method that a class inherits from bases in other files; empty if it is not found."""
    for found in classes_of(bases, find):
        text = _text_of(name, found.text.data, found.text.start, found.text.end) if found.text is not None else b""
        if text:
            return text
    return b""


def is_defined(path: str, find: Find) -> bool:
    """Whether a dotted path names a function or class of a module, or a method that a class has in its own body."""
    owner, _, name = path.rpartition(".")
    _, skim = open_module(owner, find)
    if skim is not None:
        is_function = re.search(rb"(?m)^(?:async )?def %s\(" % name.encode(), skim.data) is not None
        return is_function or skim.class_view(name) is not None
    own = next((each.text for each in classes_of([owner], find) if each.text is not None), None)
    return own is not None and _text_of(name, own.data, own.start, own.end) != b""


def functions_that_replace(data: bytes) -> Iterator[tuple[str, list[str]]]:
    """Yield the names of the classes of a file with those of their methods that replace something.

    The functions of the module come with an empty name.
    """
    hits = [at for word in (*_STARTING, *HANDS_OUT_PATCHES) for at in occurrences_of(data, word)]
    hits += [at for word in _BY_HAND for at in occurrences_of(data, word) if _is_by_hand(data, at)]
    hits += [found.start() for found in re.finditer(_PUTS_A_CLASS, data) if _is_by_hand(data, found.start())]
    if b"contextmanager" in data:
        hits += occurrences_of(data, b"yield")
    hits += [found.start() for found in assigned(data, _PUTS_A_NAME, _ITEM)]
    if not hits:
        return
    hits.sort()
    found: dict[str, list[str]] = {}
    starts = list(_functions_and_classes(data))
    owner = ""
    for start, behind in zip(starts, [*starts[1:], None]):
        if not start["indent"]:
            owner = ""
        if start["kind"] == b"class":
            owner = start["name"].decode()
            continue
        end = behind.start() if behind is not None else len(data)
        first = bisect_left(hits, start.start())
        if first < len(hits) and hits[first] < end and replaces(data[start.start() : end]):
            found.setdefault(owner, []).append(start["name"].decode())
    yield from found.items()


def _functions_and_classes(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the beginnings of those of the module level and of the methods, without what stands in a function."""
    is_in_function = False
    for start in re.finditer(_STATEMENT, data):
        if not start["indent"]:
            is_in_function = start["kind"] != b"class"
        elif is_in_function:
            continue
        yield start


def _is_by_hand(data: bytes, at: int) -> bool:
    """Whether the line around an offset puts a mock or own code somewhere."""
    begin, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
    return re.match(_REPLACES, data[begin:end]) is not None


class FoundClass(NamedTuple):
    """A class in a file; without a body where the file has imported it in turn, or has several of that name."""

    file: str
    name: str
    text: ClassText | None


def classes_of(paths: Iterable[str], find: Find) -> Iterator[FoundClass]:
    """Yield the classes that are named by dotted paths, and their bases."""
    pending = list(paths)
    for _ in range(_MAX_STEPS):
        if not pending:
            break
        module, _, name = pending.pop(0).rpartition(".")
        file, skim = open_module(module, find)
        if skim is None:
            continue
        found = skim.class_view(name)
        yield FoundClass(file, name, found)
        if found is not None:
            pending += [_path_of(base, module, file, skim) for base in found.bases or ()]
        elif (imported := skim.imported(name)) is not None:
            pending.append(absolute(imported, module, file))


def open_module(module: str, find: Find) -> tuple[str, Skim | None]:
    """Return the file of a module and its text, as far as they are found."""
    file = find(module) if module else None
    kept = keep(file) if file is not None else None
    return file or "", kept.skim if kept is not None else None


def _text_of(name: str, data: bytes, start: int, end: int) -> bytes:
    at = data.find(b"def %s(" % name.encode(), start, end)
    if at < 0:
        return b""
    line = data.rfind(b"\n", start, at)
    indent = len(data[line + 1 : at]) - len(data[line + 1 : at].lstrip())
    behind = re.compile(rb"\n[ \t]{0,%d}[^\s#)]" % indent).search(data, at, end)
    return data[line : behind.start() if behind is not None else end]


def _path_of(base: str, module: str, file: str, skim: Skim) -> str:
    first, dot, rest = base.partition(".")
    imported = skim.imported(first)
    return f"{absolute(imported, module, file) if imported is not None else f'{module}.{first}'}{dot}{rest}"
