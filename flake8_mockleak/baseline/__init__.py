"""What was there when a project started with the linter: a file of findings that are known, and only become fewer."""

from __future__ import annotations

STALE = "MLK901"
"""The code of an entry that hides nothing any more. No rule: it speaks of the baseline and not of a mock."""

STALE_NAME = "baseline-entry-out-of-date"

STALE_EXPLAINED = """\
an entry of the baseline hides nothing any more

Only with --mockleak-baseline, and on by default there.

Why

The finding that the entry was made for is mended, or its statement, function or file got another name. As long as the
entry stands, the same leak could come back unseen. It is reported on the first line of the file.

What to do

    python -m flake8_mockleak baseline PATH... --update

It takes out what is found no more, and lets the number of findings of no code rise. A file that is there no more is not
linted either: 'baseline PATH... --check' finds its entries too.
"""
