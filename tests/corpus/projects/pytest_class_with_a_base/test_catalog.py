"""Tests of pytest in classes with a base: parameters and fixtures fill what the mocks do not."""

import unittest
from unittest import mock

import pytest
from helpers import CatalogTestHelper, ComplianceTests


class OwnTestCase(unittest.TestCase):
    pass


class TestCatalog(CatalogTestHelper):
    @pytest.mark.parametrize("total, count", [(True, 1), (False, 2)])
    @mock.patch("shop.album_for_id")
    def test_tracks(self, album_for_id, total, count):
        assert count == (1 if total else 2)


class TestCompliance(ComplianceTests):
    make = dict

    @mock.patch.object(dict, "get")
    def test_mount(self, mock_get, tmp_path):
        assert tmp_path.exists()


class TestUnittest(OwnTestCase):
    @mock.patch("shop.album_for_id")
    def test_tracks(self, album_for_id, total):  # MLK404
        self.assertTrue(total)


@mock.patch("shop.transport.Request")
@mock.patch("shop.channel")
def test_channel(channel, request, tmp_path):
    assert request.return_value is not channel.return_value


@mock.patch("shop.transport.Request.send")
def test_send(request, tmp_path):
    assert request.call_args_list == []


@mock.patch("shop.transport.Request.send")
def test_send_with_a_fixture(mocker, tmp_path):  # MLK404
    mocker.patch("shop.channel")
