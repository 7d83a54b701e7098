"""What the commands of ``python -m flake8_mockleak`` have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_command(
    commands: Commands,
    name: str,
    *,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    description: str,
    epilog: str | None = None,
) -> argparse.ArgumentParser:
    """Add a command, whose texts are laid out already; ``run`` returns the exit status."""
    parser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def fail(name: str, message: str) -> int:
    """Tell what is wrong with the use of a command, and return the exit status for that."""
    print(f"python -m flake8_mockleak {name}: error: {message}", file=sys.stderr)
    return 2
