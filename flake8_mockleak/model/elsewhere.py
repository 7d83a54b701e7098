"""What a name stands for that another file defines: looked up only where it can put something back."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

from flake8_mockleak.model import names
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.helper_texts import is_defined, text_of_function, text_of_method
from flake8_mockleak.model.library import LibraryCalls
from flake8_mockleak.model.patches import Arguments
from flake8_mockleak.model.places import Place
from flake8_mockleak.model.recorder import Recorder
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ModuleSource, dotted_name
from flake8_mockleak.model.values import UNKNOWN, Class, Function, Mocker, MonkeyPatch, Self, Shared, Value
from flake8_mockleak.model.wellknown import FRAMEWORKS

_IS_CLASS = r"\.[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$"
_STOPPING = r"stop_?(?:all|mock|patch)"
_RESTORING = r"unpatch|unmock|restore|undo|tear_?down"
RELEASING = rf"(?i){_STOPPING}|{_RESTORING}"
_IS_CLASS_OF_TESTS = r"(?:^|[._])(?:tests?|testing|fakes?|fixtures)\b.*\.[A-Z]\w*[a-z]\w*$"
_PATCHES = rb"[mM]ock|(?<!\.)\bpatch(?:\.\w+)?\("
_MAKES_MOCK = rb"Mock\(|create_autospec\("
_DOES_MORE_THAN_NAMED = (
    rb"(?<![.\w])(?!(?:dict|list|set|len|isinstance|if|and|or|not|in)\b)[a-z_]\w*\(|__dict__|__class__|\bimport\b"
)
_NAMES = rb"(?<![.\w])[A-Za-z_]\w*"
_RESETTING = r"(?i)reset|restore|undo|clean_?up|tear_?down|re_?init|reload|uninstall"


class Elsewhere(LibraryCalls):
    """Finds what other files define. ``follows_imports`` tells that their functions are followed this time."""

    def __init__(
        self, module: ModuleSource, recorder: Recorder, settings: ModelSettings, beyond: Beyond | None
    ) -> None:
        super().__init__(module, recorder)
        self.settings = settings
        self.beyond = beyond
        self.linted = module
        self.follows_imports = False

    def text_of_base_method(self, name: str) -> bytes:
        """Return the text of a method that a base in another file has, whose body is not at hand."""
        owner = self.fields.owner if self.fields is not None else None
        if owner is None or self.beyond is None:
            return b""
        bases = [each.path for each in owner.foreign_bases() if isinstance(each, Shared)]
        return text_of_method(name, [path for path in bases if path not in FRAMEWORKS], self.beyond.find)

    def are_other_things(self, path: str, other: str) -> bool:
        """Whether two paths are known to be different modules or classes."""
        return self.beyond is not None and self.beyond.are_other_things(path, other)

    def is_given_by_base(self, node: ast.expr) -> bool:
        """Whether a base class of another file gives a field something shared: ``self.model``."""
        owner, _, field = (dotted_name(node) or "").rpartition(".")
        return owner == "self" and self.linted.shared_fields.get(field, False)

    def is_class_of_tests(self, path: str) -> bool:
        """Whether a path names a class that a file of tests defines, for them to put in the place of another."""
        if self.beyond is None or re.search(_IS_CLASS_OF_TESTS, path) is None:
            return False
        return is_defined(path, self.beyond.find)

    def _may_reset(self, module: str, name: str) -> bool:
        """Whether another module or object has a function by that name to put itself back: ``rpc.cleanup()``."""
        if not (self.replaced or self.record.is_over):
            return False
        return bool(module) and module.partition(".")[0] not in names.STDLIB and re.search(_RESETTING, name) is not None

    def _reset_by(self, path: str) -> list[Place]:
        """Return what a function sets anew by its text: the names in it, or all of its module if it calls others."""
        owner = path.rpartition(".")[0]
        text = text_of_function(path, self.beyond.find) if self.beyond is not None else b""
        if not text or re.search(_DOES_MORE_THAN_NAMED, text[text.find(b":\n") :]) is not None:
            return [Place(owner, owner)]
        words = sorted({word.decode() for word in re.findall(_NAMES, text)})
        return [Place(f"{owner}.{word}", f"{owner}.{word}") for word in words]

    def _imported_function(self, function: Shared, arguments: Arguments) -> Function | None:
        """Find a helper of another file, where it can release something: in a teardown, or with the test case."""
        if self.beyond is None or function.path.partition(".")[0] in names.STDLIB:
            return None
        if not self.linted.called_helpers.beside(function.path):
            if not self._may_release_something(arguments):
                return None
            if not self.follows_imports:
                self.record.open_releases.add(self.record.activation)
                return None
            if re.search(_IS_CLASS, function.path) and not re.search(RELEASING, function.path):
                return None  # mostly an exception; whole modules of them are not worth the reading
        found = self.beyond.resolve(function.path)
        if isinstance(found, Function):
            return found
        if found is None and self.record.is_ending:
            if re.search(_RESTORING, function.path, re.IGNORECASE):
                self.record.unknown_releases.append(self.record.activation)
            elif re.search(_STOPPING, function.path, re.IGNORECASE):
                self.record.unknown_stops.append(self.record.activation)
        return None

    def _may_release_something(self, arguments: Arguments) -> bool:
        """Whether a helper of another file may do so: at the end, or if it is given the test case, or what patches."""
        told = arguments.all()
        return self.record.is_ending or any(isinstance(each, (Self, Mocker, MonkeyPatch)) for each in told)

    def method_elsewhere(self, of: Shared, name: str) -> Function | None:
        """Return a method of a class of another file, if something is left that it may put back."""
        found = self.found_elsewhere(of, names.STDLIB)
        return found.source.find_method(name) if isinstance(found, Class) else None

    def makes_mock_elsewhere(self, function: Shared, libraries: Collection[str]) -> bool:
        """Whether a function of another file, which is none of the libraries, has a mock in its text."""
        if self.beyond is None or function.path.partition(".")[0] in libraries:
            return False
        return re.search(_MAKES_MOCK, text_of_function(function.path, self.beyond.find)) is not None

    def is_only_named_so(self, path: str) -> bool:
        """Whether ``patch`` of another file is a function of its own, which has no word of mocks, as of a request."""
        text = text_of_function(path, self.beyond.find) if self.beyond is not None else b""
        return text != b"" and re.search(_PATCHES, text[text.find(b"(") :]) is None

    def found_elsewhere(self, thing: Shared, libraries: Collection[str]) -> Value:
        """Return what an imported thing of the project is, if something is left that it may put back.

        What comes from one of the libraries is not looked up.
        """
        if self.beyond is None or thing.path.partition(".")[0] in libraries:
            return UNKNOWN
        if not self.follows_imports:
            self.record.open_releases.add(self.record.activation)
            return UNKNOWN
        return self.beyond.resolve(thing.path) or UNKNOWN
