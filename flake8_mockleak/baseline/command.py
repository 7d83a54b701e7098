"""``python -m flake8_mockleak baseline``: writes a baseline, checks it and lets it become smaller."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_mockleak.baseline.entries import BaselineError, Entries, Entry, dump, load, path_in, per_code
from flake8_mockleak.commands import add_command, fail

if TYPE_CHECKING:
    from flake8_mockleak.commands import Commands

_NAME = "baseline"
DEFAULT_NAME = "mockleak-baseline.jsonl"

DESCRIPTION = """\
Start on an old suite: write down what flake8-mockleak finds today, and let
flake8 report only what is new.

    python -m flake8_mockleak baseline tests            write the file
    flake8 --mockleak-baseline mockleak-baseline.jsonl  hide what is in it
    python -m flake8_mockleak baseline tests --check    for CI: up to date?
    python -m flake8_mockleak baseline tests --update   take out what is mended

flake8 is run as your project configures it: what it ignores, excludes or finds
silenced by '# noqa' is not written down. An entry is a path, a code, the class
and function, and the statement; the number of the line does not matter.
"""

EPILOG = """\
exit codes:
  0  the file is written; with --check, it holds just what is found
  1  with --check, an entry is out of date, or a finding is not in the file;
     with --update, there are more findings of a code than before, and nothing
     is written
  2  wrong usage, a file that cannot be checked, or a baseline that is missing,
     damaged or of a newer version
"""


def add_parser(commands: Commands) -> None:
    """Add the command to those of the command line."""
    parser = add_command(
        commands,
        _NAME,
        run=run,
        summary="write down what is found today, so that flake8 reports only what is new",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and directories; default: the current one")
    parser.add_argument(
        "--output",
        metavar="FILE",
        help=f"the baseline; default: what flake8's configuration names as mockleak-baseline, else {DEFAULT_NAME}",
    )
    parser.add_argument("--config", metavar="FILE", help="flake8's configuration; default: where flake8 looks for it")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--check", action="store_true", help="compare with the baseline and write nothing")
    ways.add_argument(
        "--update", action="store_true", help="write the baseline anew for the PATHs, unless a code's count would rise"
    )
    parser.add_argument("--allow-more", action="store_true", help="with --update: let the counts rise")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return the exit status."""
    if arguments.allow_more and not arguments.update:
        return fail(_NAME, "--allow-more goes with --update alone")
    try:
        return _run(arguments)
    except BaselineError as error:
        return fail(_NAME, str(error))
    except OSError as error:
        return fail(_NAME, f"{error.filename}: {error.strerror or error}")


def _run(arguments: argparse.Namespace) -> int:
    # flake8 takes its time to import, and --help needs none of it.
    from flake8_mockleak.baseline.collect import collect, configured_path

    paths = arguments.paths or ["."]
    if "-" in paths:
        raise BaselineError("a baseline is made from files, not from standard input")
    output = arguments.output or configured_path(arguments.config) or DEFAULT_NAME
    shown = os.path.relpath(output) if os.path.isabs(output) and arguments.output is None else output
    directory = os.path.dirname(os.path.abspath(output))
    if not (arguments.check or arguments.update):
        if os.path.exists(output):
            raise BaselineError(f"{shown} is there already; --update lets it become smaller")
        _write(output, shown, collect(paths, directory, arguments.config))
        return 0
    recorded = load(output)
    found = collect(paths, directory, arguments.config)
    checked = Counter({entry: count for entry, count in recorded.items() if _is_in(entry, directory, paths)})
    if arguments.check:
        return _check(shown, checked, found)
    risen = {code for code, count in per_code(found).items() if count > per_code(checked)[code]}
    if risen and not arguments.allow_more:
        new = Counter({entry: count for entry, count in (found - checked).items() if entry.code in risen})
        print(f"{shown} is left as it is: {_difference(checked, found, risen)}")
        print("".join(_lines("new", new)), end="")
        print("mend them, or silence them with '# noqa', or take them in with --allow-more")
        return 1
    _write(output, shown, (recorded - checked) + found)
    return 0


def _check(shown: str, recorded: Entries, found: Entries) -> int:
    new, stale = found - recorded, recorded - found
    print("".join([*_lines("new", new), *_lines("out of date", stale)]), end="")
    risen = {code for code, count in per_code(found).items() if count > per_code(recorded)[code]}
    if risen:
        print(f"{shown}: more than before: {_difference(recorded, found, risen)}")
    if stale:
        print(f"{shown}: {_number(stale)} out of date; take out what is mended with --update")
    if not new and not stale:
        print(f"{shown}: {_summary(found)}, as before")
    return 1 if new or stale else 0


def _is_in(entry: Entry, directory: str, paths: Sequence[str]) -> bool:
    """Whether the file of an entry is one of the paths or below one, though it be there no more."""
    file = os.path.normpath(os.path.join(os.path.realpath(directory), entry.path))
    for path in paths:
        top = (
            os.path.realpath(path)
            if os.path.isdir(path)
            else os.path.join(os.path.realpath(directory), path_in(directory, path))
        )
        if os.path.normpath(top) == file or file.startswith(os.path.join(os.path.normpath(top), "")):
            return True
    return False


def _write(output: str, shown: str, entries: Entries) -> None:
    # A path that is no text is written with the escapes of JSON.
    with open(output, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.write(dump(entries))
    print(f"{shown}: {_summary(entries)}")


def _summary(entries: Entries) -> str:
    files = len({entry.path for entry in entries})
    codes = ", ".join(f"{code} {count}" for code, count in sorted(per_code(entries).items()))
    return f"{_number(entries)} in {files} file{'' if files == 1 else 's'}" + (f" ({codes})" if codes else "")


def _number(entries: Entries) -> str:
    number = sum(entries.values())
    return f"{number:,} finding{'' if number == 1 else 's'}"


def _difference(recorded: Entries, found: Entries, codes: Iterable[str]) -> str:
    before, now = per_code(recorded), per_code(found)
    return ", ".join(f"{code} from {before[code]} to {now[code]}" for code in sorted(codes))


def _lines(word: str, entries: Entries) -> Iterator[str]:
    for entry in sorted(entries):
        yield f"{word}: {_described(entry)}" + (f" ({entries[entry]} times)" if entries[entry] > 1 else "") + "\n"


def _described(entry: Entry) -> str:
    return f"{entry.path}: {entry.code}{f' in {entry.scope}' if entry.scope else ''}: {entry.source}"
