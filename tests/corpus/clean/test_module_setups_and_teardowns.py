import unittest
from unittest import mock

import shop

call = mock.patch("shop.call")


def setup_module(module):
    module.session_patch = mock.patch.object(shop, "Session")
    module.session_patch.start()


def teardown_module(module):
    module.session_patch.stop()


def setUpModule():
    call.start()
    unittest.addModuleCleanup(call.stop)


def test_listing():
    assert shop.files() == ["1", "2"]
