"""The reports on a matrix: text, JSON and an HTML page; and the page of the contract."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence

from flake8_mockleak.kvs.claims import CLAIMS, LAYERS
from flake8_mockleak.kvs.clause import CONTRACTS, Clause, all_clauses
from flake8_mockleak.kvs.matrix import CONFORMS, DEVIATES, ERROR, FAILS, NOT_CLAIMED, Outcome, Row

_SIGNS = {CONFORMS: "+", DEVIATES: "d", NOT_CLAIMED: ".", FAILS: "F", ERROR: "E", "": " "}
_LEGEND = "+ conforms   d deviates, as declared   . not claimed   F fails   E error   (blank: not in this layer)"


def as_text(rows: Sequence[Row]) -> str:
    """Return clause x store as a table of signs, the verdicts, the deviations and the failures."""
    run = [row for row in rows if row.outcomes]
    lines = []
    if run:
        clauses = _clauses(run)
        width = max(len(_title(clause)) for clause in clauses)
        cells = _cells(run)
        lines += [f"{'':{width}}  {' ' * (2 * number)}{row.name}" for number, row in enumerate(run)]
        for clause in clauses:
            signs = " ".join(_SIGNS[_status(cells[row.name], clause)] for row in run)
            lines.append(f"{_title(clause):{width}}  {signs}".rstrip())
        lines += ["", _LEGEND, ""]
    lines += [row.verdict for row in rows]
    for row in run:
        bad = [one for one in row.outcomes if one.status in (FAILS, ERROR) and one.detail != "not run"]
        if bad:
            lines += ["", f"{row.name}:"]
            lines += [f"  {one.clause.id}: " + one.detail.strip().replace("\n", "\n    ") for one in bad]
    return "\n".join(lines) + "\n"


def as_json(rows: Sequence[Row]) -> str:
    """Return the matrix as JSON: for each store its verdict, and for each clause id, status and detail."""
    return json.dumps(
        {
            "contract": CONTRACTS[-1],
            "stores": [
                {
                    "name": row.name,
                    "layer": row.layer,
                    "verdict": row.verdict,
                    "passed": row.passed,
                    "seconds": round(row.seconds, 2),
                    "trouble": row.trouble,
                    "clauses": [
                        {
                            "id": one.clause.id,
                            "name": one.clause.name,
                            "core": one.clause.core,
                            "needs": sorted(one.clause.needs),
                            "status": one.status,
                            "detail": one.detail,
                        }
                        for one in row.outcomes
                    ],
                }
                for row in rows
            ],
        },
        indent=1,
    )


_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 1500px; padding: 0 1rem; color: #1d2330; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; } caption { text-align: left; margin: .5rem 0; }
th, td { border: 1px solid #d5d9e2; padding: .15rem .4rem; }
thead th { position: sticky; top: 0; background: #f3f5f9; vertical-align: bottom; height: 12.5rem; }
thead th.store { padding: .4rem .2rem; }
thead th.store span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
tbody th { text-align: left; font-weight: normal; } tbody th code { font-weight: bold; }
td { text-align: center; min-width: 1.6rem; }
.group th { background: #f3f5f9; font-weight: bold; }
.conforms { background: #d9f2df; color: #12602a; } .deviates { background: #fdeeca; color: #7a5200; }
.not-claimed { color: #8a90a0; } .fails, .error { background: #f9c9c9; color: #8c1010; font-weight: bold; }
.verdicts li.bad { color: #8c1010; } .verdicts li.absent { color: #6a7080; }
.legend span { padding: .1rem .5rem; border: 1px solid #d5d9e2; margin-right: .4rem; }
details { margin: .3rem 0; } pre { background: #f3f5f9; padding: .6rem; overflow-x: auto; }
"""
_MARKS = {CONFORMS: "\N{CHECK MARK}", DEVIATES: "d", NOT_CLAIMED: "\N{MIDDLE DOT}", FAILS: "F", ERROR: "E"}


def as_html(rows: Sequence[Row]) -> str:
    """Return the matrix as a page that needs nothing else."""
    run = [row for row in rows if row.outcomes]
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8"><title>Key-value stores: conformance</title>',
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>Key-value stores: conformance to contract {CONTRACTS[-1]}</h1>",
        '<ul class="verdicts">',
    ]
    for row in rows:
        kind = "absent" if not row.outcomes else "good" if row.passed else "bad"
        parts.append(f'<li class="{kind}">{html.escape(row.verdict)}</li>')
    parts.append("</ul>")
    legend = " ".join(f'<span class="{_css(status)}">{mark} {status}</span>' for status, mark in _MARKS.items())
    parts.append(f'<p class="legend">{legend} Point at a cell for its reason.</p>')
    parts.append(_table(run))
    for row in run:
        parts += _notes(row)
    parts.append("</body></html>")
    return "\n".join(parts) + "\n"


