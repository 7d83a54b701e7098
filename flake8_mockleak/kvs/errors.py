"""What a key-value store raises."""

from __future__ import annotations


class KeyValueStoreError(Exception):
    """The base of every error that is raised on purpose here."""


class NotFound(KeyValueStoreError, LookupError):
    """Nothing is stored under a key.

    ``target`` is the key that was asked for; for a call with many keys, the list of all the keys that are missing.
    """

    def __init__(self, target: object) -> None:
        super().__init__(target)
        self.target = target

    def __str__(self) -> str:
        return f"not found: {self.target!r}"


class UnexpectedError(KeyValueStoreError):
    """The store cannot do what it is asked: it is not configured, a lock is not to be had, the server refuses."""


class ValidationError(KeyValueStoreError, ValueError):
    """An argument is not one of the valid choices."""


class LockTimeout(UnexpectedError):
    """A lock is used, or released, after its time was over."""
