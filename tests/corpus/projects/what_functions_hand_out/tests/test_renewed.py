from unittest import mock

import rpc
from tests.base import RenewingCase


class TestRenewed(RenewingCase):
    def test_call(self):
        client = rpc.get_renewed()
        client.call = mock.Mock()
        self.assertTrue(rpc.get_renewed().call("ping"))