def _table(run: Sequence[Row]) -> str:
    cells = _cells(run)
    head = "".join(f'<th class="store" scope="col"><span>{html.escape(row.name)}</span></th>' for row in run)
    parts = [f'<table><thead><tr><th scope="col">clause</th>{head}</tr></thead><tbody>']
    group = ""
    for clause in _clauses(run):
        if clause.group != group:
            group = clause.group
            parts.append(f'<tr class="group"><th colspan="{len(run) + 1}">{html.escape(group)}</th></tr>')
        row_cells = []
        for row in run:
            outcome = cells[row.name].get(clause.id)
            if outcome is None:
                row_cells.append("<td></td>")
                continue
            reason = html.escape(f"{row.name}, {clause.id} {outcome.status}: {outcome.detail}"[:600], quote=True)
            row_cells.append(f'<td class="{_css(outcome.status)}" title="{reason}">{_MARKS[outcome.status]}</td>')
        what = html.escape(clause.text, quote=True)
        name = html.escape(clause.name.replace("_", " "))
        parts.append(
            f'<tr><th scope="row" title="{what}"><code>{clause.id}</code> {name}</th>{"".join(row_cells)}</tr>'
        )
    parts.append("</tbody></table>")
    return "\n".join(parts)


def _notes(row: Row) -> list[str]:
    parts = []
    deviations = [one for one in row.outcomes if one.status == DEVIATES]
    bad = [one for one in row.outcomes if one.status in (FAILS, ERROR) and one.detail != "not run"]
    if deviations or bad:
        parts.append(f"<h2>{html.escape(row.name)}</h2>")
    if deviations:
        items = "".join(f"<li><code>{one.clause.id}</code> {html.escape(one.detail)}</li>" for one in deviations)
        parts.append(f"<details><summary>{len(deviations)} deviations</summary><ul>{items}</ul></details>")
    for one in bad:
        parts.append(
            f"<details open><summary>{one.clause.id} {one.status}</summary>"
            f"<pre>{html.escape(one.detail)}</pre></details>"
        )
    return parts


def contract_page() -> str:
    """Return the page of the contract in Markdown: every clause with its layers and the claims that it needs."""
    parts = [
        "# The contract, clause by clause\n",
        "Generated from the clauses. A clause without claims belongs to the *core*: every store has to honour it. "
        "The others apply to the stores that make the claims.\n",
        "## Claims\n",
        "| claim | promise | options of `make` |\n| --- | --- | --- |",
    ]
    parts[-1] += "".join(
        f"\n| `{claim.name}` | {claim.text} | {', '.join(f'`{option}`' for option in claim.options)} |"
        for claim in CLAIMS.values()
    )
    clauses = all_clauses()
    for group in dict.fromkeys(clause.group for clause in clauses):
        parts.append(f"\n## {group}\n")
        rows = ["| id | clause | layers | claims | since |\n| --- | --- | --- | --- | --- |"]
        for clause in clauses:
            if clause.group == group:
                layers = "all" if set(clause.layers) == set(LAYERS) else ", ".join(clause.layers)
                needs = ", ".join(f"`{need}`" for need in sorted(clause.needs)) or "core"
                text = clause.text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")
                rows.append(f"| {clause.id} | {text} | {layers} | {needs} | {clause.since} |")
        parts.append("\n".join(rows))
    return "\n".join(parts) + "\n"


def _clauses(rows: Iterable[Row]) -> list[Clause]:
    ids = {outcome.clause.id for row in rows for outcome in row.outcomes}
    return [clause for clause in all_clauses() if clause.id in ids]


def _cells(rows: Iterable[Row]) -> dict[str, dict[str, Outcome]]:
    return {row.name: {outcome.clause.id: outcome for outcome in row.outcomes} for row in rows}


def _status(cells: dict[str, Outcome], clause: Clause) -> str:
    outcome = cells.get(clause.id)
    return outcome.status if outcome else ""


def _title(clause: Clause) -> str:
    return f"{clause.id:<5}{clause.name.replace('_', ' ')}"


def _css(status: str) -> str:
    return status.replace(" ", "-")
