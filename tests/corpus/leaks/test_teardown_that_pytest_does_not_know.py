import locale
import secrets
from unittest import mock

currency = mock.patch("locale.currency", return_value="$3")


def setup_module():
    currency.start()  # MLK101


def teardownModule():
    currency.stop()


class TestToken:
    def setup_method(self):
        self.patcher = mock.patch("secrets.token_hex", return_value="00ff")
        self.token_hex = self.patcher.start()  # MLK101

    def tear_down_method(self):
        self.patcher.stop()

    def test_token(self):
        assert secrets.token_hex(2) == "00ff"
        assert locale.currency(3) == "$3"
