"""A target in the standard library that another version of Python has."""

from unittest import mock


@mock.patch("smtplib._have_some_support_of_python_3_99", False)
def test_login():
    assert mock.sentinel.a
