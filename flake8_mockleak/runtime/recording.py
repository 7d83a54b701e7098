"""A ledger of this process that is open while somebody needs it, so that a mock can be traced to its patch."""

from __future__ import annotations

import threading

from flake8_mockleak.runtime.ledger import Acquisition, Ledger
from flake8_mockleak.runtime.patches import Instrumentation


class Recording:
    """Instruments the mock libraries from the first ``open`` to the last ``close``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._instrumentation: Instrumentation | None = None

    def open(self) -> None:
        """Begin to record, if nobody has yet."""
        with self._lock:
            self._users += 1
            if self._instrumentation is None:
                self._instrumentation = Instrumentation(Ledger())
                self._instrumentation.install()

    def close(self) -> None:
        """End the recording, if this was the last who needed it."""
        with self._lock:
            self._users -= 1
            if not self._users and self._instrumentation is not None:
                self._instrumentation.uninstall()
                self._instrumentation = None

    def find(self, value: object) -> Acquisition | None:
        """Return the acquisition that put an object in place and is in force; None if no patch did."""
        if self._instrumentation is None:
            return None
        active = list(self._instrumentation.ledger.active.values())
        return next((acquisition for acquisition in active if acquisition.new is value), None)
