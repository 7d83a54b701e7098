import unittest
from unittest import mock

from shop.plugins import REGISTRY, run


class TestPlugins(unittest.TestCase):
    def test_runs_the_plugin(self):
        REGISTRY["probe"] = mock.Mock(return_value=3)  # MLK205
        self.assertEqual(run("probe"), 3)
