"""What one file gets from functions and fixtures of others, looked up where it puts something on that."""

from __future__ import annotations

import re
from functools import cached_property

from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.called_helpers import MAX_IMPORTS
from flake8_mockleak.model.contexts import LIBRARIES
from flake8_mockleak.model.handed_out import given_by_fixture, handed_out
from flake8_mockleak.model.helper_texts import FoundClass, classes_of
from flake8_mockleak.model.skim import Skim, keep, occurrences_of
from flake8_mockleak.model.source import ModuleSource
from flake8_mockleak.model.values import UNKNOWN, Shared, Value

_IMPORTED = rb"([A-Za-z_]\w*)(?:\.\w+)*[ \t]*(?:#.*)?"
_OF_THE_CLASS = (b"", b"self.", b"cls.")


class Handing:
    """Asks other files for one whose module level was run; keeps the answers with that file, for the executor."""

    def __init__(self, module: ModuleSource, beyond: Beyond | None) -> None:
        self._module = module
        self._beyond = beyond

    def hands_out(self, called: str) -> bool:
        """Whether a function of another file, as the file names it, hands out what is shared."""
        path, found = self._module.imported_path(called), self._module.handed_out
        if not path or self._beyond is None or path.partition(".")[0] in LIBRARIES:
            return False
        if path not in found:
            if len(found) >= MAX_IMPORTS:
                return False
            made = handed_out(path, self._beyond.find)
            is_renewed = made is not None and made.may_be_renewed_in(self._module.whole_text.encode())
            found[path] = None if is_renewed else made
        made = found[path]
        return made is not None and made.is_shared

    def gives(self, name: str) -> bool:
        """Whether a fixture of a ``conftest.py`` gives what is shared, or a base of another file has such a field.

        A field is named as ``self.model``; the base may have ``model = shop.Cart``.
        """
        owner, _, field = name.rpartition(".")
        if not owner:
            return isinstance(self.given(name), Shared)
        known = self._module.shared_fields
        if field not in known and len(known) < MAX_IMPORTS:
            is_own = f".{field} = " in self._module.whole_text  # as nearly always
            known[field] = not is_own and any(_sets_to_import(field, base) for base in self._bases)
        return known.get(field, False)

    @cached_property
    def _bases(self) -> list[FoundClass]:
        """The classes of other files that those of the file have for bases."""
        foreign = [base.path for source in self._module.classes for base in source.bases if isinstance(base, Shared)]
        own = [path for path in dict.fromkeys(foreign) if path.partition(".")[0] not in LIBRARIES]
        return list(classes_of(own, self._beyond.find)) if self._beyond is not None else []

    def given(self, name: str) -> Value:
        """Return what a fixture of a ``conftest.py`` file gives, for the tests that ask for it."""
        found = self._module.given
        if not self._conftests or name in self._module.functions:
            return UNKNOWN
        if name not in found:
            if len(found) >= MAX_IMPORTS:
                return UNKNOWN
            found[name] = next(filter(None, (given_by_fixture(name, *each) for each in self._conftests)), None)
        made = found[name]
        return made.value if made is not None else UNKNOWN

    @cached_property
    def _conftests(self) -> list[tuple[str, Skim]]:
        """The ``conftest.py`` files above the file, with their texts."""
        paths = list(self._beyond.paths_of_conftests()) if self._beyond is not None else []
        return [(path, kept.skim) for path in paths if (kept := keep(path)) is not None]


def _sets_to_import(field: str, base: FoundClass) -> bool:
    """Whether a class gives a field what its file imports, a module or a class or function of one."""
    kept = keep(base.file) if base.text is not None else None
    if base.text is None or kept is None:
        return False
    data, token = base.text.data, b"%s = " % field.encode()
    for at in occurrences_of(data, token, base.text.start, base.text.end):
        before, value = data[data.rfind(b"\n", 0, at) + 1 : at].strip(), data[at + len(token) : data.find(b"\n", at)]
        root = re.fullmatch(_IMPORTED, value)
        if before in _OF_THE_CLASS and root is not None and kept.skim.imported(root[1].decode()) is not None:
            return True
    return False
