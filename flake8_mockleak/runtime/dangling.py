"""Finds every mock in the loaded modules, each time at the price of what has changed since the time before."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_mockleak.runtime import statics
from flake8_mockleak.runtime.namespaces import Namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOCK_LIBRARIES = frozenset({"unittest.mock", "mock.mock", "mock"})


class _Searched(Namespace):
    """The namespace of a module or class, the mocks found in it, and the classes that a module defines."""

    __slots__ = ("mocks", "classes")

    def __init__(self, name: str, owner: object, live: Any) -> None:
        super().__init__(name, owner, live)
        self.classes: list[_Searched] = []
        self._search()

    def found(self) -> Iterator[tuple[str, object]]:
        """Yield the mocks that it and its classes hold now."""
        if not self.unchanged():
            self.refresh()
            self._search()
        yield from self.mocks
        for each in self.classes:
            yield from each.found()

    def _search(self) -> None:
        named = [(name, value) for name, value in zip(self.names, self.values) if type(name) is str]
        self.mocks = [(f"{self.name}.{name}", value) for name, value in named if statics.mock_in(value) is not None]
        if statics.is_module(self.owner):
            known = {id(each.owner): each for each in self.classes}
            own = [(name, value) for name, value in named if self._owns(value)]
            self.classes = [known.get(id(value)) or self._class(name, value) for name, value in own]

    def _owns(self, value: object) -> bool:
        return statics.is_writable_class(value) and statics.module_of(value) == self.name

    def _class(self, name: str, value: object) -> _Searched:
        return _Searched(f"{self.name}.{name}", value, statics.members(value))


class Search:
    """Looks through the loaded modules. It holds on to what they held at the last time, until the next."""

    def __init__(self) -> None:
        self._modules: dict[str, _Searched] = {}
        self._libraries = 0

    def mocks(self) -> Iterator[tuple[str, object]]:
        """Yield the name and the value of every member of a module, or of one of its classes, that is a mock now.

        Reads namespaces only: nothing is imported, and no attribute of an object is asked for.
        """
        before, self._modules = self._modules, {}
        if self._libraries != statics.mock_libraries():  # what was no mock may be one of a library that is new
            before, self._libraries = {}, statics.mock_libraries()
        for name, module in statics.modules():
            if name not in _MOCK_LIBRARIES:
                known = before.get(name)
                if known is None or known.owner is not module:
                    known = _Searched(name, module, statics.members(module))
                self._modules[name] = known
                yield from known.found()
        for name, value in list(statics.MODULES.items()):
            if statics.mock_in(value) is not None:
                yield f"sys.modules[{name}]", value
