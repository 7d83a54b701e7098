"""Which parts of a file are worth running: found by searching its text, which costs next to nothing."""

from __future__ import annotations

import ast
import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from itertools import accumulate
from sys import maxsize

NAMED_AS_SHARED = ("class", "_cls", "klass", "module")
"""How a field ends that may hold something shared, set by a base of another file: ``self.driver_class``."""

_MOCK_WORDS = ("mock", "Mock", "onkeypatch", "onkeyPatch", "asynctest")
_REPLACING_WORDS = (
    *("patch", ".start()", "setattr(", "sys.modules", "set_override", "django.conf", "setUpModule"),
    *(".assert_called", ".assert_awaited", ".call_count", ".return_value"),  # of what a helper has made
)

_OVERRIDES = (("def tearDown", ".tearDown"), ("def teardown_", ".teardown_"))
_SETS_UP = ("def setUp(self", "@pytest.fixture")

# A pattern that few files need is kept as text, here and in the rest of the model: `re` compiles it when it is first
# asked for, and to compile them all at the start would take longer than to search most files.
_GETS_A_FAKE = (
    r"(?m)\.\w+ = (?:(?:(?:static|class)method\(|property\()?lambda\b"
    r"|[a-zA-Z_]\w*(?:\(\))?[ \t]*(?:#.*)?$|[\w.]*(?:[fF]ake|[sS]tub|[dD]ummy|\.append[ \t]*(?:#.*)?$))"
)
_GETS_A_METHOD = r"(?m)^[ \t]+(?!self\.)[a-zA-Z_][\w.]*\.\w+ = self\.\w+[ \t]*(?:#.*)?$"
_FILLS_A_REGISTRY = r"[. \t][A-Z][A-Z_]*(?:\[[^\]\n]*\])?\.(?:append|add|insert|update|extend|setdefault)\("
_PUTS_A_CLASS = r"(?m)\] = (?!True|False|None)[A-Z]\w*[a-z]\w*(?:\(\))?[ \t]*(?:#.*)?$"
# Reading the environment, as most do, changes nothing. Each begins with letters that are quickly searched for.
_CHANGES_ENVIRONMENT = (
    r"environ(?<!\wenviron)(?:\s*\[[^\]\n]*\]\s*=(?!=)|\.(?:update|pop|popitem|setdefault|clear)\b"
    r"|(?<=\.environ)\s*=(?!=))",
    r"del\s[\w.]*environ",
    r"putenv",
)
_ENVIRONMENT_ITSELF = r"(?m)environ(?<!\wenviron)(?=\s*(?:$|[,)#]))"
_IS_HANDED_ON = r"(?:=|import|\()\s*[\w.]*$"
_MOST_IN_FRONT = 80
"""Characters."""
_REGISTRIES = (
    *("handlers", "listeners", "receivers", "subscribers", "observers", "callbacks", "hooks", "plugins", "middlewares"),
    *("backends", "validators", "extensions", "registry"),
)
_DEFINES_A_FAKE = r"\nclass \w*?(?:[fF]ake|[sS]tub|[dD]ummy|InMemory|Redis|[mM]emcache|Cache|Store)"
_SPEAKS_OF_MOCKS = ("mock", "fake", "stub", "dummy")
_IS_TEST_FILE = r"(?i)test|spec|fake|fixture|environment"
_IS_TEST_DIRECTORY = (
    r"(?i)(?<![^\W_])(?:unit|functional|integration)?(?:tests?|testing|specs?|fakes?|fixtures?|features|t)[/\\]"
)

# What starts, stops or fills something; `m.called_once_with(…)`; `m.assert_called_once` without parentheses.
# The first two letters are looked at beforehand: that is all that most names need.
_ATTRIBUTE = re.compile(
    r"\.(?=[_acehimnsuw][_adenopstwx])(?:"
    r"(?:start|stop|stopall|undo|__exit__|__dict__|enter_context|enter_async_context)\b|(?P<enters>__a?enter__\b)"
    r"|(?P<fills>append|add|insert|update|extend|setdefault)(?=\()|(?P<modules>modules\b)|(?P<overrides>set_override\b)"
    r"|called_|call_once|not_called|not_awaited|has_call|any_call|any_await|awaited_|calls_with\b|has_been|has_awaits"
    r"|is_called|was_called|was_not|(?P<asserts>assert_\w+\b))"
)
# `assert m.assert_called_once()`, up to the last dot
_ASSERTS = r"assert(?: |(?:True|False|IsNone|IsNotNone|_)\()(?:not )?[\w.]+$"
# One search for `patch(` and for `MonkeyPatch`.
_PATCH = re.compile(
    r"atch(?:(?<=patch)(?P<decorates>(?<=@patch)|(?<=@mock\.patch))?(?:\.(?:object|dict|(?P<multiple>multiple)))?\("
    r"|(?P<names_class>(?<=Patch)))"
)
_PATCH_CLASSES = ("MonkeyPatch", "MockPatch")

