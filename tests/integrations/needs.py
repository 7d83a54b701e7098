"""What the tests of the integrations need beside the extra ``test``."""

from __future__ import annotations

import importlib.util
import os

import pytest

REQUIRED = "MOCKLEAK_REQUIRE_INTEGRATIONS"
"""Set in the environment, it makes a missing package a failure."""


def need(*modules: str) -> None:
    """Skip a test module whose packages are not installed; called where it is imported."""
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        reason = f"{', '.join(missing)} not installed: pip install 'flake8-mockleak[integrations]'"
        if os.environ.get(REQUIRED):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason, allow_module_level=True)
