from unittest import mock

import registry
from bases import RegistryTestCase


class TestDispatch(RegistryTestCase):
    def test_mail(self):
        registry.HANDLERS["mail"] = mock.Mock(return_value=1)
        self.assertEqual(registry.dispatch("mail"), 1)

    def test_text(self):
        registry.HANDLERS["text"] = mock.Mock(return_value=2)  # MLK205
        self.assertEqual(registry.dispatch("text"), 2)