# `utils.run = Mock()`: an attribute or item that gets a value.
_TARGET = re.compile(r"([A-Za-z_]\w*)((?:\.\w+|\[[^\]]*\]|\([\w.'\"]*\))+)(?:,.*)?")
# `send = mail_mock()`, `send = begin("shop.send")`: a helper of another file may start a patch.
_QUOTES = ("'", '"')
_SETATTR = re.compile(r"setattr\(\s*(?:([A-Za-z_]\w*)((?:\.\w+)*))?")
_NAME = re.compile(r"\w+")
_MANY = 50
_LITERALS = frozenset([*"\"'0123456789", "None", "True", "Fals", "[]", "{}"])
_ENDS_NO_NAME = frozenset(["", *"\"',:[]{}\\"])
_EVERYWHERE = -1
_OWN = ("self", "cls")
_OF_AN_OBJECT = ("type", "vars")
_GIVES_A_MODULE = (" importlib.", " import_module(", " reload(")
_PARAMETERS = re.compile(r"def test\w*\(([^)]*)\)")
_CALLED = re.compile(r"([A-Za-z_]\w*(?:\.\w+)*)\(")
_ASKED_FOR_ITS_CLASS = re.compile(r"\(((?:self\.)?\w+)\)\.")
_FIELD = re.compile(r"\.\w+")
_MOCK_CLASS_NAMED = r"Mock[ \t]*[#)\n]"
_MOCK_CLASS_ENTERED = r"Mock\)\s*as\s+(\w+)"
_GIVEN_TO_MOCK = (".side_effect = ", "(side_effect=", " side_effect=")  # that calls the function at some later time
_CONFIGURES_MOCK = (".return_value", ".side_effect")
_OF_MOCKS = ("mock", "Mock", "atch", "ExitStack", "Cleanup(")
_YIELD = re.compile(r"yield\b")
_UNDOES_ITSELF = (
    r"onkeypatch\.(?:set|del)|[(\s=](?:mocker|monkeypatch)[,)]|patch(?:\.\w+)?\(|\bwith [\w.]*[eE]nv|addfinalizer\("
)


def is_registry(path: str) -> bool:
    """Whether the last name of a dotted path is one of what others register with: ``signals.receivers``."""
    if not path.endswith(_REGISTRIES):
        return False  # nearly always
    owner, dot, _ = path.rpartition(".")
    return dot != "" and not owner.endswith(_OWN)


def is_test_path(path: str) -> bool:
    """Whether a file or a directory above it is named like one of tests, or of what tests use.

    Wherever flake8 was started from: a file that is named from its own directory stands where it stands.
    """
    directory, name = os.path.split(os.path.abspath(path))
    return re.search(_IS_TEST_FILE, name) is not None or re.search(_IS_TEST_DIRECTORY, f"{directory}/") is not None


def sets_up_tests(text: str) -> bool:
    """Whether a file sets up tests, whatever it is called."""
    return any(word in text for word in _SETS_UP)


def may_replace(text: str, path: str) -> bool:
    """Whether a file can replace anything: the gate that most files do not pass."""
    if any(word in text for word in _MOCK_WORDS):
        return True
    if not (is_test_path(path) or sets_up_tests(text)):
        return False
    if any(word in text for word in _REPLACING_WORDS) or re.search(_GETS_A_FAKE, text) is not None:
        return True
    if " = self." in text and re.search(_GETS_A_METHOD, text) is not None:
        return True
    if re.search(_FILLS_A_REGISTRY, text) is not None or "] = " in text and re.search(_PUTS_A_CLASS, text) is not None:
        return True
    if any(head in text and text.count(head) > text.count(call) for head, call in _OVERRIDES):
        return True  # and the base may replace something, in another file
    if any(True for _ in _changes_of_environment(text)):
        return True
    if re.search(_DEFINES_A_FAKE, f"\n{text}") is not None:
        return True
    from flake8_mockleak.model.called_helpers import calls_helpers

    return calls_helpers(text, path)


