"""``python -m flake8_mockleak.kvs``: runs the conformance suite over real stores, and prints the contract."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

_EXTRA = 'this needs the extra: pip install "flake8-mockleak[kvs]"'


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status: 0, 1 when a store is not as declared, 2 for a wrong call."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        from flake8_mockleak.kvs import matrix, report
        from flake8_mockleak.kvs.clause import clauses_of
        from flake8_mockleak.kvs.declarations import DECLARATIONS
    except ModuleNotFoundError as error:
        print(f"{parser.prog}: there is no {error.name}; {_EXTRA}", file=sys.stderr)
        return 2
    if arguments.command == "contract":
        print(report.contract_page(), end="")
        return 0
    if arguments.list:
        print("\n".join(one.name for one in DECLARATIONS))
        return 0
    try:
        declarations = matrix.chosen(arguments.names)
        addresses = matrix.parse_urls([*matrix.environment_urls(), *arguments.server])
        clauses_of("backend", arguments.contract)
    except (LookupError, ValueError) as error:
        parser.error(str(error.args[0]))
    progress = _silence if arguments.quiet else _Progress()
    rows = matrix.run_matrix(declarations, addresses, contract=arguments.contract, progress=progress)
    for path, text in ((arguments.json, report.as_json), (arguments.html, report.as_html)):
        if path is not None:
            path.write_text(text(rows), encoding="utf-8")
    print(report.as_text(rows), end="")
    return 0 if all(row.passed or not row.outcomes for row in rows) and any(row.outcomes for row in rows) else 1


class _Progress:
    """Writes lines to the standard error output, with the time that has passed."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def __call__(self, line: str) -> None:
        with self._lock:
            print(f"[{time.monotonic() - self._began:5.1f} s] {line}", file=sys.stderr, flush=True)


def _silence(line: str) -> None:
    pass


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m flake8_mockleak.kvs", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    matrix = commands.add_parser("matrix", help="clause x store, over the stores installed and the servers found")
    matrix.add_argument(
        "names", nargs="*", metavar="NAME", help="a store, or the beginning of names up to a dot; all if none"
    )
    matrix.add_argument("--list", action="store_true", help="print the names of the stores")
    matrix.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="URL",
        help="a server that runs already, such as redis://127.0.0.1:6379 (memcached, redis, sentinel, valkey); others "
        "are started. Also taken from MOCKLEAK_KVS_SERVERS",
    )
    matrix.add_argument("--json", type=Path, metavar="FILE", help="write the matrix as JSON")
    matrix.add_argument("--html", type=Path, metavar="FILE", help="write the matrix as an HTML page")
    matrix.add_argument("--contract", metavar="VERSION", help="the version of the contract; the latest if none")
    matrix.add_argument("--quiet", action="store_true", help="no progress on the standard error output")
    commands.add_parser("contract", help="print the contract, clause by clause, in Markdown")
    return parser


if __name__ == "__main__":
    sys.exit(main())
