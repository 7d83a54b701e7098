"""The pages of the documentation: what they show is what is tested."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGES = ROOT / "docs" / "integrations"


def block(page: str, marker: str) -> str:
    """Return what the fenced block after ``<!-- marker -->`` on a page holds."""
    text = (PAGES / page).read_text(encoding="utf-8")
    found = re.search(rf"^<!-- {re.escape(marker)} -->\n```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no block after <!-- {marker} -->"
    return found[1]
