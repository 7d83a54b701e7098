"""Counts the instructions of a command with valgrind: what is told on a busy machine too, at fifty times the time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Protocol, TypeVar

_COUNTER = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
# Where objects lie decides the order of what is hashed by address: with other addresses in each run, counts differ by
# up to a hundredth.
_SAME_ADDRESSES = ["setarch", "-R"]  # a container may forbid it
_COUNTED = re.compile(r"I +refs: +([\d,]+)")


class Load(Protocol):
    """What is measured: its name, and the limit of the ratio, if it has one."""

    @property
    def name(self) -> str:
        """The name in the table."""

    @property
    def limit(self) -> float | None:
        """The greatest ratio that is allowed."""


_Load = TypeVar("_Load", bound=Load)


def instructions(
    command: Sequence[str | os.PathLike[str]],
    directory: Path,
    environment: Mapping[str, str],
    statuses: Collection[int] = (0,),
    stdin: IO[bytes] | None = None,
) -> float:
    """Return the instructions, in millions, of a command in a directory and its forks, without programs that it starts.

    A fork begins with the count of the process that it was made by: what came before it is counted once for each.
    Run it once before, so that its modules are compiled. Raises ``SystemExit`` if there is no valgrind, or if the
    command ends with another status than those.
    """
    if shutil.which(_COUNTER[0]) is None:
        raise SystemExit("--instructions needs valgrind")
    process = subprocess.run(
        [*_same_addresses(), *_COUNTER, *command],
        cwd=directory,
        env={**environment, "PYTHONHASHSEED": "0"},
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    counts = [int(count.replace(",", "")) for count in _COUNTED.findall(process.stderr)]
    if process.returncode not in statuses or not counts:
        raise SystemExit(f"{command} was not counted\n{process.stderr[-2000:]}")
    return sum(counts) / 1e6


@cache
def _same_addresses() -> list[str]:
    """Return what a command begins with to have the same addresses each time; nothing where that is not allowed."""
    if shutil.which(_SAME_ADDRESSES[0]) is None:
        return []
    allowed = subprocess.run([*_SAME_ADDRESSES, "true"], stderr=subprocess.DEVNULL).returncode == 0
    return _SAME_ADDRESSES if allowed else []


def compare(what: str, loads: Iterable[_Load], count: Callable[[_Load], tuple[float, float]]) -> int:
    """Print what ``count`` gives for each load, the millions without and with us, and return the exit status."""
    print(f"| {what} | without | with | ratio | limit |")
    print("| --- | ---: | ---: | ---: | ---: |", flush=True)
    failed = False
    for load in loads:
        without, with_it = count(load)
        ratio = with_it / without
        print(f"| {load.name} | {without:,.0f} M | {with_it:,.0f} M | {ratio:.4f} | {load.limit or ''} |", flush=True)
        failed = failed or (load.limit is not None and ratio > load.limit)
    return int(failed)
