from unittest.mock import Mock

from shop.session import login
from shop.settings import settings


def test_login_uses_the_client():
    settings.client = Mock()  # MLK201
    settings.client.login.return_value = "token"
    assert login("ada") == "token"
