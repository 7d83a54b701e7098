"""Every rule's examples do what the rule says of them, when they run and when they are linted."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from flake8_mockleak.rules import OFF_BY_DEFAULT, all_rules
from flake8_mockleak.rules.rule import Rule
from tests.linting import Reports, lint_paths, marked
from tests.runtime.running import observe

RULES = {rule.code: rule for rule in all_rules()}
EXAMPLES = [(code, kind) for code in RULES for kind in ("bad", "good")]

# The rules whose bad examples leave something behind. The others' examples run into something else, see below.
LEAKING = [code for code in RULES if re.match("MLK[12]", code) and code != "MLK104"]
# What leaks only if a test fails has a test that fails, in the good example as well.
ON_FAILURE = {"MLK102", "MLK103", "MLK202"}
# What these two are about shows in the text alone: at run time the patch is one that nothing stops.
SEEN_AS = {"MLK105": "MLK101", "MLK109": "MLK101"}
# The linter marks another line than that of the acquisition: the one that was to undo it.
OTHER_LINE = {"MLK105", "MLK109", "MLK110", "MLK208"}


@pytest.fixture(params=RULES)
def rule(request: pytest.FixtureRequest) -> Rule:
    return RULES[request.param]


@cache
def lint_examples(directory: Path) -> dict[tuple[str, str], Reports]:
    """Lint all examples, with as few runs of flake8 as there are sets of rules."""
    paths: dict[Path, tuple[str, str]] = {}
    for code, kind in EXAMPLES:
        path = directory / code / kind / "test_example.py"
        path.parent.mkdir(parents=True)
        path.write_text(getattr(RULES[code], kind), encoding="utf-8")
        paths[path] = code, kind
    found: dict[Path, Reports] = {}
    on = [path for path, (code, _) in paths.items() if RULES[code].default]
    found.update(lint_paths(on))
    for code in RULES:
        if not RULES[code].default:
            found.update(lint_paths([path for path in paths if paths[path][0] == code], [code]))
    return {example: found.get(path, []) for path, example in paths.items()}


@pytest.fixture(scope="session")
def linted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Reports]:
    return lint_examples(tmp_path_factory.mktemp("rules", numbered=False))


# The form.


def test_codes_and_names_are_unique() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)


def test_rule_has_its_form(rule: Rule) -> None:
    assert rule.check.__module__ == f"flake8_mockleak.rules.{rule.code.lower()}"
    assert re.fullmatch(r"MLK\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert len(rule.summary) <= 100
    assert not rule.summary.endswith(".")
    assert rule.why.endswith(".\n")
    assert 2 <= len(re.findall(r"[.?:;](?=\s)", rule.why)) <= 6
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)
    assert rule.check.__doc__


def test_examples_have_their_form(rule: Rule) -> None:
    assert {code for _, code in marked(rule.bad)} == {rule.code}
    assert marked(rule.good) == []
    assert "stopall" not in rule.good
    for example in (rule.bad, rule.good):
        ast.parse(example)
        assert example.endswith("\n")
        assert not example.endswith("\n\n")
        assert max(map(len, example.splitlines())) <= 100


# The examples run, under the runtime detector.


@pytest.mark.parametrize("code", LEAKING)
def test_bad_example_leaks_what_the_rule_says_where_it_says(code: str, tmp_path: Path) -> None:
    seen = observe(RULES[code].bad, tmp_path)
    assert {found for _, _, found in seen.lines} == {SEEN_AS.get(code, code)}, seen.output
    if code not in OTHER_LINE:
        assert [(line, found) for _, line, found in seen.lines] == marked(RULES[code].bad)
    assert bool(seen.failed) == (code in ON_FAILURE), seen.output


@pytest.mark.parametrize("code", LEAKING)
def test_good_example_does_not_leak(code: str, tmp_path: Path) -> None:
    seen = observe(RULES[code].good, tmp_path)
    assert seen.lines == [], seen.output
    assert seen.passed > 0 or code in ON_FAILURE, seen.output
    assert bool(seen.failed) == (code in ON_FAILURE), seen.output


def test_cleanup_called_too_early_misses_its_target(tmp_path: Path) -> None:
    """MLK104's patch is undone before the test: the test fails instead of leaking."""
    seen = observe(RULES["MLK104"].bad, tmp_path)
    assert (seen.lines, seen.passed, seen.failed) == ([], 0, 1), seen.output
    seen = observe(RULES["MLK104"].good, tmp_path)
    assert (seen.lines, seen.passed, seen.failed) == ([], 1, 0), seen.output


# The examples are linted.


def lines(reports: Iterable[tuple[int, str]], source: str) -> list[str]:
    """Show reports with the lines that they are about, for a failure that can be read."""
    text = source.splitlines()
    return [f"{number}: {code}: {text[number - 1].strip()}" for number, code in reports]


@pytest.mark.parametrize("kind", ["bad", "good"])
def test_linter_says_what_is_marked(rule: Rule, kind: str, linted: dict[tuple[str, str], Reports]) -> None:
    source: str = getattr(rule, kind)
    assert lines(linted[rule.code, kind], source) == lines(marked(source), source)


def test_codes_that_are_off_by_default() -> None:
    assert OFF_BY_DEFAULT == tuple(rule.code for rule in all_rules() if not rule.default)
