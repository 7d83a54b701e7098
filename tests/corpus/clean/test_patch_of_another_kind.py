"""`patch` of a project's own module that is no re-export of the mock library."""

from unittest import mock

from build_tools.patch_pytest_on_python_31 import patch


def fix(environment):
    patch(environment)


def test_fix():
    fix(mock.Mock())
    patch(mock.Mock())
