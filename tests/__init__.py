"""Tests of flake8_mockleak."""
