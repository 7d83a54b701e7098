"""What pytest needs to know about the tests of this package."""

from __future__ import annotations

# Test modules to be linted, not to be run.
collect_ignore = ["corpus"]
