import unittest
from unittest import mock


class TestVolumes(unittest.TestCase):
    def setUp(self):
        self.volume = mock.Mock
        self.volume.id = "7"  # MLK207
        self.volume.status = "available"  # MLK207

    def test_is_ready(self):
        from shop.volumes import is_ready

        self.assertTrue(is_ready(self.volume))
