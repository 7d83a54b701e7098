"""Of some base classes it is known without a look at them that they undo no patch."""

from unittest import mock

from bases import TestShopCommand
from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.test import TestCase
from osc_lib.tests import utils
from unknownlib.tests import base
from wagtail.test.utils import WagtailTestUtils


class TestList(TestShopCommand):
    def setUp(self):
        super().setUp()
        mock.patch("shop.find").start()  # MLK101

    def test_list(self):
        self.assertEqual([], self.app.client_manager.shop.list())


class TestShow(utils.TestCommand):
    def test_show(self):
        mock.patch("shop.find").start()  # MLK101


class TestPages(WagtailTestUtils, TestCase):
    def test_page(self):
        mock.patch("shop.find").start()  # MLK101


class TestLive(StaticLiveServerTestCase):
    def test_live(self):
        mock.patch("shop.find").start()  # MLK101


class TestOther(base.TestCase):
    def test_other(self):
        mock.patch("shop.find").start()
