import unittest
from unittest import mock

from shop.plugins import REGISTRY, run


class TestPlugins(unittest.TestCase):
    def setUp(self):
        REGISTRY["probe"] = mock.Mock(return_value=3)

    def tearDown(self):
        del REGISTRY["probe"]

    def test_runs_the_plugin(self):
        self.assertEqual(run("probe"), 3)
