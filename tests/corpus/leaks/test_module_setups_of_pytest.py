import unittest
from unittest import mock

import pytest
import shop

call = mock.patch("shop.call")


def setup_module(module):
    module.session_patch = mock.patch.object(shop, "Session")
    module.session_patch.start()  # MLK101
    call.start()  # MLK108
    unittest.addModuleCleanup(call.stop)


@pytest.fixture(scope="session")
def listing():
    mp = pytest.MonkeyPatch()
    mp.setattr(shop, "listing", lambda: ["1", "2"])  # MLK101
    return mp


def test_listing(listing):
    assert shop.files() == ["1", "2"]
