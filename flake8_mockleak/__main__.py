"""``python -m flake8_mockleak``: what there is beside flake8 itself."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from textwrap import indent

from flake8_mockleak import __version__
from flake8_mockleak.baseline import STALE, STALE_EXPLAINED, STALE_NAME
from flake8_mockleak.baseline import command as baseline_command
from flake8_mockleak.commands import add_command
from flake8_mockleak.doctor import command as doctor_command
from flake8_mockleak.rules import all_rules
from flake8_mockleak.rules.rule import Rule


def text_list(rules: Iterable[Rule]) -> str:
    """Return one line for each rule: code, default, name and summary."""
    return "".join(f"{rule.code}  {_default(rule):<3}  {rule.name}: {rule.summary}\n" for rule in rules)


def markdown_table(rules: Iterable[Rule]) -> str:
    """Return the table of the rules that the README and the documentation show."""
    rows = [f"| {rule.code} | {rule.name} | {_default(rule)} | {_cell(rule.summary)} |\n" for rule in rules]
    return "| code | name | default | what it reports |\n| --- | --- | --- | --- |\n" + "".join(rows)


def explanation(rule: Rule) -> str:
    """Return everything there is to say about one rule, for a terminal."""
    enable = "" if rule.default else f"Off by default; switch it on with --extend-select={rule.code}.\n\n"
    return (
        f"{rule.code} {rule.name} (since {rule.since})\n\n"
        f"{rule.summary}\n\n"
        f"{enable}"
        f"Why\n\n{rule.why.rstrip()}\n\n"
        f"Bad\n\n{indent(rule.bad.rstrip(), '    ')}\n\n"
        f"Good\n\n{indent(rule.good.rstrip(), '    ')}\n"
    )


def find(query: str) -> Rule:
    """Return the rule of this code or name, in any case of letters; the ``LookupError`` names the nearest."""
    known: dict[str, Rule] = {}
    for rule in all_rules():
        known[rule.code.lower()] = known[rule.name.lower()] = rule
    try:
        return known[query.lower()]
    except KeyError:
        near = [known[word] for word in difflib.get_close_matches(query.lower(), known)]
        # A rule may be near by its code and by its name; name it once.
        names = ", ".join(f"{rule.code} ({rule.name})" for rule in dict.fromkeys(near))
        hint = f"did you mean {names}?" if names else "'python -m flake8_mockleak rules' lists them all"
        raise LookupError(f"no rule has the code or the name {query!r}; {hint}") from None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    return run(arguments)


def _list(arguments: argparse.Namespace) -> int:
    make = markdown_table if arguments.format == "markdown" else text_list
    return _write(make(all_rules()))


def _explain(arguments: argparse.Namespace) -> int:
    parser: argparse.ArgumentParser = arguments.parser
    try:
        output = "\n".join(_explained(query) for query in arguments.codes)
    except LookupError as error:
        parser.error(str(error))
    return _write(output)


def _explained(query: str) -> str:
    if query.lower() in {STALE.lower(), STALE_NAME}:
        return f"{STALE} {STALE_NAME}\n\n{STALE_EXPLAINED}"
    return explanation(find(query))


def _default(rule: Rule) -> str:
    return "on" if rule.default else "off"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


_DESCRIPTION = """\
flake8-mockleak finds mocks and patches that are not certain to be undone. The
linter itself is run by flake8; here is what goes with it.

'COMMAND --help' tells more, with the exit codes.
"""

_RULES = """\
List the codes: whether they are on by default, their names and what they
report.

exit codes:
  0  the list is printed
  1  the reader closed the pipe before the end
  2  wrong usage
"""

_EXPLAIN = """\
Explain codes: what is reported, why it matters, and a bad and a good example,
whole modules that run as they stand.

    python -m flake8_mockleak explain MLK101
    python -m flake8_mockleak explain patch-never-stopped

exit codes:
  0  the codes are explained
  1  the reader closed the pipe before the end
  2  wrong usage, or no code of that number or name; the nearest is named
"""


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m flake8_mockleak", description=_DESCRIPTION, formatter_class=raw)
    parser.add_argument("--version", action="version", version=f"flake8-mockleak {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    rules = add_command(commands, "rules", run=_list, summary="list the rules", description=_RULES)
    rules.add_argument("--format", choices=["text", "markdown"], default="text", help="default: %(default)s")
    summary = "explain rules, with a bad and a good example"
    explain = add_command(commands, "explain", run=_explain, summary=summary, description=_EXPLAIN)
    explain.add_argument("codes", nargs="+", metavar="CODE", help="a code (MLK101) or a name (patch-never-stopped)")
    explain.set_defaults(parser=explain)
    baseline_command.add_parser(commands)
    doctor_command.add_parser(commands)
    return parser


def _write(output: str) -> int:
    try:
        sys.stdout.write(output)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, say `head`, has seen enough. The interpreter flushes once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