def speaks_of_mocks(text: str, path: str) -> bool:
    """Whether a file could make a mock, or get one from a file that does: it stands with tests, or says so."""
    if is_test_path(path):
        return True
    text = text.lower()
    return any(word in text for word in _SPEAKS_OF_MOCKS)


class Triggers:
    """The interesting lines of a file. Line numbers count from 1."""

    def __init__(self, lines: list[str], text: str) -> None:
        self._lines = lines
        self._text = text
        self._starts = list(accumulate(map(len, lines), initial=0))
        self._configurations: list[int] = []
        self.enters_by_hand = False
        """Whether a context manager is entered without a ``with`` statement."""
        self.patches: list[int] = []
        """The offsets of what reads like a call that makes a patch, or names its class: of ``atch``, for ``patch(``."""
        self.patches_several = False
        """Whether there is a ``patch.multiple``."""
        self._calls = [*self._find_attributes(), *self._find_patches()]
        self._configurations += [self._line_at(end) for end in _changes_of_environment(text)]
        self._assignments: list[tuple[int, str, str]] = []
        self._literal: set[int] = set()
        self._by_name: list[tuple[int, str]] = []
        self._aliases: list[tuple[int, str, str]] = []
        self._local_imports: list[tuple[int, str]] = []
        self._find_statements()
        self._find_local_imports()
        if "setattr(" in text:
            self._find_setattr()
        assigned = [*(line for line, _, _ in self._assignments), *(line for line, _ in self._by_name)]
        self._actions = sorted({*self._calls, *self._configurations, *assigned})
        self._releases = self._actions
        self.replaces_by_hand = bool(assigned)
        """Whether the file may assign to something that outlives a test."""
        self._yields: list[int] | None = None

    def _line_at(self, offset: int) -> int:
        return bisect_left(self._starts, offset, lo=1)

    def _lines_of(self, pattern: str | re.Pattern[str]) -> list[int]:
        return [self._line_at(match.end()) for match in re.finditer(pattern, self._text)]

    def _find_attributes(self) -> Iterator[int]:
        text = self._text
        for match in _ATTRIBUTE.finditer(text):
            kind, start = match.lastgroup, match.start()
            if kind == "overrides":
                self._configurations.append(self._line_at(match.end()))
            elif kind == "asserts":
                if not text.startswith("(", match.end()) or self._is_asserted(start):
                    yield self._line_at(match.end())
            elif kind == "enters":
                self.enters_by_hand = True
                yield self._line_at(match.end())
            elif kind is None or (self._is_container(start) if kind == "fills" else text.endswith("sys", 0, start)):
                yield self._line_at(match.end())

    def _is_container(self, end: int) -> bool:
        """Whether a container of another module stands before an offset: its name is written in capitals."""
        if self._text[end - 1] == "]":  # a list in a registry
            end = self._text.rfind("[", 0, end)
        last = self._text[end - 1]
        if last.isupper():
            return True
        before = max(0, end - _MOST_IN_FRONT)
        if last == ")":
            return self._text.find("vars(", before, end) >= 0
        return is_registry(self._text[before:end])

    def _is_asserted(self, end: int) -> bool:
        """Whether what stands before an offset takes the assertion of a mock for a value."""
        before = self._text[self._text.rfind("\n", 0, end) + 1 : end]
        return "assert" in before and re.search(_ASSERTS, before) is not None

    def _find_patches(self) -> Iterator[int]:
        for match in _PATCH.finditer(self._text):
            self.patches.append(match.start())
            kind = match.lastgroup
            if kind == "decorates":  # as mostly
                continue
            if kind == "names_class":
                if self._text.endswith(_PATCH_CLASSES, 0, match.end()):
                    yield self._line_at(match.end())
                continue
            if kind == "multiple":
                self.patches_several = True
            if self._is_kept(match):
                yield self._line_at(match.end())

    def _is_kept(self, patch: re.Match[str]) -> bool:
        """Whether a patch is made for a name, or as a statement of its own."""
        start = patch.start() - 1  # of `patch`
        begin = self._text.rfind("\n", 0, start) + 1
        head, _, tail = self._text[begin:start].rpartition(" ")
        if tail and (tail[-1] != "." or tail[0] == "@") and not tail.removeprefix("self.").isidentifier():
            return False  # `self.start_patch(…)` is kept
        if head and not head.isspace():
            return head[-1] == "="
        # Or it goes on what the line before began, as the items of a `with` do.
        before = self._text[max(0, begin - 5) : max(0, begin - 1)]
        return not before.endswith((",", "\\", "(")) or before.endswith(("= \\", "= ("))

    def _find_statements(self) -> None:
        for number, line in [(number, line) for number, line in enumerate(self._lines, 1) if "=" in line]:
            head, _, value = line.partition("=")
            if "=" in value and " = " in value:
                for target in line.split(" = ")[:-1]:
                    self._note_assignment(number, target)
            elif "," in head and " = " in line:
                for target in head.split(","):
                    self._note_assignment(number, target)
            elif "." in head or "[" in head:
                if head[-1] in "+|" and head[:-1].rstrip()[-1:].isupper():  # `checks.CHECKS += [fake]`
                    head = head[:-1]
                # `utils.run, "ls", check=True)` goes on with the arguments of a call.
                if (value[:1] == " " or "(" not in head and "," not in head) and not _is_harmless(head):
                    self._note_assignment(number, head)
                    if _is_literal(value):
                        self._literal.add(number)
            if "(" not in line:
                path = value.strip()
                if path[-1:] not in _ENDS_NO_NAME or "#" in path:
                    self._note_alias(number, head, path.partition("#")[0].rstrip())
            elif value.startswith(" type("):
                self._note_alias(number, head, value[6:].rstrip()[:-1])
            elif value.startswith(_GIVES_A_MODULE):
                self._note_alias(number, head, value.partition("(")[0].strip())

    def _find_local_imports(self) -> None:
        at = self._text.find("import ")
        while at >= 0:
            number = self._line_at(at + 1)
            line = self._lines[number - 1]
            if line[0] in " \t" and "=" not in line:
                self._local_imports += [(number, name) for name in _NAME.findall(line)]
            at = self._text.find("import ", self._starts[number])

    def _note_assignment(self, number: int, target: str) -> None:
        root, accessed = _split(target.strip())
        if not accessed or accessed.endswith(_CONFIGURES_MOCK):
            return
        if root in _OWN:  # `self.module.run = …`: what counts is the field
            if root == "cls":  # or a local name
                self._assignments.append((number, root, accessed))
            field = _FIELD.match(accessed)
            if field is None or field.end() == len(accessed):
                return
            root = f"self{field.group()}"
        self._assignments.append((number, root, accessed))

    def _find_setattr(self) -> None:
        for match in _SETATTR.finditer(self._text):
            line = self._line_at(match.start() + 1)
            if self._text[match.start() - 1] == ".":
                # That of a fixture is undone by itself; one of a file's own `MonkeyPatch` is not.
                if "MonkeyPatch(" in self._text:
                    self._calls.append(line)
            else:
                self._by_name.append((line, f"self{match[2]}" if match[1] in _OWN else match[1] or ""))

    def _note_alias(self, number: int, head: str, path: str) -> None:
        """Note ``name = other.thing``, with or without an annotation, of a local name or a field."""
        if not path.replace(".", "_").isidentifier():
            return
        name = head.partition(":")[0].strip().replace("cls.", "self.")
        if name.removeprefix("self.").isidentifier():
            self._aliases.append((number, name, path.partition(".")[0]))

    def __bool__(self) -> bool:
        return bool(self._actions)

    def narrow(
        self,
        shared: Container[str],
        functions: Sequence[tuple[int, int]],
        configurations: bool,
        hands_out: Callable[[str], bool],
        is_given: Callable[[str], bool],
    ) -> None:
        """Drop the assignments to what cannot outlive a test, now that the imported names are known.

        ``shared`` are the names of imports and the like. ``functions`` are the first and last lines of all outermost
        functions, in order: a name that is local to one of them says nothing about the others. ``configurations`` tells
        whether a change of a configuration value counts as an action, ``hands_out`` whether a function that the file
        calls by that name hands out what is shared, ``is_given`` whether a fixture or field of that name gives it.
        """
        scopes = _Scopes(functions)
        self._name_what_may_be_shared(scopes, shared)
        assigned = {
            number
            for number, root, rest in self._assignments
            if root in shared
            or root in _OF_AN_OBJECT
            or root.endswith(NAMED_AS_SHARED)
            or "__class__" in rest
            or scopes.has(number, root)
        }
        assigned |= self._assigned_to_what_is_handed_out(scopes, hands_out, is_given)
        by_name = {line for line, root in self._by_name if not self._is_made_there(line, root, shared, scopes)}
        changes = self._configurations if configurations else []
        acting = assigned
        if not assigned.isdisjoint(self._literal) and re.search(_MOCK_CLASS_NAMED, self._text) is None:
            acting = assigned - self._literal
        self._actions = sorted({*self._calls, *acting, *by_name, *changes})
        self._releases = sorted({*self._actions, *assigned, *(line for line, _ in self._by_name)})
        self.replaces_by_hand = bool(assigned or by_name)

    def _assigned_to_what_is_handed_out(
        self, scopes: _Scopes, hands_out: Callable[[str], bool], is_given: Callable[[str], bool]
    ) -> set[int]:
        """Return the lines that change what a function hands out: ``client.send = …`` behind ``client = get()``."""
        found: set[int] = set()
        known: dict[tuple[str, int, int], bool] = {}  # many lines change the same field
        for line, root, rest in self._assignments:
            if line in self._literal:
                continue
            if ")." in rest:
                asked = _ASKED_FOR_ITS_CLASS.match(rest) if root == "type" else None
                if asked is None:
                    if hands_out(root + rest.partition("(")[0]):
                        found.add(line)
                    continue
                root = asked[1]
            key = root, *((1, len(self._lines)) if "." in root else scopes.span_of(line))
            if key not in known:  # all are asked, for each answer is kept
                known[key] = any([hands_out(called) for called in self._calls_for(*key)]) or (
                    ("." in root or self._is_parameter(*key)) and is_given(root)
                )
            if known[key]:
                found.add(line)
        return found

    def _is_parameter(self, name: str, first: int, last: int) -> bool:
        """Whether the function of some lines has a parameter of that name."""
        if "." in name:
            return False
        head = _PARAMETERS.search(self._text, self._starts[first - 1], self._starts[last])
        return head is not None and name in _NAME.findall(head[1])

    def _calls_for(self, name: str, first: int, last: int) -> Iterator[str]:
        """Yield what a name or field gets the result of, as it is called: ``get`` for ``client = get()``."""
        head, begin, end = f" {name} = ", self._starts[first - 1], self._starts[last]
        at = self._text.find(head, begin, end)
        while at >= 0:
            at += len(head)
            called = _CALLED.match(self._text, at)
            if called is not None:
                yield called[1]
            at = self._text.find(head, at, end)

    def _is_made_there(self, line: int, root: str, shared: Container[str], scopes: _Scopes) -> bool:
        """Whether ``setattr`` changes the test's own object: the test case, or what the function has made."""
        if root in shared or scopes.has(line, root):
            return False
        begin, _ = scopes.span_of(line)
        before = self._text[self._starts[begin - 1] : self._starts[line - 1]]
        return root == "self" or f" {root} = " in before

    def _name_what_may_be_shared(self, scopes: _Scopes, shared: Container[str]) -> None:
        """Note the names that may stand for something shared: imports in functions, and aliases."""
        for number, name in self._local_imports:
            scopes.add(number, name)
        if "Mock)" in self._text:
            for match in re.finditer(_MOCK_CLASS_ENTERED, self._text):
                scopes.add(self._line_at(match.end()), match[1])
        for number, name, of in self._aliases:
            if of in shared or of == "self" or scopes.has(number, of):
                scopes.add(number, name)

    def follow(self, helpers: Collection[str]) -> None:
        """Count the lines that name one of some functions, which act themselves, as actions too."""
        called = set(self._lines_naming(helpers))
        self._actions = sorted(called.union(self._actions))
        self._releases = sorted(called.union(self._releases))

    def _lines_naming(self, helpers: Collection[str]) -> Iterator[int]:
        if len(helpers) > _MANY:
            yield from (self._line_at(match.end()) for match in _NAME.finditer(self._text) if match.group() in helpers)
            return
        text = f"{self._text} "
        for name in helpers:
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if not (is_of_name(text[at - 1]) or is_of_name(text[end]) or text.endswith(_GIVEN_TO_MOCK, 0, at)):
                    yield self._line_at(end)
                at = text.find(name, end)

    def acts(self, node: ast.AST) -> bool:
        """Whether a statement may replace a place."""
        return _any_within(self._actions, node)

    def releases(self, node: ast.AST) -> bool:
        """Whether a statement may replace a place or put one back: a literal never harms, but may be the original."""
        return _any_within(self._releases, node)

    def mentions(self, node: ast.AST) -> bool:
        """Whether a statement acts, or has to do with mocks or cleanups at all."""
        text = self._text_of(node)
        return any(word in text for word in _OF_MOCKS) or self.releases(node)

    def calls_base(self, node: ast.AST) -> bool:
        """Whether a method calls a method of its base class."""
        return "super(" in self._text_of(node)

    def undoes(self, node: ast.AST) -> bool:
        """Whether a function patches by what puts the originals back itself."""
        return re.search(_UNDOES_ITSELF, self._text_of(node)) is not None

    def makes_mock(self, node: ast.AST) -> bool:
        """Whether a function makes a mock, which others may put somewhere."""
        return "Mock(" in self._text_of(node)

    def _text_of(self, node: ast.AST) -> str:
        first: int = node.lineno  # type: ignore[attr-defined]
        last: int = getattr(node, "end_lineno", None) or first
        return self._text[self._starts[first - 1] : self._starts[last]]

    def yields(self, node: ast.AST) -> bool:
        """Whether the text of a statement has a ``yield``."""
        if self._yields is None:
            self._yields = self._lines_of(_YIELD) if "yield" in self._text else []
        return _any_within(self._yields, node)


