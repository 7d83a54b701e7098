"""Counts the instructions of a command with valgrind: what is told on a busy machine too, at fifty times the time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import IO

_COUNTER = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
_COUNTED = re.compile(r"I +refs: +([\d,]+)")


def instructions(
    command: Sequence[str | os.PathLike[str]],
    directory: Path,
    environment: Mapping[str, str],
    statuses: Collection[int] = (0,),
    stdin: IO[bytes] | None = None,
) -> float:
    """Return the instructions, in millions, of a command in a directory, its child processes left out.

    Run it once before, so that its modules are compiled. Raises ``SystemExit`` if there is no valgrind, or if the
    command ends with another status than those.
    """
    if shutil.which(_COUNTER[0]) is None:
        raise SystemExit("--instructions needs valgrind")
    process = subprocess.run(
        [*_COUNTER, *command],
        cwd=directory,
        env={**environment, "PYTHONHASHSEED": "0"},
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    match = _COUNTED.search(process.stderr)
    if process.returncode not in statuses or match is None:
        raise SystemExit(f"{command} was not counted\n{process.stderr[-2000:]}")
    return int(match[1].replace(",", "")) / 1e6
