from unittest import mock

from osc_lib.tests import utils


class TestShopCommand(utils.TestCommand):
    def setUp(self):
        super().setUp()
        self.app.client_manager.shop = mock.Mock()
