"""How Sphinx builds the documentation. The pages of the rules are made from the rules, that of the contract from its
clauses, anew with every build."""

from __future__ import annotations

import re
from pathlib import Path

from flake8_mockleak import __version__
from flake8_mockleak.__main__ import markdown_table
from flake8_mockleak.kvs.report import contract_page
from flake8_mockleak.rules import all_rules
from flake8_mockleak.rules.rule import Rule

project = "flake8-mockleak"
author = "the flake8-mockleak authors"
version = release = __version__

extensions = ["myst_parser"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "flake8-mockleak"
exclude_patterns = ["_build"]


def rule_page(rule: Rule) -> str:
    """Return the page of one rule."""
    enable = "" if rule.default else f"Off by default; switch it on with `extend-select = {rule.code}`.\n\n"
    return (
        f"# {rule.code}: {rule.name}\n\n"
        f"{rule.summary[:1].upper()}{rule.summary[1:]}. Since {rule.since}.\n\n"
        f"{enable}"
        f"## Why\n\n{rule.why.rstrip()}\n\n"
        f"## Bad\n\n```python\n{rule.bad.rstrip()}\n```\n\n"
        f"## Good\n\n```python\n{rule.good.rstrip()}\n```\n"
    )


def rule_index() -> str:
    """Return the page that lists the rules."""
    rules = all_rules()
    table = re.sub(r"\| (MLK\d+) \|", lambda cell: f"| [{cell[1]}]({cell[1].lower()}.md) |", markdown_table(rules))
    pages = "\n".join(rule.code.lower() for rule in rules)
    return (
        "# The codes\n\n"
        "A code, once released, keeps its meaning. The examples run: the tests of the project see to it that each bad\n"
        "one does what its page says and that each good one does not.\n\n"
        f"{table}\n"
        f"```{{toctree}}\n:hidden:\n\n{pages}\n```\n"
    )


def write_rules(directory: Path) -> None:
    """Write the pages, leaving alone those that have not changed, and remove the ones of rules that are gone."""
    pages = {f"{rule.code.lower()}.md": rule_page(rule) for rule in all_rules()}
    pages["index.md"] = rule_index()
    directory.mkdir(exist_ok=True)
    for path in directory.iterdir():
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        path = directory / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def write_contract(path: Path) -> None:
    """Write the page of the key-value contract, unless it is as it was."""
    text = contract_page()
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


write_rules(Path(__file__).parent / "rules")
write_contract(Path(__file__).parent / "kvs" / "contract.md")
