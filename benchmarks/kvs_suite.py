"""Times the conformance suite on the reference backend in memory, with a clock of its own and all claims that fit.

    python benchmarks/kvs_suite.py

Needs the extra ``kvs``. Prints seconds, by the clock and of the CPU; exits with 1 when the backend does not conform.
"""

from __future__ import annotations

import io
import time
import unittest
from typing import Any

from flake8_mockleak.kvs import MemoryBackend, conformance
from flake8_mockleak.kvs.claims import CLAIMS

NOT_IN_MEMORY = {"json", "no_expiry", "shared"}
"""What a backend that keeps Python objects in one place, for itself, does not promise."""


def make(**options: Any) -> MemoryBackend:
    """Return a fresh, empty backend."""
    return MemoryBackend(options)


def main() -> None:
    """Run the suite once and print what it took."""
    case = conformance(make, claims=set(CLAIMS) - NOT_IN_MEMORY)
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    clock, cpu = time.perf_counter(), time.process_time()
    result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    print(f"{result.testsRun} clauses in {clock:.1f} s, {cpu:.1f} s of CPU time")
    for _, text in (*result.failures, *result.errors):
        print(text)
    raise SystemExit(not result.wasSuccessful())


if __name__ == "__main__":
    main()