def _changes_of_environment(text: str) -> Iterator[int]:
    """Yield the offsets behind what changes the environment, or hands it on."""
    if "environ" not in text:
        return
    for pattern in _CHANGES_ENVIRONMENT:
        yield from (match.end() for match in re.finditer(pattern, text))
    for match in re.finditer(_ENVIRONMENT_ITSELF, text):
        if re.search(_IS_HANDED_ON, text[max(0, match.start() - _MOST_IN_FRONT) : match.start()]) is not None:
            yield match.end()


class _Scopes:
    """The names noted in each outermost function; those of no function, and fields, hold everywhere."""

    def __init__(self, functions: Sequence[tuple[int, int]]) -> None:
        self._functions = functions
        self._names: dict[int, set[str]] = {_EVERYWHERE: set()}

    def _scope_of(self, line: int) -> int:
        index = bisect_right(self._functions, (line, maxsize)) - 1
        return index if index >= 0 and line <= self._functions[index][1] else _EVERYWHERE

    def span_of(self, line: int) -> tuple[int, int]:
        """Return the first and last line of the function around a line; of that line alone outside of functions."""
        scope = self._scope_of(line)
        return (line, line) if scope == _EVERYWHERE else self._functions[scope]

    def add(self, line: int, name: str) -> None:
        """Note a name that gets its value on that line."""
        scope = _EVERYWHERE if name.startswith("self.") else self._scope_of(line)
        self._names.setdefault(scope, set()).add(name)

    def has(self, line: int, name: str) -> bool:
        """Whether a name is noted that the line can mean."""
        return name in self._names[_EVERYWHERE] or name in self._names.get(self._scope_of(line), ())


def _split(target: str) -> tuple[str, str]:
    """Split ``utils.shell.run`` into its root and what is asked of that; both are empty for any other text."""
    root, dot, rest = target.partition(".")
    if dot and target.replace(".", "_").isidentifier():
        return root, dot + rest
    match = _TARGET.fullmatch(target)
    return (match[1], match[2]) if match is not None else ("", "")


def _is_literal(value: str) -> bool:
    """Whether what stands behind ``=`` begins as a literal does."""
    return value[1:2] in _LITERALS or value[1:5] in _LITERALS or value[1:3] in _LITERALS


def _is_harmless(head: str) -> bool:
    """Whether what stands before ``=`` configures a mock or names a field of the test's own, as most does."""
    target = head.strip()
    if target.endswith(_CONFIGURES_MOCK):
        return True
    return target.startswith("self.") and target.count(".") == 1 and target[-1] != "]"


def is_of_name(character: str) -> bool:
    """Whether a character can be one of a name."""
    return character.isalnum() or character == "_"


def _any_within(lines: list[int], node: ast.AST) -> bool:
    first: int = node.lineno  # type: ignore[attr-defined]
    index = bisect_left(lines, first)
    return index < len(lines) and lines[index] <= (getattr(node, "end_lineno", None) or first)
