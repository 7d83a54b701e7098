"""Measures how long an editor waits: from a change of the buffer to its diagnostics, with the extension and without.

    python benchmarks/editor.py --pairs 10

Needs the extras ``bench`` and ``integrations``. The editor talks to python-lsp-server, which waits half a second after
a change before it starts flake8. The two sides take turns, so that what slows the machine down slows both. Nothing is
asserted: what is waited for is mostly the start of flake8.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from cost import environment, repeat, snapshot
from real_projects import DEFAULT_CACHE

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.integrations.language_server import Editor, timed_change  # noqa: E402

SOURCE = ROOT / "examples" / "leaky" / "test_shop.py"
TIMES = (1, 10)
"""How often the example is repeated in the buffer."""


def waits(text: str, programs: dict[str, str], project: Path, pairs: int) -> dict[str, list[float]]:
    """Return the seconds from each change to its diagnostics, for each of the flake8 programs."""
    found: dict[str, list[float]] = {name: [] for name in programs}
    path = project / SOURCE.name
    with ExitStack() as stack:
        editors = {}
        for name, program in programs.items():
            log = stack.enter_context((project / f"{name}.log").open("wb"))
            editors[name] = stack.enter_context(Editor(path, project, log, program))
            editors[name].open(text)
        for number in range(pairs):
            for name, editor in editors.items():
                seconds, _ = timed_change(editor, f"{text}\n# {number}\n")
                found[name].append(seconds)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10, help="changes on each side; default: %(default)s")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="default: %(default)s")
    arguments = parser.parse_args(argv)
    source = SOURCE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as directory:
        project = Path(directory) / "project"
        project.mkdir()
        (project / "setup.cfg").write_text("[flake8]\n", encoding="utf-8")
        pythons = {
            "without": environment(arguments.cache, "setuptools"),
            "with": environment(arguments.cache, str(snapshot(Path(directory)))),
        }
        programs = {name: str(python.with_name("flake8")) for name, python in pythons.items()}
        print("| lines in the buffer | without, s | with, s | added, s |")
        print("| --- | --- | --- | --- |")
        for times in TIMES:
            text = repeat(source, times)
            found = {name: median(each) for name, each in waits(text, programs, project, arguments.pairs).items()}
            added = found["with"] - found["without"]
            print(f"| {text.count(chr(10)):,} | {found['without']:.2f} | {found['with']:.2f} | {added:+.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
