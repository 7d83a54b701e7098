"""Ends leaking mocks in Python test suites: a flake8 extension (codes ``MLK…``)."""

__version__ = "0.1.0"
