"""The report as one HTML page that needs nothing else: a timeline of the session, and the leaks with their victims."""

from __future__ import annotations

import json
from collections.abc import Callable

from flake8_mockleak.runtime.json_report import data
from flake8_mockleak.runtime.leaks import Leak, Result
from flake8_mockleak.runtime.page import PAGE

_dumps = json.dumps


def page(result: Result, message: Callable[[Leak], str]) -> str:
    """Return the page. The data stand in it as JSON, escaped so that no name can end the script."""
    text = _dumps(data(result, message), separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return PAGE.replace("@@DATA@@", text)
