"""What importing the package needs, and what it says when that is not there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from flake8_mockleak import kvs


def run(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_the_linter_does_not_import_it():
    done = run(
        "import sys, flake8_mockleak.plugin; print('flake8_mockleak.kvs' in sys.modules, 'dogpile' in sys.modules)"
    )
    assert (done.stdout.split(), done.stderr) == (["False", "False"], "")


def test_nothing_is_imported_before_it_is_asked_for():
    program = """
import sys
import flake8_mockleak.kvs
import flake8_mockleak.kvs.servers
print(sorted({"dogpile", "hypothesis"} & set(sys.modules)))
"""
    done = run(program)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_missing_dependency_is_named_with_what_installs_it():
    done = run("import sys; sys.modules['dogpile'] = None\nfrom flake8_mockleak.kvs import MemoryBackend")
    assert done.returncode == 1
    assert "ImportError: flake8_mockleak.kvs.MemoryBackend needs dogpile" in done.stderr
    assert 'pip install "flake8-mockleak[kvs]"' in done.stderr


@pytest.mark.parametrize("name", kvs.__all__)
def test_what_is_exported_is_there_whatever_was_imported_before(name):
    module = f"flake8_mockleak.kvs.{kvs._MODULES[name]}"
    done = run(f"import {module}; from flake8_mockleak.kvs import {name}; print({name} is {module}.{name})")
    assert (done.stdout, done.stderr) == ("True\n", "")
    assert name in dir(kvs)


def test_what_is_not_exported_is_named():
    with pytest.raises(AttributeError, match="'nonsense'; it has: .*KeyValueStore"):
        kvs.nonsense
