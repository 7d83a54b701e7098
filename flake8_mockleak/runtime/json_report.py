"""The report as JSON. Its schema has a version, raised when a field goes or changes its meaning."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flake8_mockleak.runtime.leaks import SCHEMA_VERSION, Leak, Result

_dumps = json.dumps


def data(result: Result, message: Callable[[Leak], str]) -> dict[str, Any]:
    """Return the report in terms of JSON; ``docs/runtime/reports.md`` describes it."""
    values = result.to_dict()
    leaks = values.pop("leaks")
    for leak, values_of_leak in zip(result.leaks, leaks):
        values_of_leak["message"] = message(leak)
        values_of_leak["touched"] = [
            {"test": test, "calls": calls, "configured": bool(configured)}
            for test, (calls, configured) in leak.touched.items()
        ]
    names = ("number", "place", "path", "line", "test", "start", "end")
    timeline = [dict(zip(names, bar)) for bar in values.pop("bars")]
    return {"schema": SCHEMA_VERSION, "tool": "flake8-mockleak", **values, "leaks": leaks, "timeline": timeline}


def document(result: Result, message: Callable[[Leak], str]) -> str:
    """Return the report as a text of JSON."""
    return _dumps(data(result, message), indent=1, ensure_ascii=False) + "\n"
