import unittest
from unittest.mock import Mock

from shop import volume
from shop.storage import Storage


def make_storage():
    return Storage([volume.Volume(1), volume.Volume(2)])


class TestStorage(unittest.TestCase):
    def test_all_are_attached(self):
        storage = make_storage()
        for volume in storage:
            volume.attach = Mock()
        storage.attach_all()
        for volume in storage:
            volume.attach.assert_called_once_with()
