"""The report on the base classes of one file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flake8_mockleak.doctor.trace import Trace, Tracer, why_not
from flake8_mockleak.model.bases import BaseClass, Bases, is_mixin
from flake8_mockleak.model.beyond import Beyond
from flake8_mockleak.model.execute import TooMuch
from flake8_mockleak.model.lifecycle import Lifecycle, run_module_level
from flake8_mockleak.model.settings import ModelSettings
from flake8_mockleak.model.source import ClassSource, ModuleSource

_VERDICTS = {
    BaseClass.STOPS: "a base class undoes every started patch: none in this class is reported",
    BaseClass.FRAMEWORK: "no base class undoes a patch by itself: the class is judged by its own code",
    BaseClass.READ: "all base classes are read: what their set-ups and teardowns undo is taken into account",
    BaseClass.UNKNOWN: "a base class is not known and may undo patches: none that is started in this class is reported",
}
_MIXIN = "no test case by its name and bases but a mixin, and what it is mixed with may undo patches: none is reported"


@dataclass(frozen=True, slots=True)
class Report:
    """What to print, and whether every base class is known."""

    lines: list[str]
    complete: bool


def report(module: ModuleSource, name: str | None, settings: ModelSettings) -> Report:
    """Return what is known about the base classes of the classes of a file, or of those with one name.

    ``module`` is one that nothing was asked yet.
    """
    beyond = Beyond(module, run_module_level)
    lifecycle = Lifecycle(module, settings, beyond)
    try:
        lifecycle.run_import()
    except (TooMuch, RecursionError):
        return Report(
            [f"{module.path} is too large or too deeply nested to be followed: nothing is reported in it"], False
        )
    bases = Bases(beyond, settings)
    lines: list[str] = []
    missing: dict[str, None] = {}
    unknown: dict[str, None] = {}
    complete = True
    for source in module.classes:
        if not (source.name == name or name is None and source.node.bases):
            continue
        # Through a door of its own: judging puts the classes that were found in the place of their names.
        trace = Tracer(beyond.anew(), settings).trace(source)
        verdict = bases.judge(source).verdict
        lines += [
            f"{module.path}:{source.node.lineno}: class {source.name}",
            *trace.lines,
            f"  => {_verdict(verdict, source, trace)}",
            "",
        ]
        if verdict is BaseClass.UNKNOWN and (trace.has_gaps or not is_mixin(source)):
            complete = False
            missing |= dict.fromkeys(trace.missing)
            unknown |= dict.fromkeys(trace.unknown)
    if not lines:
        lines += [f"{module.path} has no class with a base class", ""]
    lines += _surroundings(beyond)
    if not complete:
        lines += ["", *_help(missing, unknown)]
    return Report(lines, complete)


def _verdict(verdict: BaseClass, source: ClassSource, trace: Trace) -> str:
    if verdict is BaseClass.UNKNOWN and is_mixin(source) and not trace.has_gaps:
        return _MIXIN
    return _VERDICTS[verdict]


def _surroundings(beyond: Beyond) -> Iterator[str]:
    yield "searched for modules, in this order:"
    yield from (f"  {root}" for root in dict.fromkeys(beyond.roots))
    conftests = list(beyond.conftests())
    yield "conftest.py files that are read:" if conftests else "no conftest.py is read"
    for path, module in conftests:
        yield f"  {path}" if module is not None else f"  {path}: UNKNOWN, cannot be used: {why_not(path)}"
    if any(module is None for _, module in conftests):
        yield "  => what cannot be read may undo patches: none that is left in place is reported"


def _help(missing: Iterable[str], unknown: Iterable[str]) -> Iterator[str]:
    yield "what helps:"
    for module in missing:
        package = module.partition(".")[0]
        yield f"  {module} is not found. If it is yours, start flake8 in the directory that holds {package}, or in the"
        yield f"  one above its src; if it comes from elsewhere, install it beside flake8 in {sys.prefix}."
    names = list(unknown)
    if names:
        yield "  If each test below such a class has its started patches undone (by patch.stopall, say), tell so:"
        yield f"      --mockleak-safe-bases={','.join(names)}"
        yield "  or, in the [flake8] section of the configuration:"
        yield f"      mockleak-safe-bases = {', '.join(names)}"
    else:
        yield "  Name the base class in an import or a class statement that can be read."
