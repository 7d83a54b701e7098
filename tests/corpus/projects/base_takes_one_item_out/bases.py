import unittest

import registry


class RegistryTestCase(unittest.TestCase):
    def tearDown(self):
        registry.HANDLERS.pop("mail", None)
        super().tearDown()
