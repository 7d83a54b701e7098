"""What the user tells the model about the project."""

from __future__ import annotations

from typing import NamedTuple


class ModelSettings(NamedTuple):
    """The user's own base classes, cleanup methods and patch functions, by dotted or plain name.

    ``follows_configurations`` tells whether changes of configuration values are of interest.
    """

    safe_bases: frozenset[str] = frozenset()
    cleanup_methods: frozenset[str] = frozenset()
    patch_functions: frozenset[str] = frozenset()
    follows_configurations: bool = True

    def returns_patcher(self, path: str) -> bool:
        """Whether the function of that dotted path is named as one that returns a patcher."""
        return bool(self.patch_functions) and (
            path in self.patch_functions or path.rpartition(".")[2] in self.patch_functions
        )
