from unittest import mock

import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_setup(item):
    yield  # the test has not run yet
    mock.patch.stopall()
