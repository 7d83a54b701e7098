"""The receipt printer."""

WIDTH = 20


def line(text):
    """Return a line that fills the paper."""
    return text.rjust(WIDTH, ".")
