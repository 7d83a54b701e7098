"""A decorator has a local function run in a browser."""

from unittest import mock

from pyodide_tools import run_in_pyodide


def test_warning(selenium):
    @run_in_pyodide(packages=["shop"])
    def in_the_browser(selenium):
        import js

        warn = js.console.warn
        js.console.warn = lambda text: None
        js.console.log = lambda text: None
        js.console.warn = warn

    in_the_browser(selenium)
    assert mock.Mock()
