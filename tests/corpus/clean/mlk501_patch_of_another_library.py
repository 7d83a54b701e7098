"""What the `patch` of another library hands over is no mock, and what it answers is for the library to say."""

from unittest import mock

from phonebook import patch


@patch("numbers.json")
def test_nobody_was_called(phone):
    assert phone.not_called


@patch.object(mock.Mock, "phone")
def test_everybody_was_called(phone):
    assert phone.called_once
