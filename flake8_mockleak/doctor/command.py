"""``python -m flake8_mockleak doctor``: why is a base class unknown?"""

from __future__ import annotations

import argparse
import ast
import tokenize
import warnings
from typing import TYPE_CHECKING

from flake8_mockleak.commands import add_command, fail

if TYPE_CHECKING:
    from flake8_mockleak.commands import Commands
    from flake8_mockleak.model.settings import ModelSettings

_NAME = "doctor"

DESCRIPTION = """\
Tell what flake8-mockleak knows about the base classes in a test file. A base
class may undo the patches that its tests start; below one that is not known,
the linter is silent about them. See here what was resolved, from which file,
what was not, which directories were searched, and what helps.

    python -m flake8_mockleak doctor tests/test_price.py
    python -m flake8_mockleak doctor tests/test_price.py --class TestPrice

Start it where you start flake8: the current directory is one of those that are
searched, and flake8's configuration is looked for from there.
"""

EPILOG = """\
exit codes:
  0  every base class is known
  1  the base classes of a class are not all known
  2  wrong usage, a file that cannot be read or parsed, or no class of that name
"""


def add_parser(commands: Commands) -> None:
    """Add the command to those of the command line."""
    parser = add_command(
        commands,
        _NAME,
        run=run,
        summary="tell why a base class is unknown, and what helps",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument("path", metavar="PATH", help="a file with tests")
    parser.add_argument("--class", dest="name", metavar="NAME", help="one class of it; default: all that have bases")
    parser.add_argument("--config", metavar="FILE", help="flake8's configuration; default: where flake8 looks for it")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return the exit status."""
    # What is behind this is flake8 and the model: --help and the other commands need neither.
    from flake8.exceptions import ExecutionError

    from flake8_mockleak.doctor.report import report
    from flake8_mockleak.model.source import ModuleSource

    path, name = arguments.path, arguments.name
    try:
        settings = _settings(arguments.config)
        with tokenize.open(path) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as invalid escapes in the file
            lines = file.readlines()
            module = ModuleSource(ast.parse("".join(lines)), lines, path)
    except OSError as error:
        return fail(_NAME, f"{path}: {error.strerror or error}")
    except SyntaxError as error:
        return fail(_NAME, f"{path}:{error.lineno or 1}: {error.msg}")
    except (ValueError, ExecutionError) as error:
        return fail(_NAME, str(error))
    names = list(dict.fromkeys(source.name for source in module.classes))
    if name is not None and name not in names:
        return fail(_NAME, f"{path} has no class {name}; it has {', '.join(names) or 'none'}")
    told = report(module, name, settings)
    print("\n".join(told.lines))
    return 0 if told.complete else 1


def _settings(config: str | None) -> ModelSettings:
    """Return what flake8's configuration tells the model; raises ``ValueError`` on a value that cannot be used."""
    from flake8.options.parse_args import parse_args

    from flake8_mockleak.options import parse_options

    arguments = ["--mockleak-baseline=", *([f"--config={config}"] if config is not None else [])]
    try:
        _, options = parse_args(arguments)
    except SystemExit as error:
        raise ValueError(str(error)) from None
    return parse_options(options).model
