"""The table of client signatures that MLK602 goes by is that of the clients themselves."""

from __future__ import annotations

import inspect

import pytest

from flake8_mockleak.model.signatures import CLIENTS


def required(function: object) -> str:
    """Return the positional parameters of a method that have no default, without ``self``."""
    assert callable(function)
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return ", ".join(each.name for each in parameters if each.default is each.empty and each.kind in positional)


@pytest.mark.parametrize("client", CLIENTS)
def test_table_is_that_of_the_client(client: str) -> None:
    module, name = client.rsplit(".", 1)
    real = getattr(pytest.importorskip(module), name)
    assert {method: required(getattr(real, method)) for method in CLIENTS[client]} == CLIENTS[client]
